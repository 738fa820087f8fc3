"""5 Anggaran: the lines of the verified budgets, with a sum for each region and for all."""

from decimal import Decimal
from itertools import groupby

from apps.core.formats import format_rupiah
from apps.core.sheets import (
    FIRST_ROW,
    MONEY,
    PERCENT,
    SECTION,
    TOTAL,
    Column,
    Formula,
    Line,
    Sheet,
    area,
    cell_name,
    percent_of,
)
from apps.dashboard.tallies import Share
from apps.recap import words
from apps.recap.gathering import Recap
from apps.recap.sheets.pokja import placed

NAME = "Anggaran"
COLUMNS = (
    Column("Daerah", 24),
    Column("Pokja", 32),
    Column("Sumber dana", 22),
    Column("Subkegiatan", 36),
    Column("Alokasi", 20, MONEY),
    Column("Realisasi", 20, MONEY),
    Column("%", 8, PERCENT),
)
CEILING, SPENT = 5, 6
NOTE = (
    "Anggaran yang memenuhi kriteria saja. Realisasi yang kosong belum dilaporkan; "
    "persentase jumlah memakai seluruh alokasi."
)
ZERO = Decimal(0)


def sheet(recap: Recap) -> Sheet:
    lines = _lines(recap)
    total = sum((each.ceiling or ZERO for held in recap.budgets.values() for each in held), ZERO)
    return Sheet(
        name=NAME,
        title="Anggaran operasional Pokja",
        sentence=words.sentence(recap),
        finding=f"Anggaran terverifikasi {format_rupiah(total)}"
        if total
        else "Belum ada anggaran terverifikasi",
        columns=COLUMNS,
        lines=lines,
        names=2,
        notes=[NOTE, *words.notes(recap)],
    )


def _lines(recap: Recap) -> list[Line]:
    lines: list[Line] = []
    held = ((place, item) for place, item in placed(recap) if item.pokja_id in recap.budgets)
    money = []
    for place, group in groupby(held, key=lambda pair: pair[0]):
        first, own = FIRST_ROW + len(lines), []
        for _, item in group:
            for each in recap.budgets[item.pokja_id]:
                lines.append(_line(place, item, each, FIRST_ROW + len(lines)))
                own.append(each)
        lines.append(_sum(f"Jumlah {place.label}", own, first, FIRST_ROW + len(lines), SECTION))
        money += own
    if lines:
        lines.append(_sum("JUMLAH", money, FIRST_ROW, FIRST_ROW + len(lines), TOTAL))
    return lines


def _line(place, item, money, row: int) -> Line:
    share = _share(money.ceiling, money.spent, row) if money.spent is not None else None
    texts = [place.label, item.name, money.source, money.activity or None]
    return Line([*texts, money.ceiling, money.spent, share])


def _sum(label: str, money: list, first: int, row: int, kind: str) -> Line:
    """The rows from ``first`` up to the one above ``row``; SUBTOTAL leaves other sums out, so that
    the sums of the regions are not counted twice."""
    ceiling = sum((each.ceiling or ZERO for each in money), ZERO)
    spent = sum((each.spent or ZERO for each in money), ZERO)

    def of(column, value):
        return Formula(f"=SUBTOTAL(9,{area(column, first, row - 1)})", value)

    cells = [label, None, None, None, of(CEILING, ceiling), of(SPENT, spent)]
    return Line([*cells, _share(ceiling, spent, row)], kind)


def _share(ceiling, spent, row: int):
    whole = ceiling or ZERO
    value = Share(spent, whole).percent / 100 if whole else None
    return percent_of(cell_name(SPENT, row), cell_name(CEILING, row), value)

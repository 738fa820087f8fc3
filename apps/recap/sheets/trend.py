"""6 Tren: effective Pokja of each region over the years."""

from apps.core.sheets import FIRST_ROW, PERCENT, POINTS, TOTAL, Column, Formula, Line, Sheet
from apps.core.sheets import cell_name as cell
from apps.dashboard import findings
from apps.dashboard.tallies import Share, Tally
from apps.effectiveness.breaks import break_words
from apps.recap import words
from apps.recap.gathering import Recap
from apps.recap.sheets.summary import FEW

NAME = "Tren"
PLAIN = "Pokja efektif dari tahun ke tahun"
NOTE = "Sel kosong: tahun itu belum ada data atau tidak dapat dinilai."


def sheet(recap: Recap) -> Sheet:
    history = recap.figures.history
    rows = [(place.label, _of(recap, place.pk)) for place in recap.places]
    whole = [
        (f"{recap.region.full_name} (semua Pokja)", history.shares()),
        ("Nasional", recap.figures.national.shares()),
    ]
    lines = [_line(row, *each) for row, each in enumerate(rows, start=FIRST_ROW)]
    below = [
        _line(row, *each, TOTAL) for row, each in enumerate(whole, start=FIRST_ROW + len(lines))
    ]
    broken = break_words(history.changes)
    return Sheet(
        name=NAME,
        title=f"Persentase Pokja efektif {history.years[0]}–{history.years[-1]}",
        sentence=words.sentence(recap),
        finding=findings.trend("Pokja efektif", history.shares(), PLAIN),
        columns=_columns(history.years),
        lines=[*lines, *below],
        names=1,
        notes=[*([broken] if broken else []), NOTE, FEW, *words.notes(recap)],
    )


def _columns(years) -> tuple[Column, ...]:
    return (
        Column("Daerah", 38),
        *(Column(str(year), 12, PERCENT) for year in years),
        Column(f"Selisih poin {years[-2]}–{years[-1]}", 14, POINTS),
    )


def _of(recap: Recap, region_id: int) -> list[Share | None]:
    counts = [recap.by_year[year].get(region_id) or Tally() for year in recap.figures.history.years]
    return [each.share if each.has_data and each.is_rated else None for each in counts]


def _line(row: int, name: str, shares: list[Share | None], kind: str = "body") -> Line:
    values = [share.percent / 100 if share else None for share in shares]
    *_, before, now = values
    points = None
    if before is not None and now is not None:
        last = len(values) + 1
        text = f"=ROUND(({cell(last, row)}-{cell(last - 1, row)})*100,0)"
        points = Formula(text, round((now - before) * 100))
    return Line([name, *values, points], kind)

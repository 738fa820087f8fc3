"""The heat table: a row for each region, a column for each kind of Pokja (design 8.1).

A cell prints how many of the rubric's criteria are met, on the sequential colours, with a slot
for each that says which. Only ``terpenuhi`` counts; a kind that a region lacks is hatched.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from apps.dashboard.html import link, meter_of, safe, text
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_WORDS, KIND_ABBREVIATIONS
from apps.effectiveness.formula import MET
from apps.effectiveness.rubrics import Rules
from apps.pokja.enums import PokjaKind

MISSING = (
    '<td class="hx"><span class="c"><span class="visually-hidden">Belum dibentuk</span>'
    '<span aria-hidden="true">–</span></span></td>'
)
WIDE = 6  # more columns than this do not fit a phone,
TIGHT = 4  # more than this not the narrowest one with cells of 24 px
COLOURS = ("h0", "h1c", "h2c", "h3c", "h4c")
Names = tuple[tuple[str, str], ...]  # (code, what it is called)


def step_of(met: int, possible: int) -> int:
    """The colour (0–4) of a number of met criteria; the last one for all of them."""
    return met * (len(COLOURS) - 1) // possible


def legend_numbers(possible: int) -> list[tuple[str, str]]:
    """What the colours stand for where a rubric has so many criteria."""
    found: dict[int, list[int]] = {}
    for met in range(possible):
        found.setdefault(step_of(met, possible), []).append(met)
    told = [
        (f"f{step}", f"{held[0]}–{held[-1]}" if len(held) > 1 else str(held[0]))
        for step, held in found.items()
    ]
    return [*told, ("f4", f"{possible} (efektif)"), ("hx", "Belum dibentuk")]


def names_of(rules: Rules | None) -> dict[str, str]:
    """The criteria of the rubric in its order, as words of a sentence; the four where it is not
    known."""
    if rules is None:
        return dict(CRITERION_WORDS)
    return {each.code: CRITERION_WORDS.get(each.code) or each.title for each in rules.criteria}


@dataclass
class Row:
    """A region's name and page, its assessments by kind, and its counts."""

    name: str
    address: str | None
    tally: Tally
    by_kind: dict[str, list] = field(default_factory=dict)
    # Address of a Pokja's page; None where the viewer may not open it.
    pokja_address: object = None


def kinds_of(items) -> dict[int, dict[str, list]]:
    """Assessments by region id and kind; a Pokja of several kinds stands under each, one of no
    kind under "Lainnya"."""
    found: dict[int, dict[str, list]] = {}
    for item in items:
        kinds = found.setdefault(item.region_id, {})
        for kind in item.kinds or [PokjaKind.LAINNYA]:
            kinds.setdefault(kind, []).append(item)
    return found


def columns(by_region: dict[int, dict[str, list]], expected: Sequence[str] = ()) -> list[str]:
    """The kinds that exist anywhere in the table or are expected to, in their fixed order."""
    present = {kind for kinds in by_region.values() for kind in kinds} | set(expected)
    return [kind for kind in PokjaKind.values if kind in present]


def table(
    rows: Sequence[Row],
    kinds: Sequence[str],
    caption: str,
    names: Mapping[str, str] = CRITERION_WORDS,
) -> str:
    """The whole table as finished HTML; ``names``: the criteria (see ``names_of``)."""
    worth = _worths(tuple(names.items()))
    wide = " heat-wide" if len(kinds) > WIDE else " heat-mid" if len(kinds) > TIGHT else ""
    return safe(
        f'<table class="heat{wide}">'
        f'<caption class="visually-hidden">{text(caption)}</caption>'
        '<thead><tr><th scope="col">Daerah</th>',
        *map(_head, kinds),
        '<th scope="col" class="num wide">Kriteria</th>'
        '<th scope="col" class="num">Efektif</th></tr></thead><tbody>',
        *[_row(row, kinds, worth) for row in rows],
        "</tbody></table>",
    )


def _head(kind: str) -> str:
    label = PokjaKind(kind).label
    return (
        f'<th scope="col"><span class="d-none d-sm-inline">{label}</span>'
        f'<abbr class="d-sm-none" title="{label}">{KIND_ABBREVIATIONS[kind]}</abbr></th>'
    )


def _row(row: Row, kinds, worth: Callable) -> str:
    held = {id(each): _worth_of(each, worth) for found in row.by_kind.values() for each in found}
    cells = "".join([_cell(row, row.by_kind.get(kind), held) for kind in kinds])
    counts = row.tally
    totals = (
        '<td class="tot wide">–</td><td class="tot">–</td>'
        if not counts.pokja
        else f'<td class="tot wide">{_criteria(held.values()).counts}</td>'
        f'<td class="tot">{counts.share.counts if counts.is_rated else "–"}</td>'
    )
    return f'<tr><th scope="row">{link(row.address, text(row.name))}</th>{cells}{totals}</tr>'


class Worth(NamedTuple):
    """What a cell prints of a Pokja: its colour, the number and the meter."""

    met: int
    possible: int
    colour: str
    inner: str


@lru_cache(maxsize=64)
def _worths(names: Names) -> Callable[[tuple, tuple[str, ...]], Worth]:
    """What a table with these names prints, from (status, reason) of each criterion and their
    codes. Kept: 150 cells show a few dozen different ones."""
    named = dict(names)

    @lru_cache(maxsize=2048)
    def worth(states: tuple[tuple[str, str], ...], codes: tuple[str, ...]) -> Worth:
        met, possible = sum(status == MET for status, _ in states), len(states)
        shown = meter_of(states, tuple(named.get(code, code) for code in codes))
        return Worth(met, possible, COLOURS[step_of(met, possible)], f"<b>{met}</b>{shown}")

    return worth


def _worth_of(item, worth: Callable) -> Worth:
    results = item.by_rubric
    return worth(tuple([result[:2] for result in results.values()]), tuple(results))


def _criteria(worths: Collection[Worth]) -> Share:
    """Met criteria of the rubric, whatever it has; a Pokja of two kinds counts once."""
    return Share(sum([each.met for each in worths]), sum([each.possible for each in worths]))


def _cell(row: Row, items, worths: Mapping[int, Worth]) -> str:
    """The best Pokja of a kind, the first of equals; the others as "+1" beside it."""
    if not items:
        return MISSING
    best = items[0] if len(items) == 1 else max(items, key=lambda item: worths[id(item)].met)
    _, _, colour, inner = worths[id(best)]
    if len(items) > 1:
        inner += (
            f'<small><span aria-hidden="true">+{len(items) - 1}</span>'
            f'<span class="visually-hidden">dan {len(items) - 1} Pokja lain</span></small>'
        )
    address = row.pokja_address(best) if row.pokja_address else None
    if address:
        return f'<td class="{colour}"><a href="{text(address)}">{inner}</a></td>'
    return f'<td class="{colour}"><span class="c">{inner}</span></td>'

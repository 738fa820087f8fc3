"""The parts of a rapor as plain data (JSON), the same for the page and the paper. No query.

Shares are told as "n dari N", with the percentage behind where the dashboards print one.
"""

from collections.abc import Iterable

from apps.core.formats import format_date, format_number, format_rupiah
from apps.core.looks import CRITERIA
from apps.dashboard import findings, heat
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_LABELS, look
from apps.effectiveness.breaks import break_words
from apps.pokja.enums import FundSource, PokjaKind
from apps.report_cards.gaps import frequent_gaps

UNRATED = "Tidak dapat dinilai"
NO_DATA = "belum ada data"
NAMED = 3  # so many Pokja are named behind a gap, then counted


def told(share: Share | None) -> str:
    """ "3 dari 5"; from twenty upwards "58 dari 114 (51%)"; without data said so."""
    if share is None:
        return NO_DATA
    return f"{share.sentence} ({share.text})" if share.is_large else share.sentence


def kpi(total: Tally, before: Tally | None, year: int) -> list[dict]:
    """Effective Pokja and the four criteria; what waits is drawn and told apart."""
    changed = findings.change(before and before.share, total.share, year - 1)
    cells = [
        {
            "label": "Pokja efektif",
            "value": told(total.share) if total.is_rated else UNRATED,
            "note": changed or "belum ada pembanding tahun lalu",
            "met": total.effective,
            "waiting": 0,
            "whole": total.pokja,
        }
    ]
    for name in CRITERIA:
        waiting = total.waiting[name]
        cells.append(
            {
                "label": CRITERION_LABELS[name],
                "value": told(total.criterion(name)),
                "note": f"{format_number(total.missing(name))} belum, "
                f"{format_number(waiting)} menunggu",
                "met": total.met[name],
                "waiting": waiting,
                "whole": total.pokja,
            }
        )
    return cells


# --- heat tables -----------------------------------------------------------------------------


def region_heat(figures, items: Iterable) -> dict:
    """Regions × kinds of a province, as the heat table of its dashboard."""
    by_region = heat.kinds_of(items)
    expected = figures.rules.expected_kinds if figures.rules else ()
    kinds = heat.columns(by_region, expected)
    rows = []
    for region in (figures.region, *figures.districts):
        counts, own = figures.counts(region), by_region.get(region.pk, {})
        rows.append(
            {
                "name": "Tingkat provinsi" if region == figures.region else region.label,
                "cells": [_cell(own.get(kind)) for kind in kinds],
                "criteria": counts.criteria.counts if counts.pokja else "–",
                "effective": counts.share.counts if counts.pokja and counts.is_rated else "–",
            }
        )
    return {"kinds": [str(PokjaKind(kind).label) for kind in kinds], "rows": rows}


def _cell(items: list | None) -> dict | None:
    """The best Pokja of a kind, the first of equals; how many others there are."""
    if not items:
        return None
    best = max(items, key=lambda item: item.met)
    return {
        "met": best.met,
        "step": heat.step_of(best.met, best.possible),
        "slots": _slots(best),
        "more": len(items) - 1,
    }


def _slots(item) -> str:
    return "".join(look(item.results[name]).slot for name in CRITERIA)


def pokja_heat(items: Iterable) -> list[dict]:
    """A row for each Pokja of a region: how many criteria are met, each in a word and a slot."""
    return [
        {
            "pokja": item.pokja_id,
            "name": item.name,
            "met": item.met,
            "possible": item.possible,
            "step": heat.step_of(item.met, item.possible),
            "slots": _slots(item),
            "words": [look(item.results[name]).short for name in CRITERIA],
            "status": status_word(item.effective),
        }
        for item in items
    ]


def status_word(effective: bool | None) -> str:
    if effective is None:
        return UNRATED
    return "Efektif" if effective else "Belum efektif"


# --- gaps, money, years ----------------------------------------------------------------------


def gap_rows(items: Iterable, *, by_name: bool) -> list[dict]:
    """The ten most frequent gaps; behind each the Pokja by name, or their number."""
    return [
        {"what": gap.fact, "fix": gap.fix, "who": _named(gap) if by_name else _counted(gap)}
        for gap in frequent_gaps(items)
    ]


def _named(gap) -> str:
    names = [item.name for item in gap.items]
    if len(names) <= NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:NAMED])}, dan {len(names) - NAMED} Pokja lain"


def _counted(gap) -> str:
    return f"{format_number(len(gap.items))} Pokja di {format_number(gap.regions)} daerah"


def money(items: list, lines: dict[int, list]) -> dict | None:
    """Verified ceilings by fund source, largest first; None where there is none yet.

    ``lines`` as ``dashboard.queries.verified_lines`` gives them, of these Pokja or of more.
    """
    sums: dict[str, object] = {}
    funded = 0
    for item in items:
        own = lines.get(item.pokja_id, ())
        funded += bool(own)
        for source, ceiling in own:
            sums[source] = sums.get(source, 0) + ceiling
    if not sums:
        return None
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "rows": [[str(FundSource(source).label), format_rupiah(each)] for source, each in ordered],
        "total": format_rupiah(sum(sums.values())),
        "pokja": Share(funded, len(items)).sentence,
    }


def years(own, parent, parent_name: str, last: int) -> dict:
    """The last years beside those of the area around: effective Pokja and met criteria.

    ``own`` and ``parent`` are Histories of the same years.
    """
    columns = [
        history.shares(of)
        for history in (own, parent)
        for of in (lambda counts: counts.share, lambda counts: counts.criteria)
    ]
    rows = [
        [str(year), *(told(column[at]) for column in columns)]
        for at, year in enumerate(own.years)
        if year > own.years[-1] - last
    ]
    shown = [year for year in own.changes if year > own.years[-1] - last]
    return {"parent": parent_name, "rows": rows, "note": break_words(shown)}


# --- around the figures ----------------------------------------------------------------------


def book_words(note) -> str:
    """That the figures of a closed year are frozen, on paper without the name of who closed it."""
    if note is None:
        return ""
    if note.is_open:
        return (
            f"{note.region.full_name} dibuka kembali: angka tahun {note.year} adalah keadaan "
            "sekarang, bukan angka beku."
        )
    words = (
        f"Angka tahun {note.year} dibekukan pada {format_date(note.closed_on)} "
        f"menurut {note.rubric}."
    )
    if note.open_again:
        names = ", ".join(row.region.full_name for row in note.open_again)
        words += f" Dibuka kembali, jadi memakai keadaan sekarang: {names}."
    return words


def notices(total: Tally, note) -> list[str]:
    """What stands under the title: frozen figures, and that not everything is verified yet."""
    found = [book_words(note)]
    if total.all_waiting:
        found.append(
            f"Belum seluruhnya diverifikasi: {format_number(total.all_waiting)} kriteria menunggu."
        )
    return [words for words in found if words]


def way_lines(way: dict | None) -> list[str]:
    """The fewest steps as sentences (see ``dashboard.nearest``)."""
    if way is None:
        return []
    lines = []
    if way["form"]:
        form = way["form"]
        lines.append(f"{form['title']}. {form['how']}. {form['why']}.")
    for each in way["ways"]:
        steps = ", ".join(f"{step['title']} ({step['word'].lower()})" for step in each["steps"])
        lines.append(f"{each['name']}, {each['met']}. Yang perlu dipenuhi: {steps}.")
    return lines

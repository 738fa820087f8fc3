"""The panel "Yang menahan": which criteria Pokja lack, what is returned most, and the repairs."""

from collections.abc import Callable, Iterable, Sequence

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import findings_panels as findings
from apps.dashboard.html import bar, safe
from apps.dashboard.panels_returns import KINDS, Returned
from apps.dashboard.tallies import Share, Tally, tally
from apps.dashboard.words import CRITERION_LABELS
from apps.effectiveness.ladder import lacking
from apps.effectiveness.repairs import SEVERAL, missing

KIND_OF = dict(zip(CRITERIA, KINDS, strict=True))


def nowhere(criterion: str) -> None:
    """No list behind a figure."""


def holding_back(
    items: Iterable,
    *,
    year: int,
    level: str = SEVERAL,
    required: Sequence[str] = CRITERIA,
    address: Callable = nowhere,
    counts: Tally | None = None,
) -> dict:
    """What keeps these Pokja from being effective; no query.

    ``level``: of the one region they belong to; ``required``: criteria the rubric requires;
    ``address``: criterion -> the list of those that lack it, or None; ``counts``: those of these
    Pokja, where they are counted already. Gives ``heading``, ``nearly``
    (a sentence, may be empty) and ``rows``, the most frequent first.
    """
    items = list(items)
    counts = tally(items) if counts is None else counts
    panel = holding_of(counts, year=year, level=level, required=required, address=address)
    return panel | {"nearly": findings.nearly(lacking_alone(items, required))}


def holding_of(
    counts: Tally,
    *,
    year: int,
    level: str = SEVERAL,
    required: Sequence[str] = CRITERIA,
    address: Callable = nowhere,
) -> dict:
    """The same from counts alone, where the Pokja are not at hand (the nation)."""
    rows = [_row(name, counts, year, level, required, address) for name in CRITERIA]
    return {
        "heading": findings.holding(counts, required),
        "nearly": "",
        "rows": sorted(rows, key=lambda row: -row["count"]),
    }


def lacking_alone(items: Iterable, required: Sequence[str] = CRITERIA) -> dict[str, int]:
    """How many Pokja lack this required criterion and no other, by criterion."""
    found = dict.fromkeys(CRITERIA, 0)
    for item in items:
        if item.effective is not False:
            continue
        lacks = lacking(item)
        if len(lacks) == 1 and lacks[0] in found and lacks[0] in required:
            found[lacks[0]] += 1
    return found


def _row(name: str, counts: Tally, year: int, level: str, required, address: Callable) -> dict:
    unmet, waiting = Share(counts.unmet(name), counts.pokja), counts.waiting[name]
    return {
        "criterion": name,
        "label": CRITERION_LABELS[name],
        "count": unmet.part,
        "told": unmet.sentence,
        "bar": safe(bar(unmet.value)),
        "note": _note(counts, name) if unmet.part else "",
        "waiting": waiting,
        "is_required": name in required,
        "repair": missing(name, year, level).fix if counts.missing(name) else "",
        "address": address(name) if unmet.part else None,
    }


def _note(counts: Tally, name: str) -> str:
    missing_here, waiting = counts.missing(name), counts.waiting[name]
    if not waiting:
        return ""
    waits = f"{format_number(waiting)} menunggu verifikasi"
    return f"{format_number(missing_here)} belum, {waits}" if missing_here else waits


def returns_panel(found: Returned, address: Callable = nowhere) -> dict:
    """What verifiers gave back most often, and for which reasons, each with its repair.

    ``address``: criterion -> the list of what is returned, or None.
    """
    rows = [
        {
            "label": CRITERION_LABELS[name],
            "count": share.part,
            "told": share.sentence,
            "bar": safe(bar(share.value)),
            "address": address(name) if share.part else None,
        }
        for name, share in found.decided.items()
        if share.part
    ]
    return {
        "heading": findings.returned(found.decided, found.year),
        "rows": sorted(rows, key=lambda row: -row["count"]),
        "reasons": [
            {
                "label": reason.label,
                "criterion": CRITERION_LABELS[name],
                "count": f"{format_number(reason.count)} kali",
                "repair": reason.advice,
                "address": address(name),
            }
            for name, reason in found.reasons
        ],
    }

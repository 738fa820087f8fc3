"""Checks over indicators: did one improve on the year before, do planning documents name them?

Queries: at most 2 each, however many Pokja.
"""

from decimal import Decimal
from typing import NamedTuple

from apps.audit.models import Entry
from apps.effectiveness.formula import (
    EMPTY,
    FAILED,
    MET,
    RETURNED,
    SUBMITTED,
    TO_FIX,
    VERIFIED,
    WAITING,
    Result,
)
from apps.effectiveness.situation import Situation, words
from apps.indicators.models import RegionTarget, Target
from apps.verification.past import status_at

OWN_POKJA, WHOLE_REGION = "pokja", "region"
NO_VALUE, NO_EARLIER, NOT_BETTER = "tanpa_capaian", "tanpa_pembanding", "tidak_naik"
RETURNED_REASON, TOO_FEW = "dikembalikan", "dokumen_kurang"
QUARTERS = ("q4", "q3", "q2", "q1")


class ValueRow(NamedTuple):
    """What one version of an indicator set says was reached in its year."""

    pokja_id: int
    region_id: int
    year: int
    status: str
    evidence_id: int
    version: int
    item_id: int
    value: Decimal | None


class Measure(NamedTuple):
    """Which way an indicator is better."""

    direction: str
    low: Decimal | None
    high: Decimal | None


def improved(measure: Measure, before: Decimal, now: Decimal) -> bool:
    """Is ``now`` better than ``before``? up: more; down: less; yes_no: yes; range: inside the
    band, or nearer to it than before (never, where the band is not set)."""
    if measure.direction == "yes_no":
        return bool(now)
    if measure.direction == "down":
        return now < before
    if measure.direction == "range":
        if measure.low is None or measure.high is None:
            return False
        return _outside(measure, now) == 0 or _outside(measure, now) < _outside(measure, before)
    return now > before


def _outside(measure: Measure, value: Decimal) -> Decimal:
    return max(measure.low - value, value - measure.high, Decimal(0))


def indicator_improved(at: Situation, parameters: dict) -> dict[int, Result]:
    """The value reached in the year is better than that of the year before.

    ``by`` region: any Pokja of the region may report it, since the indicator is the region's.
    """
    measure, rows = _values(at, parameters.get("indicator", ""))
    by_region = parameters.get("by") == WHOLE_REGION
    groups: dict[int, list[ValueRow]] = {}
    for row in rows:
        groups.setdefault(row.region_id if by_region else row.pokja_id, []).append(row)
    found = {}
    for item in at.assessments:
        if held := groups.get(item.region_id if by_region else item.pokja_id):
            found[item.pokja_id] = _compared(held, at.year, measure)
    return found


def _values(at: Situation, code: str) -> tuple[Measure | None, list[ValueRow]]:
    """Every version of the year and the one before that names the indicator; 1 query."""
    source = Target.objects.filter(
        indicator__code=code, indicator_set__year__in=(at.year - 1, at.year)
    )
    source = at.of_regions(source, "indicator_set__pokja__region")
    source = source.annotate(then=status_at(at.known, "indicator_set__evidence")).order_by("id")
    measure, rows = None, []
    for *head, direction, low, high, annual, q4, q3, q2, q1 in source.values_list(
        "indicator_set__pokja_id",
        "indicator_set__pokja__region_id",
        "indicator_set__year",
        "then",
        "indicator_set__evidence_id",
        "indicator_set__evidence__version",
        "id",
        "indicator__direction",
        "indicator__band_low",
        "indicator__band_high",
        "annual",
        *QUARTERS,
    ):
        measure = Measure(direction, low, high)
        said = [value for value in (annual, q4, q3, q2, q1) if value is not None]
        rows.append(ValueRow(*head, said[0] if said else None))
    return measure, rows


def _compared(rows: list[ValueRow], year: int, measure: Measure) -> Result:
    now, before = _latest(rows, year), _latest(rows, year - 1)
    if _is_better(measure, before, now):
        return Result(MET, "", now.evidence_id, now.item_id)
    for row in rows:
        if row.status == SUBMITTED and _would_be_better(measure, rows, row, year):
            return Result(WAITING, "", row.evidence_id, row.item_id)
    if returned := [row for row in rows if row.status == RETURNED and row.year == year]:
        return Result(TO_FIX, RETURNED_REASON, returned[-1].evidence_id, returned[-1].item_id)
    if now is None:
        return Result(EMPTY, NO_VALUE)
    if before is None:
        return Result(EMPTY, NO_EARLIER, now.evidence_id, now.item_id)
    return Result(FAILED, NOT_BETTER, now.evidence_id, now.item_id)


def _latest(rows, year: int, assumed: int | None = None) -> ValueRow | None:
    """The value that counts for a year: of the latest verified version, the newest if several
    Pokja of a region report it. ``assumed`` is taken as if verified."""
    counting: dict[int, ValueRow] = {}
    for row in rows:
        if row.year == year and (row.status == VERIFIED or row.evidence_id == assumed):
            held = counting.get(row.pokja_id)
            if held is None or row.version > held.version:
                counting[row.pokja_id] = row
    told = [row for row in counting.values() if row.value is not None]
    return max(told, key=lambda row: row.evidence_id, default=None)


def _is_better(measure, before: ValueRow | None, now: ValueRow | None) -> bool:
    return bool(before and now) and improved(measure, before.value, now.value)


def _would_be_better(measure, rows, row: ValueRow, year: int) -> bool:
    assumed = row.evidence_id
    return _is_better(measure, _latest(rows, year - 1, assumed), _latest(rows, year, assumed))


# --- planning documents ----------------------------------------------------------------------


def documents_name_indicators(at: Situation, parameters: dict) -> dict[int, Result]:
    """The region's targets for the year come from documents of these names, for at least so many
    indicators (``indicators.RegionTarget``: each names the document that sets it)."""
    wanted = [word.casefold() for word in words(parameters.get("documents"))]
    minimum = int(parameters.get("minimum") or 1)
    named: dict[int, dict[int, int]] = {}  # region -> indicator -> id of the target
    any_target: dict[int, int] = {}
    for pk, region_id, indicator_id, document in _region_targets(at):
        any_target[region_id] = pk
        if any(word in document.casefold() for word in wanted):
            named.setdefault(region_id, {})[indicator_id] = pk
    found = {}
    for item in at.assessments:
        if item.region_id in any_target:
            held = named.get(item.region_id, {})
            last = next(reversed(held.values()), any_target[item.region_id])
            enough = len(held) >= minimum
            found[item.pokja_id] = Result(
                MET if enough else FAILED, "" if enough else TOO_FEW, item_id=last
            )
    return found


def _region_targets(at: Situation) -> list[tuple]:
    rows = at.of_regions(RegionTarget.objects.filter(year=at.year).exclude(region=None))
    rows = list(rows.order_by("id").values_list("id", "region_id", "indicator_id", "document"))
    if at.known is None or not rows:
        return rows
    later = _added_after(at)
    return [row for row in rows if str(row[0]) not in later]


def _added_after(at: Situation) -> set[str]:
    """Ids of targets that were added after the moment: a target has no date of its own, but
    whoever adds one leaves an entry that begins from nothing."""
    entries = Entry.objects.filter(
        object_type=RegionTarget._meta.label_lower, at__gt=at.known
    ).values_list("object_id", "before")
    return {object_id for object_id, before in entries if not before}

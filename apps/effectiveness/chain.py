"""The chain of a Pokja's SK on any day. Pure: no Django, no clock.

There is one truth, ``formula``: what is in force, until when and why not is asked there. Here it
is only put in an order that pages and reminders can tell.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from apps.decrees.codes import own_end
from apps.effectiveness import formula
from apps.effectiveness.formula import DecreeRow, Force

NOTHING = "tidak_ada"  # no verified SK at all
DAY = timedelta(days=1)


class Standing(NamedTuple):
    """How the SK of a Pokja stand on a day, as they are known now."""

    on: date
    force: Force | None  # what meets criterion 1
    reason: str = ""  # why nothing does: kedaluwarsa, dicabut, belum_berlaku, …, tidak_ada
    nearest: DecreeRow | None = None  # the SK the reason speaks of
    last_day: date | None = None  # of that SK, where it is over


def standing_on(rows: Iterable[DecreeRow], on: date) -> Standing:
    """The state on a day, past or future; ``rows`` in any status, only verified ones count."""
    rows = list(rows)
    if force := formula.decree_in_force(rows, on):
        return Standing(on, force)
    verified = formula.counting(rows)
    if not verified:
        return Standing(on, None, NOTHING)
    reason, nearest, *ended = formula.why_none_in_force(verified, on)
    return Standing(on, None, reason, nearest, ended[0] if ended else None)


def last_cover(rows: Iterable[DecreeRow], on: date, assumed: int | None = None) -> Force | None:
    """Of the SK in force on a day, and those that begin later, the one that ends last.

    None where none is in force. ``assumed`` is taken as if verified.
    """
    standing = formula.forces(formula.counting(rows, assumed), on)
    if not any(force.holds_on(on) for force in standing):
        return None
    ahead = [force for force in standing if force.end is None or force.end >= max(on, force.start)]
    return max(ahead, key=lambda f: (f.end or date.max, f.decree.issued_on, f.decree.evidence_id))


def successor_of(force: Force, standing: Iterable[Force]) -> Force | None:
    """The next SK that establishes the same Pokja anew; None where there is none."""
    later = [other for other in standing if _order(other.decree) > _order(force.decree)]
    return min(later, key=lambda f: _order(f.decree), default=None)


def extends(amendment: DecreeRow, verified: list[DecreeRow]) -> bool:
    """Does an amendment state a later end than the SK had before it ("memperpanjang")?"""
    if amendment.role != "amend" or amendment.valid_until is None:
        return False
    targets = formula.established_by(amendment, verified)
    earlier = [
        row for row in verified if row.role == "establish" or _order(row) < _order(amendment)
    ]
    before = [
        force.end
        for force in formula.forces(earlier, amendment.issued_on)
        if force.decree.evidence_id in targets
    ]
    return any(end is not None and amendment.valid_until > end for end in before)


class Period(NamedTuple):
    """A run of days with the same SK in force (None: none); ``end`` None is open."""

    start: date
    end: date | None
    decree: DecreeRow | None


def periods(rows: Iterable[DecreeRow]) -> list[Period]:
    """The whole story, from the first day of the first SK on, without gaps or overlaps."""
    verified = formula.counting(rows)
    found: list[Period] = []
    for day in _turning_days(verified):
        force = formula.decree_in_force(verified, day)
        decree = force.decree if force else None
        if found and found[-1].decree == decree:
            continue
        if found:
            found[-1] = found[-1]._replace(end=day - DAY)
        if found or decree:  # the time before the first one in force is no period
            found.append(Period(day, None, decree))
    return found


def _turning_days(verified: list[DecreeRow]) -> list[date]:
    """Every day on which the state may change; between two of them it does not."""
    days = set()
    for row in verified:
        days |= {row.issued_on, row.valid_from}
        ends = {row.valid_until, own_end(row.valid_from, row.valid_until, row.basis)}
        days |= {end + DAY for end in ends if end and end < date.max}
    return sorted(days)


def _order(row: DecreeRow) -> tuple[date, int]:
    return row.issued_on, row.evidence_id

"""The sixteen maturity points (spec section 5, "Maturity"). Pure: no Django, no clock.

Which checks count, and how much, is data in the rubric; this module knows how each is decided.
A check looks at the item that meets its criterion; where none does, the point is not given.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from apps.decrees.codes import signed_by_head
from apps.effectiveness.formula import Result

LONG_YEARS, LONG_DAYS_LEFT = 3, 180
ACHIEVED = Decimal(90)
CLASSES = ("Dasar", "Berkembang", "Mandiri", "Berkelanjutan")
REPORT_DAY = 10  # a quarter's report is due on the 10th of the month after it


class ActivityRow(NamedTuple):
    output: str
    target: Decimal | None
    months: int
    person_in_charge: str
    indicator_id: int | None
    progress: Decimal | None


class TargetRow(NamedTuple):
    baseline: Decimal | None
    target: Decimal | None
    source: str
    quarters: tuple
    annual: Decimal | None
    achievement: Decimal | None


class LineRow(NamedTuple):
    fund_source: str
    basis: str
    page: str
    ceiling: Decimal
    spent: Decimal | None


@dataclass
class Facts:
    """What the checks of one Pokja look at."""

    results: dict[str, Result]
    on: date
    year: int
    sectors: set[str] = field(default_factory=set)
    activities: list[ActivityRow] = field(default_factory=list)
    targets: list[TargetRow] = field(default_factory=list)
    lines: list[LineRow] = field(default_factory=list)


def quarters_due(year: int, d: date) -> int:
    """How many quarters of the year had to be reported by d (due on the 10th after each)."""
    months = ((year, 4), (year, 7), (year, 10), (year + 1, 1))
    return sum(date(*month, REPORT_DAY) <= d for month in months)


def months_ended(year: int, d: date) -> int:
    """How many months of the year have ended by d (a month ends on its last day)."""
    if d.year != year:
        return 12 if d.year > year else 0
    return d.month if (d + timedelta(days=1)).day == 1 else d.month - 1


def _signed_by_head(facts: Facts) -> bool:
    decree = facts.results["sk"].decree
    return signed_by_head(decree.signer_position, decree.signer_status)


def _long_in_force(facts: Facts) -> bool:
    result = facts.results["sk"]
    if result.until is None:
        return True
    if (result.until - facts.on).days >= LONG_DAYS_LEFT:
        return True
    start = result.decree.valid_from
    try:
        full_term = start.replace(year=start.year + LONG_YEARS)
    except ValueError:  # 29 February
        full_term = date(start.year + LONG_YEARS, 3, 1)
    return result.until >= full_term - timedelta(days=1)


def _mixed_members(facts: Facts) -> bool:
    return "pemerintah" in facts.sectors and bool(facts.sectors - {"pemerintah"})


def _activities_complete(facts: Facts) -> bool:
    return all(
        row.output and row.target is not None and row.months and row.person_in_charge
        for row in facts.activities
    )


def _activities_linked(facts: Facts) -> bool:
    return all(row.indicator_id for row in facts.activities)


def _on_schedule(facts: Facts) -> bool:
    """Mean progress of the activities is not below the mean share of their months that ended."""
    ended = months_ended(facts.year, facts.on)
    past = (1 << ended) - 1
    expected = sum(
        Decimal((row.months & past).bit_count()) / row.months.bit_count() * 100
        for row in facts.activities
        if row.months
    )
    return sum(row.progress or 0 for row in facts.activities) >= expected


def _targets_complete(facts: Facts) -> bool:
    return all(
        row.baseline is not None and row.target is not None and row.source for row in facts.targets
    )


def _reported(facts: Facts) -> bool:
    due = quarters_due(facts.year, facts.on)
    return all(
        row.annual is not None or due == 0 or row.quarters[due - 1] is not None
        for row in facts.targets
    )


def _achieved(facts: Facts) -> bool:
    known = [row.achievement for row in facts.targets if row.achievement is not None]
    return bool(known) and sum(known) / len(known) >= ACHIEVED


def _documented(facts: Facts) -> bool:
    return all(row.basis and row.page for row in facts.lines)


def _from_apbd(facts: Facts) -> bool:
    return any(
        row.fund_source in ("apbd_provinsi", "apbd_kabkota") and row.ceiling > 0
        for row in facts.lines
    )


def _absorbed(facts: Facts) -> bool:
    """Spent / ceiling is not below a quarter for each quarter that had to be reported."""
    ceiling = sum(row.ceiling for row in facts.lines)
    spent = sum(row.spent or 0 for row in facts.lines)
    return spent * 4 >= ceiling * quarters_due(facts.year, facts.on)


def _met(facts: Facts) -> bool:
    return True


# code of a check -> (criterion it belongs to, how it is decided)
CHECKS: dict[str, tuple[str, Callable[[Facts], bool]]] = {
    "sk_terpenuhi": ("sk", _met),
    "sk_kepala_daerah": ("sk", _signed_by_head),
    "sk_masa_panjang": ("sk", _long_in_force),
    "sk_lintas_sektor": ("sk", _mixed_members),
    "rk_terpenuhi": ("rencana_kerja", _met),
    "rk_lengkap": ("rencana_kerja", _activities_complete),
    "rk_indikator": ("rencana_kerja", _activities_linked),
    "rk_jadwal": ("rencana_kerja", _on_schedule),
    "in_terpenuhi": ("indikator", _met),
    "in_lengkap": ("indikator", _targets_complete),
    "in_dilaporkan": ("indikator", _reported),
    "in_capaian": ("indikator", _achieved),
    "an_terpenuhi": ("anggaran", _met),
    "an_dokumen": ("anggaran", _documented),
    "an_apbd": ("anggaran", _from_apbd),
    "an_serapan": ("anggaran", _absorbed),
}


def check(code: str, facts: Facts) -> bool:
    """Is the point given? Never, where its criterion is not met."""
    criterion, decide = CHECKS[code]
    return facts.results[criterion].is_met and decide(facts)


def comes_with_criterion(code: str) -> bool:
    """Is the point given as soon as its criterion is met, with nothing more to show?"""
    return CHECKS[code][1] is _met


def index(points: dict[str, Decimal], facts: Facts) -> Decimal:
    """Maturity 0–100: points reached over all points of the rubric."""
    total = sum(points.values())
    reached = sum(value for code, value in points.items() if check(code, facts))
    return Decimal(reached * 100) / total if total else Decimal(0)


def maturity_class(value, limits) -> str:
    """Dasar < 40 ≤ Berkembang < 60 ≤ Mandiri < 80 ≤ Berkelanjutan, limits from the rubric."""
    return CLASSES[sum(value >= limit for limit in limits)]

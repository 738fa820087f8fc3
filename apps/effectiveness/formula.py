"""What a Pokja is worth in a year, from raw rows (spec section 5). Pure: no Django, no clock.

The input rows are small named tuples that ``queries`` fills; ``d`` is the reference date.
Statuses: terpenuhi, menunggu, perlu_perbaikan, tidak_terpenuhi, belum_mengisi.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from apps.decrees.codes import own_end

MET = "terpenuhi"
WAITING = "menunggu"
TO_FIX = "perlu_perbaikan"
FAILED = "tidak_terpenuhi"
EMPTY = "belum_mengisi"

VERIFIED, SUBMITTED, RETURNED, DRAFT = "verified", "submitted", "returned", "draft"
STAGE_RANK = {"murni": 1, "pergeseran": 2, "perubahan": 3}


class DecreeRow(NamedTuple):
    """One version of a decree as it concerns one Pokja."""

    evidence_id: int
    family: object
    version: int
    status: str
    role: str
    number_key: str
    parent_key: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    basis: str
    signer_position: str = ""
    signer_status: str = ""


class ItemRow(NamedTuple):
    """One version of a plan or an indicator set: ``amount`` counts what makes it hold."""

    evidence_id: int
    family: object
    version: int
    status: str
    amount: int
    item_id: int = 0


class BudgetRow(NamedTuple):
    """One version of a budget stage: ``amount`` is the sum of pagu_pokja of accepted sources."""

    evidence_id: int
    family: object
    version: int
    status: str
    amount: object
    item_id: int
    stage: str


class Result(NamedTuple):
    """The status of one criterion, why, and what it rests on."""

    status: str
    reason: str = ""
    evidence_id: int | None = None
    item_id: int | None = None
    until: date | None = None
    decree: DecreeRow | None = None

    @property
    def is_met(self) -> bool:
        return self.status == MET


@dataclass
class Rows:
    """All raw rows of one Pokja for one year."""

    decrees: list[DecreeRow] = field(default_factory=list)
    plans: list[ItemRow] = field(default_factory=list)
    indicators: list[ItemRow] = field(default_factory=list)
    budgets: list[BudgetRow] = field(default_factory=list)
    nils: dict[str, list[str]] = field(default_factory=dict)


def reference_date(year: int, today: date) -> date:
    """31 December of a past year, today otherwise (spec section 5)."""
    return date(year, 12, 31) if year < today.year else today


def counting(rows: Iterable, assumed: int | None = None) -> list:
    """The latest verified version of each family; ``assumed`` is taken as if verified."""
    told = [row for row in rows if row.status == VERIFIED or row.evidence_id == assumed]
    if len(told) < 2:  # nearly always
        return told
    latest = {}
    for row in told:
        held = latest.get(row.family)
        if held is None or row.version > held.version:
            latest[row.family] = row
    return list(latest.values())


# --- criterion 1: SK -------------------------------------------------------------------------


def parents_of(child: DecreeRow, rows: list[DecreeRow]) -> list[DecreeRow]:
    """The decrees a child names by number: the latest dated not after it, else the earliest."""
    named = [
        row
        for row in rows
        if row.number_key == child.parent_key
        and row.evidence_id != child.evidence_id
        and row.role != "revoke"
    ]
    if not named:
        return []
    earlier = [row.issued_on for row in named if row.issued_on <= child.issued_on]
    chosen = max(earlier) if earlier else min(row.issued_on for row in named)
    return [row for row in named if row.issued_on == chosen]


def established_by(child: DecreeRow, rows: list[DecreeRow]) -> set[int]:
    """Evidence ids of the establishing decrees a child changes, through chains of amendments."""
    found, open_rows, seen = set(), [child], set()
    while open_rows:
        row = open_rows.pop()
        if row.evidence_id in seen:
            continue
        seen.add(row.evidence_id)
        for parent in parents_of(row, rows):
            if parent.role == "establish":
                found.add(parent.evidence_id)
            else:
                open_rows.append(parent)
    return found


class Force(NamedTuple):
    """From when until when (None: open) an establishing decree is in force, and why it ends."""

    decree: DecreeRow
    start: date
    end: date | None
    revoked: bool

    def holds_on(self, d: date) -> bool:
        return self.start <= d and (self.end is None or d <= self.end)


def forces(rows: list[DecreeRow], d: date) -> list[Force]:
    """The force of every establishing decree among counting rows, as the chain stands on d."""
    changes = [(row, established_by(row, rows)) for row in rows if row.role != "establish"]
    return [_force(row, changes, d) for row in rows if row.role == "establish"]


def _force(decree: DecreeRow, changes, d: date) -> Force:
    end = own_end(decree.valid_from, decree.valid_until, decree.basis)
    stating = [
        row
        for row, targets in changes
        if row.role == "amend"
        and decree.evidence_id in targets
        and row.valid_until
        and row.issued_on <= d
    ]
    if stating:
        end = max(stating, key=lambda row: (row.issued_on, row.evidence_id)).valid_until
    takes_effect = [
        row.valid_from
        for row, targets in changes
        if row.role == "revoke" and decree.evidence_id in targets
    ]
    last_day = min(takes_effect) - timedelta(days=1) if takes_effect else None
    revoked = last_day is not None and (end is None or last_day < end)
    return Force(decree, decree.valid_from, last_day if revoked else end, revoked)


def decree_in_force(rows: Iterable[DecreeRow], d: date, assumed: int | None = None):
    """The force that meets criterion 1 on d (the latest decree where several do), or None."""
    holding = [force for force in forces(counting(rows, assumed), d) if force.holds_on(d)]
    return max(holding, key=lambda f: (f.decree.issued_on, f.decree.evidence_id), default=None)


def decree_result(rows: list[DecreeRow], d: date, nils: list[str]) -> Result:
    """Status of criterion 1 on d."""
    if force := decree_in_force(rows, d):
        return Result(MET, "", force.decree.evidence_id, until=force.end, decree=force.decree)
    return _unmet(
        rows,
        nils,
        lambda row: decree_in_force(rows, d, row.evidence_id) is not None,
        lambda verified: why_none_in_force(verified, d),
    )


def why_none_in_force(verified: list[DecreeRow], d: date) -> tuple:
    """Why no decree is in force, which one comes nearest, and its last day."""
    standing = forces(verified, d)
    if not standing:
        return "bukan_pembentukan", verified[-1]
    last = max(standing, key=lambda f: (f.start <= d, f.end or date.max, f.start))
    if last.start > d:
        return "belum_berlaku", last.decree
    return ("dicabut" if last.revoked else "kedaluwarsa"), last.decree, last.end


# --- criteria 2 to 4 -------------------------------------------------------------------------


def _unmet(rows, nils, would_meet: Callable, failing_reason: Callable) -> Result:
    """The statuses after ``terpenuhi``, the first that applies."""
    for row in rows:
        if row.status == SUBMITTED and would_meet(row):
            return Result(WAITING, "", row.evidence_id)
    returned = [row for row in rows if row.status == RETURNED]
    if returned or RETURNED in nils:
        return Result(TO_FIX, "dikembalikan", returned[-1].evidence_id if returned else None)
    if verified := counting(rows):
        reason, row, *ended = failing_reason(verified)
        return Result(FAILED, reason, row.evidence_id, until=ended[0] if ended else None)
    if VERIFIED in nils or SUBMITTED in nils:
        return Result(FAILED, "nihil")
    drafts = [row for row in rows if row.status == DRAFT]
    if drafts:
        return Result(EMPTY, "draf", drafts[-1].evidence_id)
    return Result(EMPTY)


def item_result(rows: list[ItemRow], nils: list[str]) -> Result:
    """Status of criterion 2 or 3: the latest verified version holds at least one entry."""
    verified = counting(rows)
    latest = max(verified, key=lambda row: row.version, default=None)
    if latest and latest.amount > 0:
        return Result(MET, "", latest.evidence_id, latest.item_id)
    return _unmet(rows, nils, lambda row: row.amount > 0, lambda held: ("kosong", held[-1]))


def latest_stage(rows: Iterable[BudgetRow], assumed: int | None = None) -> BudgetRow | None:
    """The verified stage that counts: perubahan before pergeseran before murni."""
    return max(counting(rows, assumed), key=lambda row: STAGE_RANK[row.stage], default=None)


def budget_result(rows: list[BudgetRow], nils: list[str]) -> Result:
    """Status of criterion 4: the latest verified stage sums to a pagu_pokja above zero."""
    latest = latest_stage(rows)
    if latest and latest.amount > 0:
        return Result(MET, "", latest.evidence_id, latest.item_id)

    def would_meet(row):
        stage = latest_stage(rows, row.evidence_id)
        return stage is not None and stage.amount > 0

    return _unmet(rows, nils, would_meet, lambda held: ("nol", latest or held[-1]))


def criteria(rows: Rows, d: date) -> dict[str, Result]:
    """The four criteria of a Pokja on the reference date, in their fixed order."""
    nils = rows.nils
    return {
        "sk": decree_result(rows.decrees, d, nils.get("sk", [])),
        "rencana_kerja": item_result(rows.plans, nils.get("rencana_kerja", [])),
        "indikator": item_result(rows.indicators, nils.get("indikator", [])),
        "anggaran": budget_result(rows.budgets, nils.get("anggaran", [])),
    }


# --- from criteria to figures ----------------------------------------------------------------


def is_effective(results: dict[str, Result], required: Iterable[str]) -> bool:
    """Every required criterion is met."""
    return all(results[name].is_met for name in required)


def score(results: dict[str, Result], weights: dict):
    """Sum of the weights of the met criteria (0–100)."""
    return sum(weight for name, weight in weights.items() if results[name].is_met)


def region_is_effective(rule: str, pokja: list[tuple[bool, list[str]]]) -> bool:
    """Does a region count? ``pokja`` holds (effective, kinds) of its own level's active Pokja.

    any: at least one is effective; integrated: at least one of kind bangga_kencana is;
    all: there is one and every one is.
    """
    if rule == "integrated":
        return any(effective for effective, kinds in pokja if "bangga_kencana" in kinds)
    if rule == "all":
        return bool(pokja) and all(effective for effective, _ in pokja)
    return any(effective for effective, _ in pokja)

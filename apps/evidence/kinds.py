"""The registry of the kinds of evidence: the pages speak to every kind through one adapter.

What a kind says, lacks and checks stands in ``apps/<kind>/facts.py``; here they get their name,
their address and their place among the four criteria.
"""

from dataclasses import dataclass
from types import ModuleType, SimpleNamespace

from apps.budgets import facts as budget_facts
from apps.decrees import facts as decree_facts
from apps.indicators import facts as indicator_facts
from apps.verification.enums import Kind
from apps.verification.facts import Fact, Gap, Table
from apps.verification.models import Evidence
from apps.work_plans import facts as plan_facts

__all__ = ["ADAPTERS", "BY_CRITERION", "BY_STEP", "Adapter", "Fact", "Gap", "Table", "adapter_for"]


@dataclass(frozen=True)
class Adapter:
    """One kind of evidence as the pages need it."""

    kind: str
    criterion: str  # sk, rencana_kerja, indikator, anggaran
    label: str
    step: str  # part of the address of its form
    number: int  # 1 to 4
    related: str  # name of the content on Evidence
    row_name: str  # what a row of its table is called
    room: ModuleType | SimpleNamespace

    def content(self, evidence: Evidence):
        """The Decree, WorkPlan, IndicatorSet or Budget behind the evidence."""
        return getattr(evidence, self.related)

    def facts(self, evidence: Evidence) -> list[Fact]:
        return self.room.facts(self.content(evidence))

    def table(self, evidence: Evidence) -> Table | None:
        """(headers, rows) as text; None for kinds without rows."""
        return self.room.table(self.content(evidence))

    def gaps(self, evidence: Evidence, year: int | None = None) -> list[Gap]:
        """What is missing (blocking) and what is odd (warnings), in the order of the form."""
        return self.room.gaps(self.content(evidence), year or evidence.year)

    def checks(
        self, evidence: Evidence, year: int | None = None, **known
    ) -> list[tuple[bool, str]]:
        """What the portal checked by itself, for the verifier; ``known``: see evidence.checks."""
        return self.room.checks(self.content(evidence), year or evidence.year, **known)

    def document(self, evidence: Evidence):
        """The uploaded proof, or None."""
        return self.room.document(self.content(evidence))


_FOUR = (
    Adapter(Kind.DECREE, "sk", "SK penetapan", "sk", 1, "decree", "SK", decree_facts),
    Adapter(
        Kind.WORK_PLAN,
        "rencana_kerja",
        "Rencana kerja",
        "rencana-kerja",
        2,
        "work_plan",
        "Kegiatan",
        plan_facts,
    ),
    Adapter(
        Kind.INDICATOR_SET,
        "indikator",
        "Indikator",
        "indikator",
        3,
        "indicator_set",
        "Indikator",
        indicator_facts,
    ),
    Adapter(Kind.BUDGET, "anggaran", "Anggaran", "anggaran", 4, "budget", "Baris", budget_facts),
)
ADAPTERS: dict[str, Adapter] = {adapter.kind: adapter for adapter in _FOUR}
BY_CRITERION: dict[str, Adapter] = {adapter.criterion: adapter for adapter in _FOUR}
BY_STEP: dict[str, Adapter] = {adapter.step: adapter for adapter in _FOUR}


def adapter_for(evidence: Evidence) -> Adapter:
    """The adapter of a piece of evidence; a declaration of nothing borrows its criterion's."""
    if evidence.kind == Kind.NIL:
        return _nil_adapter(evidence.nil.criterion)
    return ADAPTERS[evidence.kind]


# --- "Tidak ada" -----------------------------------------------------------------------------


def _nil_facts(nil) -> list[Fact]:
    return [
        Fact("", "Kriteria", BY_CRITERION[nil.criterion].label),
        Fact("", "Tahun", str(nil.year)),
        Fact("reason", "Alasan tidak ada", nil.reason),
    ]


def _nil_gaps(nil, year=None) -> list[Gap]:
    if nil.reason.strip():
        return []
    return [Gap("reason", "Tulis alasan mengapa tidak ada", "Satu kalimat cukup")]


def _nil_checks(nil, year=None) -> list[tuple[bool, str]]:
    return [(True, f"Pernyataan tidak ada untuk tahun {nil.year}")]


_NIL_ROOM = SimpleNamespace(
    facts=_nil_facts,
    gaps=_nil_gaps,
    checks=_nil_checks,
    table=lambda nil: None,
    document=lambda nil: None,
)


def _nil_adapter(criterion: str) -> Adapter:
    base = BY_CRITERION[criterion]
    return Adapter(
        Kind.NIL,
        criterion,
        f"{base.label} (tidak ada)",
        base.step,
        base.number,
        "nil",
        base.row_name,
        _NIL_ROOM,
    )

"""Scores of many Pokja at once: raw rows in a constant number of queries, then the formula.

Nothing is stored, so nothing can be stale: the figure is right on the very day an SK expires,
and for any reference date, with no job having run.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from apps.budgets.models import Budget
from apps.decrees.models import DecreeCoverage
from apps.effectiveness import formula
from apps.effectiveness.criteria import add_extra
from apps.effectiveness.formula import BudgetRow, DecreeRow, ItemRow, Result, Rows
from apps.effectiveness.frozen import overlay
from apps.effectiveness.points import add_index
from apps.effectiveness.rubrics import Rules, rules_for
from apps.indicators.models import IndicatorSet
from apps.pokja.models import NilDeclaration, Pokja, PokjaType
from apps.verification.enums import Status
from apps.verification.models import Evidence
from apps.work_plans.models import WorkPlan

CRITERIA = ("sk", "rencana_kerja", "indikator", "anggaran")


@dataclass
class Assessment:
    """What one Pokja is worth in one year, seen on ``on``."""

    pokja_id: int
    code: str
    name: str
    region_id: int
    region_code: str
    region_name: str
    region_level: str
    province_id: int
    year: int
    on: date
    results: dict[str, Result]
    kinds: list[str] = field(default_factory=list)
    extra: dict[str, Result] = field(default_factory=dict)  # criteria beside the four
    # None where the year has no usable rubric: "tidak dapat dinilai"
    rules: Rules | None = None
    effective: bool | None = None
    score: int | None = None
    index: Decimal | None = None
    frozen: object = None  # the FrozenScore this was read from, in a closed year

    @property
    def by_rubric(self) -> dict[str, Result]:
        """The criteria of the year's rubric in its order; the four where there is none."""
        if self.rules is None:
            return self.results
        found = self.results | self.extra
        return {code: found[code] for code in self.rules.weights}

    @property
    def met(self) -> int:
        return sum(result.is_met for result in self.by_rubric.values())

    @property
    def possible(self) -> int:
        """How many criteria the rubric has."""
        return len(self.by_rubric)

    @property
    def statuses(self) -> list[Result]:
        return [self.results[name] for name in CRITERIA]

    def judge(self, rules: Rules) -> None:
        """Effective and score, from the results and the rubric."""
        self.rules = rules
        results = self.by_rubric
        self.effective = formula.is_effective(results, rules.required)
        self.score = formula.score(results, rules.weights)


def assess(
    pokja,
    year: int,
    on: date | None = None,
    *,
    with_index: bool = False,
    known: datetime | None = None,
    rules: Rules | None = None,
):
    """Assess every Pokja of a queryset that is active on the reference date.

    ``on`` replaces the reference date (spec section 5). ``known`` tells what was known at that
    moment: evidence as it then stood, the rubric then in force. ``rules`` tries other rules than
    those of the year (a draft rubric); then no book is asked. Returns a list of Assessment
    ordered by region code, then Pokja code; closed years as their book has them, unless ``on`` or
    ``rules`` is given. Queries: 8, and 5 more with the maturity index, 1 more in a year that is
    closed somewhere; never more for more rows.
    """
    tried = rules is not None
    rules = rules or rules_for(year, known)
    day = on or formula.reference_date(year, timezone.localdate(known))
    active = pokja.active_on(day)
    assessments = _bare(active, year, day)
    rows = raw_rows(active, year, rules, known)
    for item in assessments:
        item.results = formula.criteria(rows.get(item.pokja_id, Rows()), day)
    if rules:
        if rules.extra:
            add_extra(assessments, year, day, rules, known)
        for item in assessments:
            item.judge(rules)
        if with_index:
            add_index(assessments, active, year, day, rules)
        if rules.has_books and on is None and not tried:
            return overlay(assessments, pokja, year, known)
    return assessments


def _bare(active, year, on) -> list[Assessment]:
    kinds: dict[int, list[str]] = {}
    for pokja_id, kind in (
        PokjaType.objects.filter(pokja__in=active.values("pk"))
        .order_by("id")
        .values_list("pokja_id", "kind")
    ):
        kinds.setdefault(pokja_id, []).append(kind)
    # Sorted here: databases of other collations put "73.08-A" and "7308" in other orders.
    listed = active.order_by().values_list(
        "pk",
        "code",
        "name",
        "region_id",
        "region__code",
        "region__name",
        "region__level",
        "region__province_id",
    )
    found = [
        Assessment(*values, year=year, on=on, results={}, kinds=kinds.get(values[0], []))
        for values in listed
    ]
    return sorted(found, key=lambda item: (item.region_code, item.code))


def raw_rows(
    pokja, year: int, rules: Rules | None, known: datetime | None = None
) -> dict[int, Rows]:
    """The evidence of every Pokja of the queryset, in any status, by Pokja id."""
    ids = pokja.values("pk")
    rows: dict[int, Rows] = {}

    def of(pokja_id) -> Rows:
        return rows.setdefault(pokja_id, Rows())

    for pokja_id, decrees in decree_rows(pokja).items():
        of(pokja_id).decrees = decrees
    for pokja_id, *values in _item_values(WorkPlan, ids, year, Count("activities")):
        of(pokja_id).plans.append(ItemRow(*values))
    with_target = Count("targets", filter=Q(targets__target__isnull=False))
    for pokja_id, *values in _item_values(IndicatorSet, ids, year, with_target):
        of(pokja_id).indicators.append(ItemRow(*values))
    for pokja_id, *values in _budget_values(ids, year, rules):
        values[4] = values[4] or 0
        of(pokja_id).budgets.append(BudgetRow(*values))
    nils = NilDeclaration.objects.filter(pokja__in=ids, year=year).values_list(
        "pokja_id", "criterion", "evidence__status"
    )
    for pokja_id, criterion, status in nils:
        of(pokja_id).nils.setdefault(criterion, []).append(status)
    return rows


def decree_rows(pokja) -> dict[int, list[DecreeRow]]:
    """Every SK of every Pokja of the queryset, in any status, by Pokja id; one query."""
    rows: dict[int, list[DecreeRow]] = {}
    for pokja_id, *values in _decree_values(pokja.values("pk")):
        rows.setdefault(pokja_id, []).append(DecreeRow(*values))
    return rows


def _decree_values(ids):
    evidence = "decree__evidence"
    # A later verified version may have left this Pokja out: its rows alone would not tell.
    replaced = Evidence.objects.filter(
        family=OuterRef(f"{evidence}__family"),
        version__gt=OuterRef(f"{evidence}__version"),
        status=Status.VERIFIED,
    )
    rows = DecreeCoverage.objects.filter(pokja__in=ids).exclude(
        Exists(replaced), **{f"{evidence}__status": Status.VERIFIED}
    )
    return rows.order_by("id").values_list(
        "pokja_id",
        f"{evidence}_id",
        f"{evidence}__family",
        f"{evidence}__version",
        f"{evidence}__status",
        "role",
        "decree__number_key",
        "parent_key",
        "decree__issued_on",
        "decree__valid_from",
        "decree__valid_until",
        "decree__validity_basis",
        "decree__signer_position",
        "decree__signer_status",
    )


def _item_values(model, ids, year, amount):
    return (
        model.objects.filter(pokja__in=ids, year=year)
        .order_by("id")
        .annotate(amount=amount)
        .values_list(
            "pokja_id",
            "evidence_id",
            "evidence__family",
            "evidence__version",
            "evidence__status",
            "amount",
            "id",
        )
    )


def _budget_values(ids, year, rules):
    accepted = Q(lines__fund_source__in=rules.accepted_sources) if rules else Q()
    amount = Sum("lines__ceiling", filter=accepted)
    return (
        Budget.objects.filter(pokja__in=ids, year=year)
        .order_by("id")
        .annotate(amount=amount)
        .values_list(
            "pokja_id",
            "evidence_id",
            "evidence__family",
            "evidence__version",
            "evidence__status",
            "amount",
            "id",
            "stage",
        )
    )


def assess_one(
    pokja: Pokja,
    year: int,
    on: date | None = None,
    *,
    with_index=True,
    known: datetime | None = None,
):
    """The assessment of one Pokja, or None when it is not scored on the reference date."""
    found = assess(Pokja.objects.filter(pk=pokja.pk), year, on, with_index=with_index, known=known)
    return found[0] if found else None

"""Scores of many Pokja at once: raw rows in a constant number of queries, then the formula.

Nothing is stored, so nothing can be stale: the figure is right on the very day an SK expires,
and for any reference date, with no job having run.
"""

from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils import timezone

from apps.budgets.models import Budget
from apps.decrees.models import DecreeCoverage
from apps.effectiveness import formula
from apps.effectiveness.assessment import CRITERIA, Assessment
from apps.effectiveness.criteria import add_extra
from apps.effectiveness.formula import BudgetRow, DecreeRow, ItemRow, Rows
from apps.effectiveness.frozen import overlay
from apps.effectiveness.ground import Ground
from apps.effectiveness.points import add_index
from apps.effectiveness.rubrics import Rules, rules_for
from apps.indicators.models import IndicatorSet
from apps.pokja.models import NilDeclaration, Pokja, PokjaType
from apps.verification.enums import Status
from apps.verification.models import Evidence
from apps.verification.past import status_at
from apps.work_plans.models import WorkPlan

__all__ = ["CRITERIA", "Assessment", "assess", "assess_one", "bare", "decree_rows", "raw_rows"]


def assess(
    pokja,
    year: int,
    on: date | None = None,
    *,
    with_index: bool = False,
    known: datetime | None = None,
    rules: Rules | None = None,
    ground: Ground | None = None,
):
    """Assess every Pokja of a queryset that is active on the reference date.

    ``on`` replaces the reference date (spec section 5). ``known`` tells what was known at that
    moment: evidence as it then stood, the rubric then in force. ``rules`` tries other rules than
    those of the year (a draft rubric); then no book is asked. ``ground``: what was read of the
    year as it is now. Returns a list of Assessment ordered by region code, then Pokja code; closed
    years as their book has them, unless ``on`` or ``rules`` is given. Queries: 10, 3 less with
    the ground, 5 more with the maturity index, 3 more in a year that is closed somewhere; never
    more for more rows.
    """
    tried = rules is not None
    if ground and not tried:
        rules, has_books = ground.rules[year], year in ground.closed
    else:
        rules = rules or rules_for(year, known)
        has_books = rules is None or rules.has_books
    day = on or formula.reference_date(year, timezone.localdate(known))
    active = pokja.active_on(day)
    assessments = bare(active, year, day)
    rows = raw_rows(active, year, rules, known)
    for item in assessments:
        item.results = formula.criteria(rows.get(item.pokja_id, Rows()), day)
    if rules:
        if rules.extra:
            add_extra(assessments, active, year, day, rules, known)
        for item in assessments:
            item.judge(rules)
        if with_index:
            add_index(assessments, active, year, day, rules)
    if on is None and not tried and has_books:
        return overlay(assessments, pokja, year, known)
    return assessments


def bare(active, year, on) -> list[Assessment]:
    """The Pokja of a queryset in the order of ``assess``, not assessed yet; 2 queries."""
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
    """The evidence of every Pokja of the queryset, in any status, by Pokja id; 5 queries.

    With ``known`` as it stood at that moment: its status by its history, and what had not been
    begun is left out. A version that was verified then has not changed since. Edits of a draft are
    not kept: what was waiting or returned then, and was changed later, is weighed by what it says
    now. Pokja are those known now.
    """
    ids = pokja.values("pk")
    rows: dict[int, Rows] = {}

    def of(pokja_id) -> Rows:
        return rows.setdefault(pokja_id, Rows())

    for pokja_id, decrees in decree_rows(pokja, known).items():
        of(pokja_id).decrees = decrees
    for pokja_id, *values in _item_values(WorkPlan, ids, year, Count("activities"), known):
        of(pokja_id).plans.append(ItemRow(*values))
    with_target = Count("targets", filter=Q(targets__target__isnull=False))
    for pokja_id, *values in _item_values(IndicatorSet, ids, year, with_target, known):
        of(pokja_id).indicators.append(ItemRow(*values))
    for pokja_id, *values in _budget_values(ids, year, rules, known):
        values[4] = values[4] or 0
        of(pokja_id).budgets.append(BudgetRow(*values))
    nils = NilDeclaration.objects.filter(pokja__in=ids, year=year)
    for pokja_id, status, criterion in _known(nils, known, "evidence", "criterion"):
        of(pokja_id).nils.setdefault(criterion, []).append(status)
    return rows


def decree_rows(pokja, known: datetime | None = None) -> dict[int, list[DecreeRow]]:
    """Every SK of every Pokja of the queryset, in any status, by Pokja id; one query."""
    rows: dict[int, list[DecreeRow]] = {}
    for pokja_id, *values in _decree_values(pokja.values("pk"), known):
        row = DecreeRow(*values)
        if row.status != Status.DRAFT and not (row.issued_on and row.valid_from):
            # Sent then, taken back and emptied since: what it said cannot be told any more.
            row = row._replace(status=Status.DRAFT)
        rows.setdefault(pokja_id, []).append(row)
    return rows


def _known(rows, known, evidence, *fields):
    """(pokja_id, status, *fields) of rows whose evidence was there; those first by id."""
    found = rows.order_by("id").annotate(then=status_at(known, evidence))
    for pokja_id, status, *values in found.values_list("pokja_id", "then", *fields):
        if status is not None:
            yield pokja_id, status, *values


def _versions(rows, known, evidence, *fields):
    """(pokja_id, evidence_id, family, version, status, *fields), as the rows of ``formula``."""
    head = (f"{evidence}_id", f"{evidence}__family", f"{evidence}__version")
    for pokja_id, status, pk, family, version, *values in _known(
        rows, known, evidence, *head, *fields
    ):
        yield pokja_id, pk, family, version, status, *values


def _decree_values(ids, known):
    evidence = "decree__evidence"
    # A later verified version may have left this Pokja out: its rows alone would not tell.
    replaced = Evidence.objects.annotate(then=status_at(known)).filter(
        family=OuterRef(f"{evidence}__family"),
        version__gt=OuterRef(f"{evidence}__version"),
        then=Status.VERIFIED,
    )
    rows = DecreeCoverage.objects.filter(pokja__in=ids).annotate(then=status_at(known, evidence))
    return _versions(
        rows.exclude(Exists(replaced), then=Status.VERIFIED),
        known,
        evidence,
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


def _item_values(model, ids, year, amount, known):
    rows = model.objects.filter(pokja__in=ids, year=year).annotate(amount=amount)
    return _versions(rows, known, "evidence", "amount", "id")


def _budget_values(ids, year, rules, known):
    accepted = Q(lines__fund_source__in=rules.accepted_sources) if rules else Q()
    amount = Sum("lines__ceiling", filter=accepted)
    rows = Budget.objects.filter(pokja__in=ids, year=year).annotate(amount=amount)
    return _versions(rows, known, "evidence", "amount", "id", "stage")


def assess_one(
    pokja: Pokja,
    year: int,
    on: date | None = None,
    *,
    with_index=True,
    known: datetime | None = None,
    ground: Ground | None = None,
):
    """The assessment of one Pokja, or None when it is not scored on the reference date."""
    own = Pokja.objects.filter(pk=pokja.pk)
    found = assess(own, year, on, with_index=with_index, known=known, ground=ground)
    return found[0] if found else None

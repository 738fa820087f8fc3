"""Writing budgets."""

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.budgets.enums import Stage
from apps.budgets.models import Budget, BudgetLine
from apps.pokja.models import Pokja
from apps.verification.codes import family_of
from apps.verification.drafts import claim_or_start
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.verification.traces import told_of, traced

FIELDS = (
    "fund_source",
    "sub_activity_code",
    "sub_activity_name",
    "sub_activity_ceiling",
    "ceiling",
    "spent",
    "as_of",
    "basis",
    "page",
)


def budget_title(pokja: Pokja, year: int, stage: str) -> str:
    return f"Anggaran {year} ({Stage(stage).label}) {pokja.name}"


def budget_family(pokja: Pokja, year: int, stage: str):
    return family_of(Kind.BUDGET, pokja.pk, year, stage)


@transaction.atomic
def save_budget(
    evidence: Evidence | None,
    pokja: Pokja,
    year: int,
    rows: list[dict],
    *,
    actor,
    revision: int | None = None,
    stage: str = Stage.ORIGINAL,
    document=None,
) -> Evidence:
    """Write a stage of a year's budget as a draft; ``rows`` (fields of BudgetLine) replace all.

    ``document`` None keeps the file there is. The stage of a first draft may be corrected; later
    versions keep theirs. Raises StepConflict, ValidationError, PermissionDenied.
    """
    title = budget_title(pokja, year, stage)
    family = budget_family(pokja, year, stage)
    restaged = evidence is not None and evidence.family != family
    if restaged:
        _check_move(evidence, family, Stage(stage).label)
    before = told_of(evidence)
    evidence = claim_or_start(
        evidence,
        kind=Kind.BUDGET,
        region=pokja.region,
        year=year,
        actor=actor,
        title=title,
        revision=revision,
        family=family,
    )
    if restaged:
        Evidence.objects.filter(pk=evidence.pk).update(family=family)
    values = {"stage": stage} | ({"document": document} if document else {})
    budget, _ = Budget.objects.update_or_create(
        evidence=evidence, defaults=values, create_defaults={"pokja": pokja, "year": year} | values
    )
    budget.lines.all().delete()
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=budget, **{name: row[name] for name in FIELDS if name in row})
        for row in rows
    )
    return traced(_with_content(evidence), before, actor)


def _check_move(evidence: Evidence, family, label: str) -> None:
    """A stage picked wrongly at first: may the draft go over to the right stage's family?"""
    if evidence.version > 1:
        raise ValidationError(
            "Tahap anggaran yang sudah diverifikasi tidak dapat diganti. "
            "Isi tahap lain sebagai anggaran baru."
        )
    if Evidence.objects.filter(family=family).exists():
        raise ValidationError(f"Anggaran tahap {label} sudah ada untuk tahun ini.")


def copy_budget(budget: Budget, draft: Evidence) -> Budget:
    """The same content under a new version; the file is referred to, not copied."""
    copy = Budget.objects.create(
        evidence=draft,
        pokja_id=budget.pokja_id,
        year=budget.year,
        stage=budget.stage,
        document_id=budget.document_id,
    )
    BudgetLine.objects.bulk_create(
        BudgetLine(budget=copy, **{name: getattr(line, name) for name in FIELDS})
        for line in budget.lines.all()
    )
    return copy


def _with_content(evidence: Evidence) -> Evidence:
    """Read anew, so that no stale content hangs on the object."""
    return Evidence.objects.select_related("region", "budget__document").get(pk=evidence.pk)

"""Writing work plans."""

from django.db import transaction

from apps.pokja.models import Pokja
from apps.verification.codes import family_of
from apps.verification.drafts import claim_or_start, require_edit, start_next
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.verification.queries import latest_version
from apps.verification.traces import told_of, traced
from apps.work_plans.models import Activity, WorkPlan

FIELDS = (
    "strategic_issue",
    "objective",
    "name",
    "output",
    "target",
    "unit",
    "months",
    "location",
    "person_in_charge",
    "partners",
    "indicator",
    "budget",
    "fund_source",
    "physical_progress",
)
# A copy is a start for the new year: money and progress are asked anew.
CARRIED = tuple(name for name in FIELDS if name not in ("budget", "physical_progress"))


def plan_title(pokja: Pokja, year: int) -> str:
    return f"Rencana kerja {year} {pokja.name}"


def plan_family(pokja: Pokja, year: int):
    return family_of(Kind.WORK_PLAN, pokja.pk, year)


@transaction.atomic
def save_plan(
    evidence: Evidence | None,
    pokja: Pokja,
    year: int,
    rows: list[dict],
    *,
    actor,
    revision: int | None = None,
) -> Evidence:
    """Write a plan as a draft; ``rows`` hold the fields of Activity and replace all activities.

    A row without ``no`` is numbered by its place. Raises StepConflict, PermissionDenied.
    """
    before = told_of(evidence)
    evidence = claim_or_start(
        evidence,
        kind=Kind.WORK_PLAN,
        region=pokja.region,
        year=year,
        actor=actor,
        title=plan_title(pokja, year),
        revision=revision,
        family=plan_family(pokja, year),
    )
    plan, _ = WorkPlan.objects.get_or_create(
        evidence=evidence, defaults={"pokja": pokja, "year": year}
    )
    plan.activities.all().delete()
    Activity.objects.bulk_create(_activities(plan, rows))
    return traced(_with_content(evidence), before, actor)


def _activities(plan, rows):
    for place, row in enumerate(rows, start=1):
        values = {name: row[name] for name in FIELDS if name in row}
        yield Activity(plan=plan, no=row.get("no") or place, **values)


def copy_plan(plan: WorkPlan, draft: Evidence) -> WorkPlan:
    """The same content under a new version."""
    copy = WorkPlan.objects.create(evidence=draft, pokja_id=plan.pokja_id, year=plan.year)
    _copy_activities(plan, copy, FIELDS)
    return copy


def _copy_activities(plan, copy, fields) -> None:
    Activity.objects.bulk_create(
        Activity(plan=copy, no=row.no, **{name: getattr(row, name) for name in fields})
        for row in plan.activities.select_related("indicator")
    )


@transaction.atomic
def copy_from_last_year(pokja: Pokja, year: int, actor) -> Evidence | None:
    """Begin the plan of a year from last year's: a draft without its money and progress.

    What counted last year is copied, else its newest version. Where this year has a plan
    already, that one is given back unchanged; None when there is nothing to copy.
    """
    require_edit(actor, pokja.region)
    held = latest_version(plan_family(pokja, year))
    if held is not None:
        return held
    source = last_plan(pokja, year - 1)
    if source is None:
        return None
    draft = start_next(
        kind=Kind.WORK_PLAN,
        region=pokja.region,
        year=year,
        actor=actor,
        title=plan_title(pokja, year),
        family=plan_family(pokja, year),
    )
    copy = WorkPlan.objects.create(evidence=draft, pokja=pokja, year=year)
    _copy_activities(source, copy, CARRIED)
    return traced(_with_content(draft), None, actor)


def last_plan(pokja: Pokja, year: int) -> WorkPlan | None:
    """The plan of a year that counts, else its newest version."""
    plans = WorkPlan.objects.filter(pokja=pokja, year=year)
    counting = plans.filter(evidence__in=Evidence.objects.counting().values("pk"))
    return counting.first() or plans.order_by("-evidence__version").first()


def _with_content(evidence: Evidence) -> Evidence:
    """Read anew, so that no stale content hangs on the object."""
    return Evidence.objects.select_related("region", "work_plan").get(pk=evidence.pk)

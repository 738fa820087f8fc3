"""Writing indicator sets, and loading the catalogue."""

from django.db import transaction

from apps.indicators.models import IndicatorSet, Target
from apps.pokja.models import Pokja
from apps.verification.codes import family_of
from apps.verification.drafts import claim_or_start, require_edit, start_next
from apps.verification.enums import Kind
from apps.verification.models import Evidence
from apps.verification.queries import latest_version
from apps.verification.traces import told_of, traced

FIELDS = (
    "indicator",
    "baseline",
    "baseline_year",
    "target",
    "source",
    "q1",
    "q2",
    "q3",
    "q4",
    "annual",
)


def indicators_title(pokja: Pokja, year: int) -> str:
    return f"Indikator {year} {pokja.name}"


def indicators_family(pokja: Pokja, year: int):
    return family_of(Kind.INDICATOR_SET, pokja.pk, year)


@transaction.atomic
def save_indicators(
    evidence: Evidence | None,
    pokja: Pokja,
    year: int,
    rows: list[dict],
    *,
    actor,
    revision: int | None = None,
) -> Evidence:
    """Write an indicator set as a draft; ``rows`` hold the fields of Target and replace all.

    Raises StepConflict, PermissionDenied.
    """
    before = told_of(evidence)
    evidence = claim_or_start(
        evidence,
        kind=Kind.INDICATOR_SET,
        region=pokja.region,
        year=year,
        actor=actor,
        title=indicators_title(pokja, year),
        revision=revision,
        family=indicators_family(pokja, year),
    )
    held, _ = IndicatorSet.objects.get_or_create(
        evidence=evidence, defaults={"pokja": pokja, "year": year}
    )
    held.targets.all().delete()
    Target.objects.bulk_create(
        Target(indicator_set=held, **{name: row[name] for name in FIELDS if name in row})
        for row in rows
    )
    return traced(_with_content(evidence), before, actor)


def copy_indicators(indicator_set: IndicatorSet, draft: Evidence) -> IndicatorSet:
    """The same content under a new version."""
    copy = IndicatorSet.objects.create(
        evidence=draft, pokja_id=indicator_set.pokja_id, year=indicator_set.year
    )
    Target.objects.bulk_create(
        Target(indicator_set=copy, **{name: getattr(row, name) for name in FIELDS})
        for row in indicator_set.targets.select_related("indicator")
    )
    return copy


@transaction.atomic
def copy_from_last_year(pokja: Pokja, year: int, actor) -> Evidence | None:
    """Begin a year's indicators from last year's: a draft without targets and achievements.

    Last year's reported value becomes the baseline. Where this year has a set already, that one
    is given back unchanged; None when there is nothing to copy.
    """
    require_edit(actor, pokja.region)
    held = latest_version(indicators_family(pokja, year))
    if held is not None:
        return held
    source = last_set(pokja, year - 1)
    if source is None:
        return None
    draft = start_next(
        kind=Kind.INDICATOR_SET,
        region=pokja.region,
        year=year,
        actor=actor,
        title=indicators_title(pokja, year),
        family=indicators_family(pokja, year),
    )
    copy = IndicatorSet.objects.create(evidence=draft, pokja=pokja, year=year)
    Target.objects.bulk_create(
        _carried(row, copy, year) for row in source.targets.select_related("indicator")
    )
    return traced(_with_content(draft), None, actor)


def _carried(row: Target, copy: IndicatorSet, year: int) -> Target:
    baseline, baseline_year = row.baseline, row.baseline_year
    if row.annual is not None:
        baseline, baseline_year = row.annual, year - 1
    return Target(
        indicator_set=copy,
        indicator=row.indicator,
        source=row.source,
        baseline=baseline,
        baseline_year=baseline_year,
    )


def last_set(pokja: Pokja, year: int) -> IndicatorSet | None:
    """The set of a year that counts, else its newest version."""
    sets = IndicatorSet.objects.filter(pokja=pokja, year=year)
    counting = sets.filter(evidence__in=Evidence.objects.counting().values("pk"))
    return counting.first() or sets.order_by("-evidence__version").first()


def _with_content(evidence: Evidence) -> Evidence:
    """Read anew, so that no stale content hangs on the object."""
    return Evidence.objects.select_related("region", "indicator_set").get(pk=evidence.pk)

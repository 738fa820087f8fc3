"""What officers are told of days that come: the deadline of a period, the report of a quarter."""

from collections import defaultdict
from datetime import date

from django.db.models import Q
from django.urls import reverse

from apps.accounts.queries import operators_by_region
from apps.core.formats import format_date, quarter_label
from apps.core.looks import CRITERION_NAMES
from apps.deadlines.queries import deadlines_for
from apps.effectiveness import formula
from apps.effectiveness.maturity import REPORT_DAY
from apps.effectiveness.queries import CRITERIA, Assessment, assess
from apps.evidence.kinds import ADAPTERS
from apps.indicators.models import Target
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.notices.services import tell
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.enums import OPEN
from apps.verification.models import Evidence

THRESHOLDS = (1, 7, 14)  # days before, the nearest first
NAMES = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))


def tell_deadlines(morning) -> None:
    """ "Batas pengisian 2026 tinggal 7 hari. 5 tugas belum selesai.", 14, 7 and 1 days before.

    Days on which nothing ran are made up for by one notice. A year's period may end after it.
    """
    regions = list(
        Region.objects.filter(province__in=morning.provinces, pokja__isnull=False)
        .select_related("province")
        .distinct()
        .order_by("code")
    )
    for year in (morning.day.year - 1, morning.day.year):
        _tell_deadlines_of(year, regions, morning)


def _tell_deadlines_of(year: int, regions: list[Region], morning) -> None:
    coming = _coming(deadlines_for(year, regions), morning.day)
    keys = {_key(year, *place, days): place for place, days in _crossed(coming, morning.day)}
    told = set(Notice.objects.filter(key__in=list(keys)).values_list("key", flat=True))
    fresh = {key: place for key, place in keys.items() if key not in told}
    if not fresh:
        return
    ids = {region_id for region_id, _ in fresh.values()}
    people = operators_by_region(ids)
    assessed = defaultdict(list)
    for item in assess(Pokja.objects.filter(region__in=ids), year):
        assessed[item.region_id].append(item)
    for key, (region_id, due_on) in fresh.items():
        criteria = coming[region_id, due_on]
        count = sum(open_tasks(item, criteria) for item in assessed[region_id])
        if count:
            tell(
                people.get(region_id, []),
                Event.DEADLINE,
                _deadline_text(year, criteria, (due_on - morning.day).days, count),
                f"{reverse('inbox:tasks')}?tahun={year}",
                key=key,
                mail_after=morning.began,
            )


def _coming(deadlines: dict, day: date) -> dict[tuple[int, date], list[str]]:
    """{(region id, due day): the criteria that may be sent until then}."""
    found = defaultdict(list)
    for (kind, region_id), deadline in deadlines.items():
        if deadline.takes(day) and 0 <= deadline.days_left(day) <= THRESHOLDS[-1]:
            found[region_id, deadline.due_on].append(ADAPTERS[kind].criterion)
    return found


def _crossed(coming, day: date):
    """(place, threshold): the nearest threshold passed."""
    for place in coming:
        left = (place[1] - day).days
        yield place, next(limit for limit in THRESHOLDS if left <= limit)


def _key(year: int, region_id: int, due_on: date, days: int) -> str:
    return f"batas:{year}:{region_id}:{due_on}:{days}"


def open_tasks(assessment: Assessment, criteria: list[str]) -> int:
    """What is still to be filled in or repaired; a Pokja of which nothing is there is one task,
    as in "Tugas saya"."""
    results = [assessment.results[name] for name in criteria]
    todo = sum(
        not result.is_met and result.status != formula.WAITING and result.reason != "nihil"
        for result in results
    )
    is_new = all(result.status == formula.EMPTY for result in assessment.results.values())
    return min(todo, 1) if is_new else todo


def _deadline_text(year: int, criteria: list[str], left: int, count: int) -> str:
    named = [NAMES[name] for name in CRITERIA if name in criteria]
    what = "" if len(named) == len(CRITERIA) else f"{_listed(named)} "
    when = f"tinggal {left} hari" if left else "berakhir hari ini"
    return f"Batas pengisian {what}{year} {when}. {count} tugas belum selesai."


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"


# --- quarters --------------------------------------------------------------------------------


def tell_quarter(morning) -> None:
    """ "Isi capaian Triwulan I paling lambat 10 April 2026.", from the first day after a quarter
    until its report is due, to the regions with an indicator that lacks it."""
    quarter, month = divmod(morning.day.month - 1, 3)
    if month or morning.day.day > REPORT_DAY:
        return
    year = morning.day.year if quarter else morning.day.year - 1
    quarter = quarter or 4
    lacking = Target.objects.filter(
        Q(indicator_set__evidence__in=Evidence.objects.counting())
        | Q(indicator_set__evidence__status__in=OPEN),
        indicator_set__year=year,
        indicator_set__pokja__region__province__in=morning.provinces,
        **{f"q{quarter}": None, "annual": None},
    )
    path = "indicator_set__pokja__region_id"
    ids = list(lacking.order_by(path).values_list(path, flat=True).distinct())
    due_on = morning.day.replace(day=REPORT_DAY)
    for region_id, people in operators_by_region(ids).items():
        tell(
            people,
            Event.QUARTER,
            f"Isi capaian {quarter_label(quarter)} paling lambat {format_date(due_on)}.",
            f"{reverse('inbox:tasks')}?tahun={year}",
            key=f"triwulan:{year}:{quarter}:{region_id}",
            mail_after=morning.began,
        )

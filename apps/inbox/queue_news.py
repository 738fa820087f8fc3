"""What those who judge are told of their queue: new files of the day, files over the target."""

from collections import defaultdict
from datetime import datetime, timedelta
from itertools import chain

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.queries import holders_of
from apps.core.formats import ZONES, local_time
from apps.deadlines.formula import is_working_day
from apps.deadlines.queries import holidays, waits_for
from apps.notices.enums import Event
from apps.notices.models import Notice
from apps.notices.services import tell
from apps.regions.codes import timezone_label
from apps.regions.models import Region
from apps.verification.models import Evidence

NATIONAL_ZONE = "WIB"


def tell_new(now: datetime | None = None) -> None:
    """One notice for each judge and local day, kept true as files come and are judged.

    Writes only what changed; 6 queries where nothing did.
    """
    now = now or timezone.now()
    queues = _queues(Evidence.objects.waiting())
    waits = waits_for(chain.from_iterable(queues.values()), now)
    for zone in ZONES:
        day = local_time(now, zone).date()
        told = {}
        for judge, items in queues.items():
            if _zone_of(judge) == zone and (text := _news(items, day, zone, waits)):
                told[f"baru:{zone}:{_name(judge)}:{day}"] = judge, text
        _write(told, f"baru:{zone}:", f":{day}")


def _news(items: list[Evidence], day, zone: str, waits: dict) -> str:
    """ "8 berkas baru menunggu verifikasi. Paling lama 2 hari kerja." """
    new = [item for item in items if local_time(item.submitted_at, zone).date() == day]
    if not new:
        return ""
    text = f"{len(new)} berkas baru menunggu verifikasi."
    longest = max(waits[item.pk].days for item in items)
    return f"{text} Paling lama {longest} hari kerja." if longest else text


def _write(told: dict[str, tuple], prefix: str, suffix: str) -> None:
    """Bring the notices of a zone's day to what is true now."""
    rows = Notice.objects.filter(event=Event.SUBMITTED, key__startswith=prefix)
    rows = rows.filter(key__endswith=suffix, created_at__gt=timezone.now() - timedelta(days=2))
    held = dict(rows.order_by().values_list("key", "text").distinct())
    for key, (judge, text) in told.items():
        if key not in held:
            tell(_judges(judge), Event.SUBMITTED, text, _queue_page(), key=key)
        elif held[key] != text:
            rows.filter(key=key).update(text=text)
    gone = held.keys() - told.keys()
    if gone:  # all of them were judged within the day
        rows.filter(key__in=gone, read_at=None).delete()


def tell_over_target(morning) -> None:
    """ "6 berkas melewati target 3 hari kerja.", on working days, to those who judge and lead."""
    if not is_working_day(morning.day, holidays()):
        return
    own = Q(region__province__in=morning.provinces)
    if morning.zone == NATIONAL_ZONE:
        own |= Q(region__parent=None)
    queues = _queues(Evidence.objects.waiting().filter(own))
    waits = waits_for(chain.from_iterable(queues.values()))
    for judge, items in queues.items():
        if _zone_of(judge) != morning.zone:
            continue
        over = [waits[item.pk] for item in items if waits[item.pk].is_over]
        if over:
            tell(
                _judges(judge, leaders=True),
                Event.OVER_TARGET,
                f"{len(over)} berkas melewati target {over[0].target} hari kerja.",
                _queue_page(),
                key=f"lewat:{_name(judge)}:{morning.day}",
                mail_after=morning.began,
            )


# --- who judges what -------------------------------------------------------------------------


def _queues(waiting) -> dict[Region | None, list[Evidence]]:
    """Waiting items by the province that judges them; None is the national office."""
    queues = defaultdict(list)
    rows = waiting.filter(submitted_at__isnull=False).select_related("region__province")
    for item in rows.order_by("submitted_at", "pk"):
        queues[None if item.region.is_province else item.region.province].append(item)
    return queues


def _judges(judge: Region | None, *, leaders: bool = False) -> list:
    if judge is None:
        return holders_of(Role.NATIONAL, None)
    people = holders_of(Role.VERIFIER, judge)
    return people + holders_of(Role.COORDINATOR, judge) if leaders else people


def _zone_of(judge: Region | None) -> str:
    return timezone_label(judge.code) if judge else NATIONAL_ZONE


def _name(judge: Region | None) -> str:
    return judge.code if judge else "pusat"


def _queue_page() -> str:
    return reverse("checking:queue")

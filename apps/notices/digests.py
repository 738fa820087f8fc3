"""The daily mail: at 07.00 on the clock of the person's province, or later the same day."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Min, Q
from django.utils import timezone

from apps.accounts.models import Assignment, User
from apps.core.formats import local_time
from apps.notices.letters import digest
from apps.notices.models import Mail, Notice
from apps.notices.tasks import send_soon
from apps.regions.codes import timezone_label

HOUR = 7
DAY = timedelta(days=1)


def write_digests(now: datetime | None = None) -> int:
    """Write the digests that are due; returns how many. At most one for a person and local day,
    of what was told up to 07.00; what came later waits for the next morning. 4 queries, and some
    for each digest."""
    now = now or timezone.now()
    waiting = dict(
        Notice.objects.filter(digest_after__lte=now)
        .order_by()
        .values_list("user_id")
        .annotate(first=Min("digest_after"))
    )
    zones = _zones(waiting)
    mornings = {pk: _morning(now, zones.get(pk, "WIB")) for pk in waiting}
    due = [pk for pk, first in waiting.items() if mornings[pk] and first <= mornings[pk]]
    people = User.objects.in_bulk(due)
    had = _had(due, now)
    free = [pk for pk in due if (pk, mornings[pk].date()) not in had]
    return sum(_write(people[pk], mornings[pk]) for pk in free)


def _morning(now: datetime, zone: str) -> datetime | None:
    """07.00 of this day on that clock; None while it is still to come."""
    local = local_time(now, zone)
    morning = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return morning if morning <= local else None


def _zones(user_ids) -> dict[int, str]:
    """Zone by person: that of the first post, as ``queries.zone_of`` has it."""
    found = {}
    posts = Assignment.objects.filter(user__in=user_ids, ended_on=None).order_by("id")
    for pk, code in posts.values_list("user_id", "region__code"):
        found.setdefault(pk, timezone_label(code) if code else "WIB")
    return found


def _had(user_ids, now) -> set[tuple]:
    """(person, local day) of the digests written lately."""
    rows = Mail.objects.filter(~Q(digest_on=None), user__in=user_ids)
    return set(rows.filter(created_at__gt=now - 2 * DAY).values_list("user_id", "digest_on"))


@transaction.atomic
def _write(user: User, morning: datetime) -> int:
    """One digest with everything up to that morning; 0 where another process was faster."""
    rows = Notice.objects.filter(user=user, digest_after__lte=morning).order_by("pk")
    told = list(rows)
    if not told:
        return 0
    if user.is_active and user.email:
        mail = digest(user, morning.date(), told)
        Mail.objects.bulk_create([mail], ignore_conflicts=True)
        if not Mail.objects.filter(uid=mail.uid).exists():
            return 0
        send_soon(mail.due_at)
    Notice.objects.filter(pk__in=[row.pk for row in told]).update(digest_after=None)
    return 1

"""Tugas saya, for every role."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.accounts.enums import Role
from apps.accounts.queries import judges_of
from apps.deadlines.queries import waits_for
from apps.effectiveness.queries import assess
from apps.inbox.due import due_for
from apps.inbox.duties import duties_of
from apps.inbox.queries import inbox_for, own_pokja, own_regions
from apps.inbox.reuse import offers_for
from apps.verification.queries import waiting_for

FIRST_YEAR = 2020


@require_safe
@login_required
def tasks(request):
    """What I have to do now, and until when: to fill in for officers, to answer for others."""
    duties = duties_of(request.user)
    if request.user.scope.has_role(Role.OPERATOR):
        return _officer(request, duties)
    return _desk(request, duties)


def _officer(request, duties):
    today = timezone.localdate()
    running = today.year
    year = _chosen_year(request, running)
    inbox = inbox_for(request.user, year)
    if year == running:
        request.nav_counts = {"tasks": inbox.count + len(duties)}
    regions = own_regions(request.user)
    return render(
        request,
        "inbox/tasks.html",
        {
            "inbox": inbox,
            "duties": duties,
            "count": inbox.count + len(duties),
            "first": inbox.first or next(iter(duties), None),
            "due": due_for(inbox.returned + inbox.todo, regions, year, timezone.now()),
            "years": [running - 2, running - 1, running],
            "regions": regions,
            "region_names": " dan ".join(region.full_name for region in regions),
            "help_region": regions[0],
            "judges": judges_of(regions[0]),
            "before": _before(request.user, year - 1),
            "offers": offers_for(own_pokja(request.user), today) if year == running else [],
        },
    )


def _desk(request, duties):
    """For those who fill nothing in: what is to be answered, and the queue beside it."""
    scope = request.user.scope
    request.nav_counts = {"tasks": len(duties)}
    waiting = None
    if scope.has_role(Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL):
        waits = waits_for(waiting_for(request.user).select_related("region"))
        waiting = {
            "count": len(waits),
            "over": sum(wait.is_over for wait in waits.values()),
            "longest": max((wait.days for wait in waits.values()), default=0),
        }
        request.nav_counts["queue"] = len(waits)
    return render(
        request,
        "inbox/desk.html",
        {"duties": duties, "first": next(iter(duties), None), "waiting": waiting},
    )


def _chosen_year(request, running: int) -> int:
    """``?tahun=``; the running year where it is missing or no year."""
    asked = request.GET.get("tahun", "")
    in_range = asked.isdecimal() and len(asked) == 4 and FIRST_YEAR <= int(asked) <= running + 1
    return int(asked) if in_range else running


def _before(user, year: int) -> dict:
    """How many Pokja were effective the year before; empty where none was scored."""
    scored = [item for item in assess(own_pokja(user), year) if item.effective is not None]
    if not scored:
        return {}
    return {"year": year, "effective": sum(item.effective for item in scored), "total": len(scored)}

"""The province's clock, seen by both sides."""

from django.db.models import Min, Q
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.accounts.enums import Role
from apps.deadlines import words
from apps.deadlines.clock import (
    PROVINCE_LEVEL,
    Calendar,
    judged_in,
    paces,
    province_rows,
    target_of,
    waiting_in,
)
from apps.regions.models import Region
from apps.verification.models import Evidence
from apps.verification.queries import judged_by


@require_safe
@login_required
def clock(request):
    """How long has what was sent been waiting, and how quickly is it judged?"""
    user = request.user
    calendar = Calendar()
    template, make = "deadlines/clock_region.html", _region
    if user.scope.is_admin or user.scope.has_role(Role.NATIONAL):
        template, make = "deadlines/clock.html", _national
    elif user.scope.province_ids:
        template, make = "deadlines/clock.html", _province
    context = make(user, calendar) | {"without_holidays": calendar.without_holidays}
    return render(request, template, context)


def _province(user, calendar) -> dict:
    """Verifiers and coordinators: their queue over its target, and the pace of each verifier."""
    waiting = waiting_in(judged_by(user), calendar)
    found = paces(judged_in(user.scope.province_ids), calendar)
    return {
        "heading": words.breach_finding(len(waiting.over), len(waiting.items), waiting.targets),
        "waiting": waiting,
        "pace": found.all,
        "people": found.people,
    }


def _national(user, calendar) -> dict:
    """The national office: its own queue, and every province's."""
    everything = waiting_in(Evidence.objects.for_user(user), calendar)
    found = paces(Q(), calendar)
    own = waiting_in(judged_by(user), calendar) if not user.scope.is_admin else everything
    pace = paces(PROVINCE_LEVEL, calendar) if not user.scope.is_admin else found
    return {
        "heading": words.breach_finding(len(own.over), len(own.items), own.targets),
        "waiting": own,
        "pace": pace.all,
        "people": pace.people if not user.scope.is_admin else [],
        "provinces": province_rows(everything, found, calendar),
    }


def _region(user, calendar) -> dict:
    """Officers: what of theirs waits; officers and observers: how quickly it is judged here."""
    scope = user.scope
    ids = scope.operator_ids | scope.observer_ids
    regions = list(Region.objects.for_user(user).filter(pk__in=ids).select_related("province"))
    own = Evidence.objects.for_user(user).filter(region__in=scope.operator_ids)
    waiting = waiting_in(_with_pokja(own), calendar)
    national = bool(regions) and all(region.is_province for region in regions)
    which = PROVINCE_LEVEL if national else judged_in({region.province_id for region in regions})
    judge = "pusat" if national else "provinsi"
    pace = paces(which, calendar).all
    if scope.operator_ids:
        heading = words.own_finding(len(waiting.items), waiting.longest, judge)
    else:
        heading = f"Berkas diperiksa {judge} dalam {pace.median}"
    return {
        "heading": heading,
        "judge": judge,
        "is_officer": bool(scope.operator_ids),
        "waiting": waiting,
        "own": [(item, wait, _address(item)) for item, wait in waiting.rows],
        "pace": pace,
        "target": target_of(regions[0], calendar) if regions else calendar.targets[None],
    }


def _with_pokja(rows):
    """Annotate ``pokja_id``, the Pokja an item is about; of several the first."""
    paths = ("work_plan", "indicator_set", "budget", "nil", "decree__coverage")
    return rows.annotate(pokja_id=Coalesce(*(Min(f"{path}__pokja") for path in paths)))


def _address(item) -> str:
    if item.pokja_id is None:
        return ""
    if item.year is None:
        return reverse("filing:pokja", args=[item.pokja_id])
    return reverse("filing:pokja_year", args=[item.pokja_id, item.year])

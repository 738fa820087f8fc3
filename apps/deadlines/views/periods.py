"""The page of deadlines."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.deadlines import pages
from apps.deadlines.models import FIRST_YEAR
from apps.regions.models import Region


@require_safe
@login_required
def periods(request):
    """Until when may I send, and what is locked or reopened? (spec section 4)"""
    user = request.user
    running = timezone.localdate().year
    year = _year(request, running)
    provinces = _provinces(user)
    province = _chosen(request, provinces)
    places = pages.places_of(user, year, pages.regions_shown(user, province))
    managed = [place.region for place in places if place.manages]
    reopenings = pages.reopenings_of(user, year, province)
    return render(
        request,
        "deadlines/periods.html",
        {
            "heading": pages.heading_of(places, year),
            "year": year,
            "years": [running - 1, running, running + 1],
            "places": places,
            "provinces": provinces,
            "province": province,
            "own": pages.provinces_with_own(year) if provinces and not province else [],
            "running": [each for each in reopenings if pages.is_running(each)],
            "over": [each for each in reopenings if not pages.is_running(each)],
            "may_end": user.scope.has_role("coordinator", "national", "admin"),
            "switches": pages.switches_of(user, year, province),
            "choices": _choices(managed, places),
        },
    )


def _year(request, running: int) -> int:
    asked = request.GET.get("tahun", "")
    is_year = asked.isascii() and asked.isdecimal() and len(asked) == 4
    return int(asked) if is_year and FIRST_YEAR <= int(asked) <= running + 1 else running


def _provinces(user) -> list[Region]:
    """What those who see all may choose from."""
    if not user.scope.sees_all:
        return []
    return list(Region.objects.for_user(user).provinces().order_by("code"))


def _chosen(request, provinces: list[Region]) -> Region | None:
    code = request.GET.get("provinsi", "")
    return next((region for region in provinces if region.code == code), None)


def _choices(managed: list[Region], places) -> list[Region]:
    """The regions that may be reopened: those of the provinces in which something is locked."""
    locked = [place.region.pk for place in places if place.manages and place.has_lock]
    if not locked:
        return []
    rows = Region.objects.with_pokja_level().filter(province__in=locked)
    return list(rows.order_by("code"))

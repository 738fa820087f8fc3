"""Tugas saya."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.accounts.enums import Role
from apps.accounts.queries import judges_of
from apps.effectiveness.queries import assess
from apps.inbox.queries import inbox_for, own_pokja, own_regions
from apps.inbox.reuse import offers_for

FIRST_YEAR = 2020


@require_safe
@login_required
def tasks(request):
    """The officer's list. Who verifies has another home; who only looks has no tasks at all."""
    scope = request.user.scope
    if not scope.has_role(Role.OPERATOR):
        if scope.is_admin or not scope.posts or scope.has_role(Role.VERIFIER, Role.COORDINATOR):
            return redirect("accounts:home")
        raise PermissionDenied("Halaman tugas hanya untuk petugas yang mengisi data Pokja.")
    today = timezone.localdate()
    running = today.year
    year = _chosen_year(request, running)
    inbox = inbox_for(request.user, year)
    if year == running:
        request.nav_counts = {"tasks": inbox.count}
    regions = own_regions(request.user)
    return render(
        request,
        "inbox/tasks.html",
        {
            "inbox": inbox,
            "years": [running - 2, running - 1, running],
            "regions": regions,
            "region_names": " dan ".join(region.full_name for region in regions),
            "help_region": regions[0],
            "judges": judges_of(regions[0]),
            "before": _before(request.user, year - 1),
            "offers": offers_for(own_pokja(request.user), today) if year == running else [],
        },
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

"""The Rakerda recap: its page, the workbook and the paper."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.audit.services import record
from apps.core.formats import local_time
from apps.dashboard.queries import is_known_year
from apps.dashboard.selection import Selection
from apps.effectiveness.moment import moment_context, moment_of
from apps.papers.enums import Paper
from apps.papers.offices import role_over
from apps.recap import page, papers, words
from apps.recap.gathering import Recap, gather
from apps.regions.models import Region
from apps.regions.queries import region_for_code

READERS = (Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEPT = ("jenis", "per")  # parameters that go on to the page of a province and year
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cache-Control": "private, no-store",
}


@require_safe
@login_required
def home(request):
    """The form's target, and the own province of this year; who has none chooses one."""
    require_role(request.user, *READERS)
    code, year = request.GET.get("provinsi", ""), request.GET.get("tahun", "")
    now = timezone.localdate().year
    if code:
        year = int(year) if year.isdecimal() and len(year) == 4 else now
        return redirect(_address(_province(request.user, code), year, request))
    offered = page.provinces_for(request.user)
    if len(offered) == 1:
        return redirect(_address(offered[0], now, request))
    return render(request, "recap/home.html", page.choosing(offered, now))


@require_safe
@login_required
def show(request, area, year):
    """The headline, what the workbook holds, and the two downloads."""
    require_role(request.user, *READERS)
    region, year = _province(request.user, area), _year(year)
    if region.code != area:
        return redirect(_address(region, year, request))
    recap, seen = _gather(request, region, year), moment_context(request)
    complaints = Selection.of(request).complaints
    context = page.context(recap, request.user, complaints)
    return render(request, "recap/show.html", context | seen)


@require_GET
@login_required
def workbook(request, area, year):
    """The seven sheets; ``?kertas=f4`` sets them up for F4."""
    recap = _asked(request, area, year)
    content = papers.workbook(recap, _size(request))
    return _file(request, recap, content, "xlsx", XLSX)


@require_GET
@login_required
def paper(request, area, year):
    """Sheets 1, 2 and 4 on A4, or on F4 with ``?kertas=f4``."""
    recap = _asked(request, area, year)
    root = request.build_absolute_uri("/")
    content = papers.paper(recap, user=request.user, size=_size(request), root=root)
    return _file(request, recap, content, "pdf", "application/pdf")


def _asked(request, area: str, year: int) -> Recap:
    require_role(request.user, *READERS)
    return _gather(request, _province(request.user, area), _year(year))


def _gather(request, region: Region, year: int) -> Recap:
    """Of the kind that is asked for; other choices of the dashboards do not make a recap."""
    return gather(
        region,
        year,
        user=request.user,
        made_at=timezone.now(),
        moment=moment_of(request),
        selection=Selection(kind=Selection.of(request).kind),
    )


def _province(user, code: str) -> Region:
    """The province of a current or former code, for those who reach all of it; else 404."""
    found, scope = region_for_code(code), user.scope
    reached = found and found.is_province and (scope.sees_all or found.pk in scope.province_ids)
    if not reached:
        raise Http404("Rekap provinsi ini tidak ada.")
    return found


def _year(year: int) -> int:
    if not is_known_year(year):
        raise Http404("Tahun ini tidak ada.")
    return year


def _size(request) -> str:
    asked = request.GET.get("kertas", "")
    return asked if asked in Paper.values else Paper.A4.value


def _address(region: Region, year: int, request) -> str:
    kept = {name: request.GET[name] for name in KEPT if request.GET.get(name)}
    address = reverse("recap:show", args=(region.code, year))
    return f"{address}?{urlencode(kept)}" if kept else address


def _file(request, recap: Recap, content: bytes, form: str, kind: str) -> HttpResponse:
    """The answer, and who took what for the record: the files name Pokja and people who sign."""
    record(
        "Mengunduh rekap",
        recap.region,
        actor=request.user,
        role=role_over(request.user, recap.region),
        region=recap.region,
        after={"bentuk": form, "tahun": recap.year, "saringan": recap.figures.selection.words}
        | ({"per": recap.moment.per.isoformat()} if recap.moment else {}),
    )
    day = local_time(recap.made_at, recap.zone).date()
    stem = words.file_stem(recap.region, recap.year, day, recap.figures.selection.kind)
    answer = HttpResponse(content, content_type=kind, headers=HEADERS)
    answer["Content-Disposition"] = content_disposition_header(True, f"{stem}.{form}")
    return answer

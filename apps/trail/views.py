"""Who changed what: the trail of one's regions, of one Pokja, and as a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from apps.accounts.access import fetch, login_required, require_role
from apps.accounts.enums import Role
from apps.audit.models import Head
from apps.audit.services import record
from apps.core.formats import format_number
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.trail import files
from apps.trail.filters import deeds_offered, filters_from, kinds_offered, regions_offered
from apps.trail.pages import COUNTED, all_lines, count_of, page_of
from apps.trail.subjects import entries_about

# Those who answer for personal data: who saw the documents somebody is in.
ANSWERING = (Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
READERS = (Role.OPERATOR, Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TOO_MANY = (
    "Saringan ini memuat lebih dari {count} catatan. Unduh sebagai CSV, atau persempit saringannya."
)


@require_safe
@login_required
def trail(request):
    """What changed in my regions, who did it, and why?"""
    require_role(request.user, *READERS)
    filters = filters_from(request.GET, request.user)
    rows = filters.rows(request.user)
    count = count_of(rows)
    return render(
        request,
        "trail/list.html",
        {
            "filters": filters,
            "form": filters.form,
            "page": page_of(rows, request.GET.get("sebelum", "")),
            "heading": _heading(count),
            "count": count,
            "regions": regions_offered(request.user),
            "deeds": deeds_offered(),
            "kinds": kinds_offered(),
            "chain": Head.objects.first() if request.user.scope.is_admin else None,
            "may_ask": request.user.scope.has_role(*ANSWERING),
        },
    )


def _heading(count: int) -> str:
    if count > COUNTED:
        return f"Lebih dari {format_number(COUNTED)} catatan perubahan"
    return f"{format_number(count)} catatan perubahan" if count else "Belum ada catatan perubahan"


@require_safe
@login_required
def of_pokja(request, pk):
    """What happened to this Pokja, its evidence and its members?"""
    pokja = fetch(Pokja.objects.select_related("region__province"), request.user, pk=pk)
    if request.user.scope.is_only_observer_of(pokja.region):
        raise PermissionDenied("Riwayat perubahan tidak tersedia untuk pengamat.")
    rows = entries_about(pokja, request.user)
    count = count_of(rows)
    return render(
        request,
        "trail/pokja.html",
        {
            "pokja": pokja,
            "page": page_of(rows, request.GET.get("sebelum", "")),
            "heading": _heading(count),
            "year": timezone.localdate().year,
        },
    )


@require_GET
@login_required
def download(request):
    """The trail of the caller's scope and filter as CSV or XLSX; the taking is in the trail."""
    require_role(request.user, *READERS)
    filters = filters_from(request.GET, request.user)
    rows = filters.rows(request.user)
    form = "xlsx" if request.GET.get("bentuk") == "xlsx" else "csv"
    if form == "xlsx" and rows.order_by()[: files.MOST_IN_WORKBOOK + 1].count() > (
        files.MOST_IN_WORKBOOK
    ):
        messages.warning(request, TOO_MANY.format(count=format_number(files.MOST_IN_WORKBOOK)))
        return redirect(f"{request.path.removesuffix('unduh/')}?{filters.query()}")
    note_download(
        "Mengunduh jejak perubahan",
        request.user,
        filters.region,
        {"bentuk": form, "saringan": filters.words or "semua"},
    )
    lines = (files.cells_of(line) for line in all_lines(rows))
    return as_file(form, "jejak-perubahan", files.HEADERS, lines)


def _only_region(user):
    """The region of a person who has but one."""
    held = {post.region_id for post in user.scope.posts}
    if user.scope.sees_all or len(held) != 1:
        return None
    return Region.objects.filter(pk__in=held).first()


def note_download(action: str, user, region, after: dict) -> None:
    """One entry for what went out of the portal: of a region, or of all in somebody's scope."""
    held = region or _only_region(user)
    roles = sorted(user.scope.roles_in(held)) if held else []
    record(
        action, held or user, actor=user, role=roles[0] if roles else "", region=held, after=after
    )


def as_file(form: str, name: str, headers, rows, widths=files.WIDTHS):
    """The answer with the file; rows are read while it is sent (CSV) or written down (XLSX)."""
    name = f"{name}-{timezone.localdate()}.{form}"
    headers_of_answer = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    if form == "xlsx":
        book = files.workbook("Jejak", headers, rows, widths)
        return FileResponse(
            book, as_attachment=True, filename=name, content_type=XLSX, headers=headers_of_answer
        )
    response = StreamingHttpResponse(
        files.csv_pieces(headers, rows),
        content_type="text/csv; charset=utf-8",
        headers=headers_of_answer,
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

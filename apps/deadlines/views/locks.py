"""Lock, unlock, reopen, end: forms for coordinators, the national office and administrators."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.deadlines import locking
from apps.deadlines.forms import ReasonForm, ReopenForm
from apps.deadlines.models import FIRST_YEAR, Reopening
from apps.deadlines.pages import KIND_OF_SLUG, address
from apps.deadlines.queries import deadline_of, last_switch, local_today
from apps.deadlines.words import state_words
from apps.regions.enums import Level
from apps.regions.models import Region

WITH_PEOPLE = ("GET", "HEAD", "POST")


@require_http_methods(WITH_PEOPLE)
@login_required
def lock(request, year, province_pk, step, locked):
    """Lock one kind of a province's year from today on, or take the lock back."""
    province = fetch(Region, request.user, pk=province_pk, level=Level.PROVINSI)
    require(request.user, Act.MANAGE_PERIODS, province)
    _check_year(year)
    if step not in KIND_OF_SLUG:
        raise Http404("Jenis isian tidak dikenal")
    kind = KIND_OF_SLUG[step]
    last = last_switch(province, year, kind)
    form = ReasonForm(request.POST or None, initial={"seen": last.number if last else 0})
    if request.method == "POST" and form.is_valid():
        _switch(request, form, province, year, kind, locked)
        return redirect(address(year, province))
    deadline = deadline_of(kind, year, province)
    return render(
        request,
        "deadlines/lock.html",
        {
            "form": form,
            "label": locking.LABELS[kind],
            "year": year,
            "province": province,
            "locked": locked,
            "state": deadline and state_words(deadline, local_today(province)),
            "back": address(year, province),
            "crumbs": _crumbs(year, province, "Kunci" if locked else "Buka kunci"),
        },
    )


def _switch(request, form, province, year, kind, locked) -> None:
    """Do it, or tell why it makes no sense now."""
    reason = form.cleaned_data["reason"]
    try:
        locking.set_lock(
            province,
            year,
            kind,
            locked=locked,
            reason=reason,
            actor=request.user,
            seen=form.cleaned_data["seen"],
        )
    except locking.LockRefused as refused:
        messages.warning(request, str(refused))
        return
    except Conflict as conflict:
        conflict.typed = (("Alasan", reason),)
        raise
    did = "dikunci mulai hari ini" if locked else "dibuka kuncinya"
    messages.success(request, f"{locking.LABELS[kind]} {year} {did} untuk {province}.")


@require_http_methods(WITH_PEOPLE)
@login_required
def reopening(request, year, region_pk):
    """Let one region send again until a date, with a reason."""
    regions = Region.objects.with_pokja_level().select_related("province")
    region = fetch(regions, request.user, pk=region_pk)
    require(request.user, Act.MANAGE_PERIODS, region)
    _check_year(year)
    newest = locking.newest_reopening(region, year)
    form = ReopenForm(
        request.POST or None,
        today=local_today(region),
        initial={"seen": newest.pk if newest else 0},
    )
    if request.method == "POST" and form.is_valid() and _reopened(request, form, region, year):
        return redirect(address(year, region.province))
    return render(
        request,
        "deadlines/reopen.html",
        {
            "form": form,
            "year": year,
            "region": region,
            "newest": newest,
            "zone": region.timezone_label,
            "back": address(year, region.province),
            "crumbs": _crumbs(year, region.province, "Buka kembali"),
        },
    )


def _reopened(request, form, region, year) -> bool:
    given = form.cleaned_data
    try:
        done = locking.reopen(
            region,
            year,
            given["kind"],
            until=given["until"],
            reason=given["reason"],
            actor=request.user,
            seen=given["seen"],
        )
    except locking.LockRefused as refused:
        form.add_error("kind", str(refused))
        return False
    except Conflict as conflict:
        conflict.typed = (
            ("Dibuka sampai dengan", format_date(given["until"])),
            ("Alasan", given["reason"]),
        )
        raise
    messages.success(
        request,
        f"{region} dibuka kembali sampai {format_date(done.until)} pukul 23.59 "
        f"{region.timezone_label}. Petugasnya diberi tahu.",
    )
    return True


@require_POST
@login_required
def end(request, reopening_pk):
    """End a reopening today instead of on its date; it stays in the history."""
    rows = Reopening.objects.select_related("region__province")
    held = fetch(rows, request.user, pk=reopening_pk)
    require(request.user, Act.MANAGE_PERIODS, held.region)
    if locking.end_reopening(held, actor=request.user):
        messages.success(request, f"Pembukaan kembali {held.region} diakhiri.")
    else:
        messages.warning(request, "Pembukaan kembali ini sudah diakhiri.")
    return redirect(address(held.year, held.region.province))


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= timezone.localdate().year + 1:
        raise Http404("Tahun tidak tersedia")


def _crumbs(year, province, name) -> list[tuple[str, str]]:
    return [
        (province.full_name, reverse("dashboard:region", args=[province.code, year])),
        (f"Batas waktu {year}", address(year, province)),
        (name, ""),
    ]

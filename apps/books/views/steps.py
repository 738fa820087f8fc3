"""Close a year, reopen one region, close it again: for those who manage the periods."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from apps.accounts.access import fetch, login_required, require
from apps.accounts.enums import Act
from apps.accounts.reauth import recently_confirmed
from apps.books import queries
from apps.books.check import check
from apps.books.comparison import compare
from apps.books.forms import CloseForm, ReopenForm
from apps.books.views.book import check_year, managed_province
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.deadlines.queries import local_today
from apps.effectiveness import closing as books
from apps.effectiveness.models import Closing
from apps.effectiveness.rubrics import rules_for
from apps.regions.models import Region
from apps.regions.queries import region_for_code

WITH_PEOPLE = ("GET", "HEAD", "POST")


@require_http_methods(WITH_PEOPLE)
@login_required
@recently_confirmed
def close(request, year, code):
    """What would be frozen and what is not settled yet; then freeze it."""
    check_year(year)
    province = managed_province(request.user, code)
    if queries.closing_of(province, year) and request.method != "POST":
        return redirect("books:book", year, province.code)
    form = CloseForm(request.POST or None)
    why = books.why_not_closable(year)
    if request.method == "POST" and form.is_valid() and not why:
        return _closed(request, province, year, form.cleaned_data["note"])
    rules = None if why else rules_for(year)
    return render(
        request,
        "books/close.html",
        {
            "form": form,
            "province": province,
            "year": year,
            "why": why,
            "rules": rules,
            "found": rules and check(province, year, rules),
            "back": _address(year, province),
            "crumbs": _crumbs(year, province, "Tutup"),
        },
    )


def _closed(request, province, year, note):
    try:
        done = books.close(province, year, actor=request.user, note=note)
    except Conflict as conflict:
        conflict.typed = (("Catatan", note),) if note else ()
        raise
    messages.success(
        request,
        f"Tahun {year} {province} ditutup: {done.scores.count()} Pokja dibekukan. "
        "Petugas wilayah diberi tahu.",
    )
    return redirect("books:book", year, province.code)


@require_http_methods(WITH_PEOPLE)
@login_required
@recently_confirmed
def reopen(request, year, code, region_code):
    """Let one region of a closed year move again until a day, with a reason."""
    closing, region = _region_of_book(request.user, year, code, region_code)
    held = books.running(closing, region)
    form = ReopenForm(request.POST or None, today=local_today(region))
    if request.method == "POST" and form.is_valid() and _reopened(request, form, closing, region):
        return redirect(books.address(closing))
    return render(
        request,
        "books/reopen.html",
        {
            "form": form,
            "year": year,
            "province": closing.province,
            "region": region,
            "held": held,
            "zone": region.timezone_label,
            "back": books.address(closing),
            "crumbs": _crumbs(year, closing.province, "Buka kembali"),
        },
    )


def _reopened(request, form, closing, region) -> bool:
    given = form.cleaned_data
    try:
        done = books.reopen(closing, region, actor=request.user, **given)
    except books.ClosingRefused as refused:
        form.add_error(None, str(refused))
        return False
    except Conflict as conflict:
        conflict.typed = (
            ("Alasan", given["reason"]),
            ("Batas baru", format_date(given["until"])),
        )
        raise
    messages.success(
        request,
        f"{region} dibuka kembali sampai {format_date(done.until)} pukul 23.59 "
        f"{region.timezone_label}. Petugasnya diberi tahu.",
    )
    return True


@require_http_methods(WITH_PEOPLE)
@login_required
def close_again(request, year, code, region_code):
    """What of the region has changed since its last edition; then freeze the next one."""
    closing, region = _region_of_book(request.user, year, code, region_code)
    held = books.running(closing, region)
    if held is None:
        messages.warning(request, f"{region} tidak sedang dibuka kembali, jadi tetap.")
        return redirect(books.address(closing))
    if request.method == "POST":
        books.close_again(held, actor=request.user)
        messages.success(request, f"{region} ditutup lagi; angkanya dibekukan sebagai edisi baru.")
        return redirect(books.address(closing))
    rows = queries.book_rows(closing, request.user)
    own = [item for item in rows if item.region_id == region.pk]
    return render(
        request,
        "books/close_again.html",
        {
            "year": year,
            "province": closing.province,
            "region": region,
            "held": held,
            "closing": closing,
            "found": compare(closing, own, request.user, region),
            "back": books.address(closing),
            "crumbs": _crumbs(year, closing.province, "Tutup lagi"),
        },
    )


# --- shared ----------------------------------------------------------------------------------


def _region_of_book(user, year, code, region_code) -> tuple[Closing, Region]:
    """A closed year of a province, and one region of its book this person manages."""
    check_year(year)
    found = region_for_code(region_code)
    if found is None:
        raise Http404
    region = fetch(Region.objects.select_related("province"), user, pk=found.pk)
    require(user, Act.MANAGE_PERIODS, region)
    province = region_for_code(code)
    closing = province and queries.closing_of(province, year)
    if not closing or region.pk not in {each["id"] for each in closing.regions}:
        raise Http404
    require(user, Act.MANAGE_PERIODS, closing.province)
    return closing, region


def _address(year, province) -> str:
    return reverse("books:book", args=[year, province.code])


def _crumbs(year, province, name) -> list[tuple[str, str]]:
    return [
        ("Buku tahun", f"{reverse('books:shelf')}?tahun={year}"),
        (f"Buku {year} {province.short_name}", _address(year, province)),
        (name, ""),
    ]

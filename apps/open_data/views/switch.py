"""The switch: open a closed year to everybody, or close it again."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import fetch, login_required, require, require_role
from apps.accounts.enums import Act, Role
from apps.core.errors import Conflict
from apps.effectiveness.models import Closing
from apps.open_data import files, publishing, words
from apps.open_data.dataset import Dataset
from apps.open_data.forms import PublishForm, WithdrawForm
from apps.open_data.models import Publication
from apps.open_data.queries import entries_for, released_rows
from apps.regions.models import Region
from apps.regions.queries import is_sample_installation, region_for_code

WITH_PEOPLE = ("GET", "HEAD", "POST")
PER_PAGE = 25


@require_safe
@login_required
def switch(request):
    """The closed years of the own provinces, and which of them are open to everybody."""
    require_role(request.user, Role.COORDINATOR, Role.NATIONAL, "admin")
    closings = Closing.objects.for_user(request.user).defer("rules", "regions")
    rows = closings.select_related("province").order_by("-year", "province__code")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("halaman"))
    entries = entries_for(page.object_list)
    opened = Publication.objects.for_user(request.user).standing().count()
    heading = words.switch_finding(opened, page.paginator.count)
    return render(
        request,
        "open_data/switch.html",
        {"heading": heading, "entries": entries, "page": page},
    )


@require_http_methods(WITH_PEOPLE)
@login_required
def publish(request, year, code):
    """What everybody would read; then open it, or put newer editions in the place of older."""
    closing = _closing(request.user, code, year)
    held = publishing.standing_of(closing)
    is_current = held is not None and held.editions == publishing.editions_of(closing)
    if is_current and request.method != "POST":
        messages.info(request, f"{words.named(held)} sudah terbuka untuk umum.")
        return redirect("open_data:switch")
    start = held.contact if held else words.contact_of(closing.province)
    form = PublishForm(request.POST or None, initial={"contact": start})
    if request.method == "POST" and form.is_valid() and _published(request, closing, held, form):
        return redirect("open_data:switch")
    return render(
        request,
        "open_data/publish.html",
        _around(closing, "Buka untuk umum") | _preview(closing) | {"form": form, "held": held},
    )


def _published(request, closing: Closing, held: Publication | None, form) -> bool:
    given = form.cleaned_data
    told = {"contact": given["contact"], "note": given["note"], "actor": request.user}
    try:
        if held is None:
            done = publishing.publish(closing, **told)
        else:
            done = publishing.publish_anew(held, **told)
    except publishing.PublishingRefused as refused:
        form.add_error(None, str(refused))
        return False
    except Conflict as conflict:
        conflict.typed = (("Kontak", given["contact"]), ("Catatan", given["note"]))
        raise
    messages.success(request, f"{words.named(done)} sekarang terbuka untuk umum.")
    return True


@require_http_methods(WITH_PEOPLE)
@login_required
def withdraw(request, year, code):
    """Close it to the public, with a reason."""
    closing = _closing(request.user, code, year)
    held = publishing.standing_of(closing)
    if held is None:
        messages.warning(request, f"Data {year} {closing.province} tidak sedang terbuka.")
        return redirect("open_data:switch")
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        publishing.withdraw(held, reason=form.cleaned_data["reason"], actor=request.user)
        messages.success(request, f"{words.named(held)} tidak lagi terbuka untuk umum.")
        return redirect("open_data:switch")
    return render(
        request,
        "open_data/withdraw.html",
        _around(closing, "Tutup untuk umum") | {"form": form, "held": held},
    )


# --- shared ----------------------------------------------------------------------------------


def _closing(user, code: str, year: int) -> Closing:
    """The book of a province in scope (404) whose periods this person manages (403)."""
    found = region_for_code(code)
    if found is None or not found.is_province:
        raise Http404
    province = fetch(Region, user, pk=found.pk)
    require(user, Act.MANAGE_PERIODS, province)
    rows = Closing.objects.for_user(user).select_related("province")
    return fetch(rows, user, province=province, year=year)


def _preview(closing: Closing) -> dict:
    """What the files would hold: their columns, and the first rows as everybody would read them."""
    draft = Publication(
        province=closing.province,
        year=closing.year,
        closing=closing,
        editions=publishing.editions_of(closing),
    )
    dataset = Dataset(draft, released_rows(draft), is_sample_installation())
    pokja = dataset.pokja
    return {
        "description": files.description(draft),
        "columns": pokja.columns,
        "rows": [dict(zip(pokja.headers, row, strict=True)).items() for row in pokja.rows[:3]],
        "many": len(pokja.rows),
        "regions": len(closing.regions),
        "open_again": [str(row.region) for row in _running(closing)],
    }


def _running(closing: Closing):
    """Regions of the book whose figures move at the moment."""
    return closing.reopenings.filter(closed_at=None).select_related("region").order_by("region")


def _around(closing: Closing, name: str) -> dict:
    return {
        "province": closing.province,
        "year": closing.year,
        "back": reverse("open_data:switch"),
        "crumbs": [("Data terbuka", reverse("open_data:switch")), (name, "")],
    }

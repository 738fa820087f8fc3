"""The register: list of Pokja, adding, correcting, dissolving and merging."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import login_required, require, require_role
from apps.accounts.enums import Act
from apps.accounts.scope import PERMISSIONS
from apps.core.errors import Conflict
from apps.effectiveness.moment import moment_context
from apps.filing.forms import EndForm, MergeForm, PokjaForm
from apps.filing.list_table import choices, table
from apps.filing.lists import (
    filters_from,
    heads_of,
    pokja_page,
    regions_offered,
    sentence_for,
)
from apps.filing.views.base import pokja_in_scope, region_crumbs
from apps.pokja.models import Pokja
from apps.pokja.services import (
    MergeRefused,
    PokjaConflict,
    add_pokja,
    change_pokja,
    dissolve_pokja,
    merge_pokja,
)
from apps.regions.models import Region

LIST_YEARS = 7
FORM_METHODS = ["GET", "HEAD", "POST"]
MANAGERS = tuple(PERMISSIONS[Act.MANAGE_POKJA])


@require_safe
@login_required
def pokja_list(request):
    """Which Pokja are not effective, and why? (design 5.3)"""
    today = timezone.localdate()
    seen = moment_context(request)
    moment = seen["moment"]
    year = (moment.per if moment else today).year
    years = list(range(year, year - LIST_YEARS, -1))
    filters = filters_from(request.GET, request.user, years=years, default_year=year, moment=moment)
    page = pokja_page(request.user, filters, request.GET.get("halaman"), today)
    heads = heads_of(filters)
    return render(
        request,
        "filing/pokja_list.html",
        seen
        | {
            "filters": filters,
            "page": page,
            "years": years,
            "choices": choices(filters, years, regions_offered(request.user)),
            "sentence": sentence_for(page, filters),
            "heads": heads,
            "table": table(page, filters, heads),
            "may_add": request.user.scope.has_role(*MANAGERS),
        },
    )


def manageable_regions(user):
    """Regions whose register this person may change: an observer's region is none of them."""
    regions = Region.objects.with_pokja_level().for_user(user).select_related("province")
    if user.scope.is_admin:
        return regions
    allowed = [region.pk for region in regions if user.scope.can(Act.MANAGE_POKJA, region)]
    return regions.filter(pk__in=allowed)


@require_http_methods(FORM_METHODS)
@login_required
def pokja_add(request):
    """A new Pokja in one of the regions the person manages."""
    require_role(request.user, *MANAGERS)
    regions = manageable_regions(request.user)
    initial = {"region": regions[0]} if len(regions) == 1 else None
    form = PokjaForm(request.POST or None, regions=regions, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            pokja = add_pokja(actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error("code", error.messages)
        else:
            messages.success(request, f"{pokja.name} ditambahkan.")
            return redirect("filing:pokja", pokja.pk)
    crumbs = [("Pokja", "/pokja/"), ("Tambah", "")]
    return render(request, "filing/pokja_form.html", {"form": form, "crumbs": crumbs})


def _managed(request, pk: int) -> Pokja:
    pokja = pokja_in_scope(request.user, pk)
    require(request.user, Act.MANAGE_POKJA, pokja.region)
    return pokja


@require_http_methods(FORM_METHODS)
@login_required
def pokja_edit(request, pk):
    """Correct name, types and founding date."""
    pokja = _managed(request, pk)
    form = PokjaForm(request.POST or None, pokja=pokja)
    if request.method == "POST" and form.is_valid():
        try:
            change_pokja(pokja, actor=request.user, **_with_revision(form))
        except PokjaConflict as conflict:
            raise _conflict(conflict, request, form) from conflict
        messages.success(request, "Data Pokja disimpan.")
        return redirect("filing:pokja", pk)
    return _page(request, "filing/pokja_form.html", pokja, form, "Ubah data")


@require_http_methods(FORM_METHODS)
@login_required
def pokja_dissolve(request, pk):
    """End a Pokja on a day, with the reason."""
    pokja = _running(request, pk)
    form = EndForm(request.POST or None, pokja=pokja)
    if request.method == "POST" and form.is_valid():
        try:
            dissolve_pokja(pokja, actor=request.user, **_with_revision(form))
        except PokjaConflict as conflict:
            raise _conflict(conflict, request, form) from conflict
        messages.success(request, f"{pokja.name} dicatat bubar.")
        return redirect("filing:pokja", pk)
    return _page(request, "filing/pokja_end.html", pokja, form, "Bubarkan")


@require_http_methods(FORM_METHODS)
@login_required
def pokja_merge(request, pk):
    """End a Pokja in favour of another of the same region."""
    pokja = _running(request, pk)
    others = (
        Pokja.objects.for_user(request.user)
        .filter(region=pokja.region, dissolved_on=None)
        .exclude(pk=pk)
    )
    form = MergeForm(request.POST or None, pokja=pokja, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            merge_pokja(pokja, actor=request.user, **_with_revision(form))
        except MergeRefused as refused:
            form.add_error("into", str(refused))
        except PokjaConflict as conflict:
            raise _conflict(conflict, request, form) from conflict
        else:
            messages.success(request, f"{pokja.name} dilebur ke {form.cleaned_data['into']}.")
            return redirect("filing:pokja", pk)
    return _page(request, "filing/pokja_end.html", pokja, form, "Leburkan", merging=True)


def _running(request, pk: int) -> Pokja:
    """A Pokja that has not ended yet; the page of its end is gone with it."""
    pokja = _managed(request, pk)
    if pokja.dissolved_on:
        raise Http404("Pokja sudah bubar atau dilebur")
    return pokja


def _with_revision(form) -> dict:
    """Cleaned values; without a revision nobody knows what the person saw, so none is current."""
    return form.cleaned_data | {"revision": form.cleaned_data["revision"] or 0}


def _conflict(conflict, request, form) -> Conflict:
    typed = [
        (field.label, str(form.cleaned_data.get(field.name, ""))) for field in form.visible_fields()
    ]
    return Conflict(str(conflict), url=request.path, typed=typed)


def _page(request, template, pokja, form, name, **more):
    crumbs = [*region_crumbs(pokja), (name, "")]
    return render(
        request,
        template,
        {"form": form, "pokja": pokja, "region": pokja.region, "crumbs": crumbs, **more},
    )

"""Letterhead and signers of the own office, typed once and kept."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import login_required, require_role
from apps.accounts.enums import Role
from apps.campaign.forms import LetterheadForm, SignerForm
from apps.campaign.queries import SENDERS
from apps.campaign.views.base import audience_of, office_day
from apps.core.errors import Conflict
from apps.papers.models import Letterhead, Signer
from apps.papers.offices import letterhead_of, save_office_row

FORM_METHODS = ["GET", "HEAD", "POST"]
REFUSED = "Kop surat dan penanda tangan diubah oleh koordinator provinsi atau kantor pusat."
HEADINGS = {
    Letterhead: ("Tambah kop surat", "Ubah kop surat"),
    Signer: ("Tambah penanda tangan", "Ubah penanda tangan"),
}


def may_manage(user, office) -> bool:
    """Coordinators of the province; for the national office its people and administrators."""
    if office is None:
        return user.scope.has_role(Role.NATIONAL, Role.ADMIN)
    return bool(user.scope.roles_in(office) & {Role.COORDINATOR, Role.ADMIN})


def _require_manage(user, office) -> None:
    if not may_manage(user, office):
        raise PermissionDenied(REFUSED)


@require_safe
@login_required
def office(request):
    """What the letters of this office carry: its letterhead by day, and who may sign."""
    audience, _ = audience_of(request, request.GET)
    place, user = audience.office, request.user
    letterheads = Letterhead.objects.of_offices(user).filter(province=place)
    context = {
        "name": place.full_name if place else "kantor pusat",
        "key": audience.key,
        "current": letterhead_of(user, place, office_day(place)),
        "letterheads": letterheads.order_by("-valid_from"),
        "signers": Signer.objects.of_offices(user).filter(province=place),
        "may_manage": may_manage(user, place),
        "crumbs": [
            ("Kampanye pengingat", reverse("campaign:list")),
            ("Kop dan penanda tangan", ""),
        ],
    }
    return render(request, "campaign/office.html", context)


@require_http_methods(FORM_METHODS)
@login_required
def letterhead_add(request):
    return _add(request, Letterhead, LetterheadForm)


@require_http_methods(FORM_METHODS)
@login_required
def letterhead_change(request, head_pk):
    return _change(request, Letterhead, LetterheadForm, head_pk)


@require_http_methods(FORM_METHODS)
@login_required
def signer_add(request):
    return _add(request, Signer, SignerForm)


@require_http_methods(FORM_METHODS)
@login_required
def signer_change(request, signer_pk):
    return _change(request, Signer, SignerForm, signer_pk)


def _add(request, kind, form_class):
    audience, _ = audience_of(request, request.GET)
    _require_manage(request.user, audience.office)
    row = kind(province=audience.office)
    initial = {"valid_from": office_day(audience.office)} if kind is Letterhead else {}
    return _form_page(request, row, form_class, initial, f"?provinsi={audience.key}")


def _change(request, kind, form_class, pk):
    require_role(request.user, *SENDERS)
    rows = kind.objects.of_offices(request.user).select_related("province")
    row = get_object_or_404(rows, pk=pk)
    _require_manage(request.user, row.province)
    query = f"?provinsi={row.province.code}" if row.province and not _is_central(request) else ""
    return _form_page(request, row, form_class, {}, query)


def _is_central(request) -> bool:
    """People of the national office have no list of their own for a province's office."""
    return request.user.scope.sees_all


def _form_page(request, row, form_class, initial, query):
    back = f"{reverse('campaign:office')}{query}"
    form = form_class(request.POST or None, instance=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            revision = form.cleaned_data.get("revision")
            save_office_row(row, form.values(), actor=request.user, revision=revision)
        except ValueError as error:
            form.add_error("valid_from", str(error))
        except Conflict as conflict:
            raise Conflict(str(conflict), url=request.get_full_path()) from conflict
        else:
            messages.success(request, f"{type(row)._meta.verbose_name.capitalize()} disimpan.")
            return redirect(back)
    heading = HEADINGS[type(row)][bool(row.pk)]
    crumbs = [
        ("Kampanye pengingat", reverse("campaign:list")),
        ("Kop dan penanda tangan", back),
        (heading, ""),
    ]
    context = {"form": form, "heading": heading, "back": back, "crumbs": crumbs}
    return render(request, "campaign/office_form.html", context)

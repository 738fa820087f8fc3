"""One row of the register: shown, added, changed, ended, given its file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from apps.accounts.access import fetch, login_required, require, require_role
from apps.accounts.enums import Act
from apps.core.errors import Conflict
from apps.documents.models import Document
from apps.documents.services import document_transaction
from apps.documents.store import StoreUnavailable
from apps.regulations.forms import EndForm, PaperForm
from apps.regulations.models import Regulation
from apps.regulations.queries import (
    MANAGERS,
    manageable_regions,
    may_manage,
    state_of,
)
from apps.regulations.services import RegisterRefused, add_row, change_row, end_row

FORM_METHODS = ["GET", "HEAD", "POST"]
OF_THE_NATION = "Yang berlaku nasional diubah administrator pada halaman admin."


def _row(request, section, pk):
    rows = section.model.objects.select_related("region__province")
    if section.has_paper:
        rows = rows.select_related("document")
    return fetch(rows, request.user, pk=pk)


def _managed(request, section, pk):
    row = _row(request, section, pk)
    if row.region is None:
        raise PermissionDenied(OF_THE_NATION)
    require(request.user, Act.MANAGE_POKJA, row.region)
    return row


def _sent(request):
    """What was sent, an empty form too; None where a page is only asked for."""
    return request.POST if request.method == "POST" else None


def _address(section, row, page="detail") -> str:
    return reverse(section.url_name(page), args=[row.pk])


def _crumbs(section, row=None, last="") -> list[tuple[str, str]]:
    found = [(section.label, reverse(section.list_name))]
    if row is not None:
        found.append((str(row), _address(section, row) if last else ""))
    return [*found, (last, "")] if last else found


@require_safe
@login_required
def detail(request, section, row_pk):
    """What is it, does it hold, where can it be read?"""
    row = _row(request, section, row_pk)
    look, state = state_of(row, timezone.localdate())
    context = {
        "section": section,
        "row": row,
        "look": look,
        "state": state,
        "may_manage": may_manage(request.user, row),
        "paper": _paper_seen(request.user, row) if section.has_paper else None,
        "revoker": _revoker_seen(request.user, row),
        "crumbs": _crumbs(section, row),
    }
    return render(request, "regulations/detail.html", context)


def _paper_seen(user, row):
    if row.document is None:
        return None
    return Document.objects.for_user(user).filter(pk=row.document_id).first()


def _revoker_seen(user, row) -> Regulation | None:
    """What revoked a regulation, where the user may open it."""
    if not getattr(row, "revoked_by_id", None):
        return None
    rows = Regulation.objects.for_user(user).select_related("region")
    return rows.filter(pk=row.revoked_by_id).first()


@require_http_methods(FORM_METHODS)
@login_required
def add(request, section):
    """A new row of one of the regions the person manages."""
    require_role(request.user, *MANAGERS)
    regions = manageable_regions(request.user)
    initial = {"region": regions[0]} if len(regions) == 1 else {}
    form = section.form(_sent(request), user=request.user, regions=regions, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_row(form.save(commit=False), actor=request.user)
        except RegisterRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{row} dicatat.")
            return redirect(_address(section, row))
    return _form_page(request, section, form, f"Tambah {section.thing}", reverse(section.list_name))


@require_http_methods(FORM_METHODS)
@login_required
def change(request, section, row_pk):
    """Correct what is recorded; the region stays."""
    row = _managed(request, section, row_pk)
    name, form = str(row), section.form(_sent(request), instance=row, user=request.user)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        done = _written(
            request,
            form,
            lambda: change_row(row, form.values(), actor=request.user, revision=revision),
        )
        if done:
            messages.success(request, f"{row} disimpan.")
            return redirect(_address(section, row))
    back = _address(section, row)
    return _form_page(request, section, form, f"Ubah {name}", back, row=row)


@require_http_methods(FORM_METHODS)
@login_required
def end(request, section, row_pk):
    """The last day on which it holds, with the reason; what it counted for before stays."""
    row = _managed(request, section, row_pk)
    form = EndForm(_sent(request), row=row, user=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        more = {"revoked_by": given["revoked_by"]} if "revoked_by" in given else {}
        done = _written(
            request,
            form,
            lambda: end_row(
                row,
                given["until"],
                actor=request.user,
                revision=given["revision"] or 0,
                reason=given["reason"],
                **more,
            ),
        )
        if done:
            messages.success(request, f"Hari terakhir {row} dicatat.")
            return redirect(_address(section, row))
    back = _address(section, row)
    heading = f"Catat akhir {row}"
    return _form_page(
        request, section, form, heading, back, row=row, crumb="Akhir", button="Catat akhir"
    )


@require_http_methods(FORM_METHODS)
@login_required
def paper(request, section, row_pk):
    """The file of a regulation or an agreement."""
    if not section.has_paper:
        raise Http404("Halaman ini tidak ada")
    row = _managed(request, section, row_pk)
    sent = _sent(request)
    files = request.FILES if sent is not None else None
    form = PaperForm(sent, files, row=row, user=request.user)
    if sent is not None:
        if form.is_valid() and _paper_kept(request, form, row):
            messages.success(request, f"Naskah {row} disimpan.")
            return redirect(_address(section, row))
        form.keep_file(actor=request.user)
    context = {
        "section": section,
        "row": row,
        "form": form,
        "back": _address(section, row),
        "crumbs": _crumbs(section, row, "Naskah"),
    }
    return render(request, "regulations/paper.html", context)


def _paper_kept(request, form, row) -> bool:
    try:
        with document_transaction():
            document = form.take_document(actor=request.user)
            if document is not None:
                values = {"document": document}
                change_row(row, values, actor=request.user, revision=row.revision)
    except StoreUnavailable as trouble:
        form.add_error("file", str(trouble))
        return False
    return True


def _written(request, form, write) -> bool:
    """Do it; False where the form was told why not. A Conflict keeps what was typed."""
    try:
        write()
    except RegisterRefused as refused:
        form.add_error(None, str(refused))
        return False
    except Conflict as conflict:
        typed = [(field.label, str(field.value() or "")) for field in form.visible_fields()]
        raise Conflict(str(conflict), url=request.path, typed=typed) from conflict
    return True


def _form_page(request, section, form, heading, back, *, row=None, crumb="", button="Simpan"):
    context = {
        "section": section,
        "form": form,
        "heading": heading,
        "back": back,
        "button": button,
        "row": row,
        "crumbs": _crumbs(section, row, crumb or ("Ubah" if row else "Tambah")),
    }
    return render(request, "regulations/form.html", context)

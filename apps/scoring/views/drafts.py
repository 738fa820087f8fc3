"""Drafts are begun, taken from a file, written and deleted, by administrators."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import login_required
from apps.core.errors import Conflict
from apps.core.rowforms import ADD
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.publishing import gaps, new_draft
from apps.effectiveness.rubric_drafts import add_draft, delete_draft, save_draft
from apps.effectiveness.rubric_file import MAX_BYTES, RubricFileError, read_file
from apps.scoring import words
from apps.scoring.editing import Editor, editor_for, editor_from
from apps.scoring.forms import UploadForm
from apps.scoring.views.base import crumbs, fetch_rubric, may_write, require_writer, visible_to

FORM_METHODS = ["GET", "HEAD", "POST"]
PUBLISHED_STAYS = (
    "Rubrik ini sudah diterbitkan dan tidak dapat diubah. Susun draf baru dari rubrik ini."
)


@require_POST
@login_required
def begin(request):
    """An empty draft."""
    require_writer(request.user)
    return _to_edit(request, new_draft(None, request.user), "Draf rubrik baru dibuat.")


@require_POST
@login_required
def copy(request, rubric_code):
    """A draft with the content of a rubric."""
    found = fetch_rubric(request.user, rubric_code)
    require_writer(request.user)
    return _to_edit(request, new_draft(found, request.user), f"Draf disusun dari {found}.")


def _to_edit(request, draft, message):
    messages.success(request, message)
    return redirect("scoring:edit", draft.code)


@require_http_methods(FORM_METHODS)
@login_required
def upload(request):
    """A rubric file becomes a new draft; nothing counts before it is published here."""
    require_writer(request.user)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            code, plain = read_file(form.cleaned_data["file"].read(MAX_BYTES + 1))
        except RubricFileError as error:
            form.add_error("file", str(error))
        else:
            draft = add_draft(code, plain, actor=request.user)
            return _to_edit(request, draft, "Rubrik dari berkas menjadi draf baru.")
    context = {"form": form, "crumbs": crumbs(last="Unggah rubrik")}
    return render(request, "scoring/upload.html", context)


@require_http_methods(FORM_METHODS)
@login_required
def edit(request, rubric_code):
    """A draft may be saved unfinished; what it lacks is listed, each a link to its field."""
    if request.method == "POST":
        return _write(request, rubric_code)
    found = fetch_rubric(request.user, rubric_code)
    require_writer(request.user)
    if found.status != RubricStatus.DRAFT:
        messages.warning(request, PUBLISHED_STAYS)
        return redirect("scoring:rubric", found.code)
    return _edit_page(request, found, editor_for(found))


def _write(request, rubric_code):
    found = visible_to(request.user).filter(code=rubric_code).first()
    if found is None and not may_write(request.user):
        raise Http404
    require_writer(request.user)
    editor = editor_from(request.POST, grown=ADD in request.POST)
    if found is None:
        raise _told("Draf ini sudah dihapus.", reverse("scoring:list"), editor)
    if ADD in request.POST or not editor.is_valid():
        return _edit_page(request, found, editor)
    revision = editor.form.cleaned_data.get("revision") or 0
    try:
        saved = save_draft(found, editor.plain, actor=request.user, revision=revision)
    except Conflict as conflict:
        url = reverse("scoring:edit", args=[found.code])
        raise _told(conflict.message, url, editor) from conflict
    messages.success(request, "Draf disimpan.")
    return redirect("scoring:edit", saved.code)


def _told(message, url, editor: Editor) -> Conflict:
    """Somebody was faster; what was typed stands on the page that says so."""
    detail = "Isian Anda belum tersimpan; semuanya ada di bawah ini."
    return Conflict(message, detail, url=url, typed=editor.typed)


def _edit_page(request, found, editor: Editor):
    missing = [] if editor.form.is_bound else gaps(found)
    return render(
        request,
        "scoring/edit.html",
        {
            "rubric": found,
            "form": editor.form,
            "formset": editor.formset,
            "points": editor.points,
            "galat": bool(editor.points.errors),
            "gaps": [(f"#{gap.field}", gap.text) for gap in missing],
            "gap_heading": words.gap_heading(len(missing)),
            "crumbs": crumbs(found, "Ubah draf"),
        },
    )


@require_POST
@login_required
def delete(request, rubric_code):
    """Only a draft can go."""
    found = fetch_rubric(request.user, rubric_code)
    require_writer(request.user)
    delete_draft(found, actor=request.user)
    messages.success(request, f"Draf {found} dihapus.")
    return redirect("scoring:list")

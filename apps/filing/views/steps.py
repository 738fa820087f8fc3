"""The guided steps 1 to 4: one address each; GET shows the form or what was sent, POST saves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import login_required
from apps.core.formats import format_time
from apps.deadlines.queries import waits_for
from apps.effectiveness.queries import assess_one
from apps.evidence import unsaved
from apps.evidence.kinds import BY_STEP, adapter_for
from apps.filing.cards import reader_of, remarks_on
from apps.filing.deadlines import shown_on_step
from apps.filing.decree_card import tell_reuse
from apps.filing.readings import filled, panel_for
from apps.filing.requirements import next_step, requirements_for
from apps.filing.views.actions import conflict_sentence, item_of, revision_of, step_url_of
from apps.filing.views.base import not_scored, writable
from apps.filing.views.step_page import Page
from apps.verification.enums import Status
from apps.verification.services import StepConflict, actions_for


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def step(request, pk, year, step):
    """One step of a Pokja's year: its form, or what was sent or verified."""
    pokja = writable(request, pk, year)
    if step not in BY_STEP:
        raise Http404("Langkah tidak dikenal")
    assessment = assess_one(pokja, year, with_index=False)
    if assessment is None:
        return not_scored(request, pokja, year)
    page = Page(request, pokja, year, step, assessment)
    if request.method == "POST":
        return _post(page)
    if page.item is not None and not page.item.is_editable:
        return _read(page)
    if kept := unsaved.found(request.user, pokja, year, step, page.slot):
        return _restored(page, kept)
    return _form(page, page.editor())


def _restored(page: Page, kept):
    """What was typed and never saved stands in the form again, wrong values with their reason."""
    editor = page.editor(data=unsaved.data_of(kept), draft=True)
    editor.is_valid()
    overtaken = page.item is not None and page.item.revision != kept.revision
    return _form(page, editor, revision=kept.revision, restored=kept, overtaken=overtaken)


def _post(page: Page):
    request = page.request
    if "tambah" in request.POST:
        editor = page.editor(data=request.POST, files=request.FILES, grow=True)
        editor.keep_file()
        return _form(page, editor)
    if "pakai" in request.POST and page.step == "sk":
        return _offered(page, request.POST["pakai"])
    draft = "draf" in request.POST
    editor = page.editor(data=request.POST, files=request.FILES, draft=draft)
    if not editor.is_valid():
        editor.keep_file()
        return _form(page, editor)
    try:
        saved = editor.save(revision_of(request))
    except StepConflict as conflict:
        return _stale(page, editor, conflict)
    if saved is None:
        return _form(page, editor)
    typed_on = page.slot
    page.item = saved
    unsaved.let_go(request.user, page.pokja, page.year, page.step, [typed_on, saved.pk])
    return _after_save(page, draft)


def _offered(page: Page, asked: str):
    """Without JavaScript: the form again with what was read filled in, and nothing saved."""
    request = page.request
    editor = page.editor(data=request.POST, files=request.FILES, draft=True)
    editor.keep_file()
    refused = request.FILES if editor.form.has_error("file") else None
    data, fields = filled(editor.form, asked)
    editor = page.editor(data=data, files=refused, draft=True)
    editor.is_valid()
    if fields:
        editor.form.fields[fields[0]].widget.attrs["autofocus"] = True
        editor.point_at(fields)
    return _form(page, editor, taken=len(fields))


def _after_save(page: Page, draft: bool):
    """A draft stays on its step; "Simpan dan lanjut" goes on unless something is missing."""
    zone = page.pokja.region.timezone_label
    missing = [gap for gap in page.gaps() if gap.blocking]
    if draft or missing:
        url = f"{step_url_of(page.pokja, page.year, page.step)}?bukti={page.item.pk}"
        messages.success(page.request, f"Draf tersimpan {format_time(timezone.now(), zone)}.")
        return redirect(url if draft else f"{url}&lengkapi=1")
    page.refresh()
    messages.success(page.request, f"{page.adapter.label} tersimpan.")
    return redirect(next_step(page.pokja, page.year, page.cards, page.step))


def _form(page: Page, editor, *, status=200, revision=None, taken=0, **more):
    remarks = []
    if revision is None:
        # After a mistake the person still speaks of the version they saw first.
        posted = page.request.method == "POST"
        revision = revision_of(page.request) if posted else page.item.revision if page.item else 0
    if page.item is not None:
        by, remarks = remarks_on(page.item)
        more |= {"remarks": remarks, "returned_by": by}
    editor.attach(remarks)
    gaps = page.gaps()
    asked = "lengkapi" in page.request.GET and page.request.method != "POST"
    missing = [gap for gap in gaps or () if gap.blocking] if asked else []
    # "Ubah" on the review page names the field, which may be folded away.
    editor.point_at([page.request.GET.get("isian", ""), *(gap.field for gap in missing)])
    return render(
        page.request,
        "filing/step_form.html",
        page.context(
            editor=editor,
            form=editor.form,
            formset=editor.formset,
            reading=panel_for(editor, page.step, taken),
            revision=revision,
            requirements=requirements_for(page.step, page.year, gaps),
            missing=missing,
            galat=bool(missing or "stale" in more),
            may_copy=page.may_copy,
            seen_at=timezone.now().timestamp(),
            deadline=shown_on_step(page.pokja, page.year, page.adapter.kind, page.item),
            **more,
        ),
        status=status,
    )


def _stale(page: Page, editor, conflict: StepConflict):
    """Nothing is overwritten: what was typed stays, beside what is saved now (409)."""
    latest = conflict.evidence
    editor.keep_file()
    page.item = item_of(page.request, page.pokja, page.year, latest.pk)
    adapter = adapter_for(page.item)
    return _form(
        page,
        editor,
        status=409,
        revision=page.item.revision,
        stale=conflict_sentence(conflict),
        stale_facts=adapter.facts(page.item),
        stale_table=adapter.table(page.item),
        may_save=page.item.is_editable,
    )


def _read(page: Page):
    adapter = adapter_for(page.item)
    if page.step == "sk":
        reader = reader_of(page.request.user, page.pokja.region)
        tell_reuse(page.card, page.pokja, page.year, timezone.localdate(), reader)
    return render(
        page.request,
        "filing/step_read.html",
        page.context(
            facts=adapter.facts(page.item),
            table=adapter.table(page.item),
            document=adapter.document(page.item),
            actions=actions_for(page.item, page.request.user),
            wait=waits_for([page.item]).get(page.item.pk),
            may_change=page.item.status in (Status.VERIFIED, Status.CANCELLED),
            next_url=next_step(page.pokja, page.year, page.cards, page.step),
        ),
    )

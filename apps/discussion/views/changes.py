"""What is done with a follow-up: finished, judged, called off."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.access import login_required
from apps.discussion import follow_ups
from apps.discussion.forms import CancelForm, DoneForm, JudgeForm
from apps.discussion.views.follow_up import follow_up_page, one


@login_required
@require_POST
def finish(request, follow_pk):
    """The owner says what was done."""
    found = one(request, follow_pk)
    if found.owner_id != request.user.pk:
        raise PermissionDenied(follow_ups.OWNER_ONLY)
    form = DoneForm(request.POST)
    if not form.is_valid():
        return follow_up_page(request, found, done=form)
    follow_ups.finish(
        found, form.cleaned_data["catatan"], actor=request.user, revision=form.seen_revision
    )
    messages.success(request, "Dinyatakan selesai. Orang lain akan menilainya.")
    return redirect("discussion:follow_up", found.pk)


@login_required
@require_POST
def judge(request, follow_pk):
    """Somebody else says whether it is adequate."""
    found = one(request, follow_pk)
    if refusal := follow_ups.judge_refusal(found, request.user):
        raise PermissionDenied(refusal)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return follow_up_page(request, found, judge_form=form)
    follow_ups.judge(
        found,
        form.is_adequate,
        form.cleaned_data["alasan"],
        actor=request.user,
        revision=form.seen_revision,
    )
    told = "Dinilai memadai." if form.is_adequate else f"Dikembalikan kepada {found.owner}."
    messages.success(request, told)
    return redirect("discussion:follow_up", found.pk)


@login_required
@require_POST
def cancel(request, follow_pk):
    """It is no longer needed."""
    found = one(request, follow_pk)
    if refusal := follow_ups.cancel_refusal(found, request.user):
        raise PermissionDenied(refusal)
    form = CancelForm(request.POST, auto_id="batal-%s")
    if not form.is_valid():
        return follow_up_page(request, found, cancel_form=form)
    follow_ups.cancel(
        found, form.cleaned_data["alasan"], actor=request.user, revision=form.seen_revision
    )
    messages.success(request, "Tindak lanjut dibatalkan.")
    return redirect("discussion:follow_up", found.pk)

"""Single buttons of the talk: settle, take up again, take a comment back."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.access import login_required
from apps.discussion import services
from apps.discussion.views.talk import address, comment_of, may_write, number, thread_of


@login_required
@require_POST
def resolve(request, thread_pk):
    """Only with the last word read: ``terakhir`` names the last comment on the page."""
    thread = thread_of(request, thread_pk)
    seen = number(request.POST.get("terakhir", ""))
    try:
        settled = services.resolve(thread, actor=request.user, seen=seen)
    except services.TalkRefused as refused:
        messages.warning(request, str(refused))
    else:
        _tell(request, settled, "Pembicaraan ditandai selesai.", "Pembicaraan ini sudah selesai.")
    return redirect(address(thread.evidence_id, f"#utas-{thread.pk}"))


@login_required
@require_POST
def reopen(request, thread_pk):
    thread = thread_of(request, thread_pk)
    opened = services.reopen(thread, actor=request.user)
    _tell(request, opened, "Pembicaraan dibuka kembali.", "Pembicaraan ini sudah terbuka.")
    return redirect(address(thread.evidence_id, f"#utas-{thread.pk}"))


@login_required
@require_POST
def take_back(request, comment_pk):
    """One's own comment, within the hour and while nobody has answered."""
    comment = comment_of(request, comment_pk)
    may_write(request.user, comment.thread.evidence)
    try:
        services.take_back(comment, actor=request.user)
    except services.TalkRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, "Komentar ditarik kembali.")
    return redirect(address(comment.thread.evidence_id, f"#komentar-{comment.pk}"))


def _tell(request, changed: bool, done: str, already: str) -> None:
    if changed:
        messages.success(request, done)
    else:
        messages.info(request, already)

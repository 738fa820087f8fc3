"""Talking about an item: write, take back, resolve, reopen. Nothing here touches its status."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.queries import operators_of, verifiers_of
from apps.audit.services import record
from apps.discussion import words
from apps.discussion.enums import TAKE_BACK_FOR
from apps.discussion.models import Comment, Mention, Thread
from apps.discussion.people import readers_of, role_of
from apps.notices.enums import Event
from apps.notices.services import retract, tell
from apps.verification.models import Evidence

READS_ONLY = "Peran Anda hanya membaca pembicaraan ini."
UNREAD = "Ada balasan baru sejak Anda membuka halaman ini. Baca dahulu, lalu tandai selesai."


class TalkRefused(Exception):
    """What was asked can no longer be done; its text is the sentence to show."""


def open_thread(
    evidence: Evidence, text: str, *, actor, token: UUID, about: str = "", mentioned=()
) -> Comment:
    """Begin a thread with its first comment; sent twice it makes one. PermissionDenied for those
    who read only. ``mentioned`` are users who take part in the talk of the region."""
    role = _role(actor, evidence)
    return _once(actor, token, lambda: _begin(evidence, text, actor, role, token, about, mentioned))


def reply(thread: Thread, text: str, *, actor, token: UUID, mentioned=()) -> Comment:
    """Answer in a thread; a settled one is open again, so that the answer is seen."""
    role = _role(actor, thread.evidence)
    return _once(actor, token, lambda: _answer(thread, text, actor, role, token, mentioned))


def _role(actor, evidence) -> str:
    role = role_of(actor, evidence.region)
    if not role:
        raise PermissionDenied(READS_ONLY)
    return role


def _once(actor, token, write) -> Comment:
    """The constraint on (author, token) decides which of two equal forms was the first."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError:
        sent = Comment.objects.filter(author=actor, token=token).select_related("thread").first()
        if sent is None:
            raise
        return sent


def _begin(evidence, text, actor, role, token, about, mentioned) -> Comment:
    thread = Thread.objects.create(evidence=evidence, about=about, opened_by=actor)
    return _write(thread, text, actor, role, token, mentioned)


def _answer(thread, text, actor, role, token, mentioned) -> Comment:
    _hold(thread)
    comment = _write(thread, text, actor, role, token, mentioned)
    if thread.resolved_at is not None:
        _reopen(thread, actor, role)
    return comment


def _hold(thread: Thread) -> None:
    """One at a time in a thread, until the transaction ends; reads it as it is now."""
    held = Thread.objects.select_for_update().get(pk=thread.pk)
    thread.resolved_at, thread.resolved_by_id = held.resolved_at, held.resolved_by_id


def _write(thread, text, actor, role, token, mentioned) -> Comment:
    comment = Comment.objects.create(thread=thread, author=actor, role=role, text=text, token=token)
    Mention.objects.bulk_create(Mention(comment=comment, user=user) for user in mentioned)
    # Without the words: what is taken back is not to be read elsewhere.
    _trace("Menulis komentar", thread, actor, role, comment)
    _tell(comment, mentioned)
    return comment


def _trace(action, thread, actor, role, comment=None) -> None:
    record(
        action,
        thread.evidence,
        actor=actor,
        role=role,
        region=thread.evidence.region,
        after={"pembicaraan": thread.pk} | ({"komentar": comment.pk} if comment else {}),
    )


# --- telling ---------------------------------------------------------------------------------


def _tell(comment: Comment, mentioned) -> None:
    """Those named, then who else took part and the other side; one notice for each person."""
    evidence = comment.thread.evidence
    readers = readers_of(evidence.region)
    named = {user.pk for user in mentioned} - {comment.author_id}
    others = _others(comment) - named - {comment.author_id}
    url = f"{reverse('discussion:talk', args=[evidence.pk])}#komentar-{comment.pk}"
    for event, ids, text in (
        (Event.MENTION, named, words.mention_notice(comment, evidence)),
        (Event.COMMENT, others, words.comment_notice(comment, evidence)),
    ):
        users = [readers[pk] for pk in sorted(ids) if pk in readers]
        tell(users, event, text, url, key=notice_key(comment))


def notice_key(comment: Comment) -> str:
    return f"komentar:{comment.pk}"


def _others(comment: Comment) -> set[int]:
    """Who wrote in this thread before, and whoever answers for the other side."""
    thread = comment.thread
    wrote = set(thread.comments.values_list("author_id", flat=True)) | {thread.opened_by_id}
    evidence = thread.evidence
    if comment.role != Role.OPERATOR:
        return wrote | {user.pk for user in operators_of(evidence.region)}
    judges = {evidence.opened_by_id, evidence.decided_by_id} - {None}
    return wrote | (judges or {user.pk for user in verifiers_of(evidence.region)})


# --- taking back -----------------------------------------------------------------------------


def may_take_back(comment: Comment, later, user, now) -> bool:
    """Own, younger than an hour, and nobody else has written after it (``later`` comments)."""
    return (
        comment.author_id == user.pk
        and comment.taken_back_at is None
        and comment.at >= now - TAKE_BACK_FOR
        and all(other.author_id == user.pk for other in later)
    )


@transaction.atomic
def take_back(comment: Comment, *, actor) -> None:
    """The text goes, with what was told of it; a line stays. Again changes nothing.

    TalkRefused once the hour is over or somebody has answered; PermissionDenied for those of
    others.
    """
    if comment.author_id != actor.pk:
        raise PermissionDenied("Hanya penulisnya yang dapat menarik kembali komentar ini.")
    _hold(comment.thread)  # an answer at the same moment comes before or after
    answered = Comment.objects.filter(thread=OuterRef("thread"), pk__gt=OuterRef("pk"))
    now = timezone.now()
    gone = Comment.objects.filter(
        ~Q(Exists(answered.exclude(author=actor))),
        pk=comment.pk,
        taken_back_at=None,
        at__gte=now - TAKE_BACK_FOR,
    ).update(text="", taken_back_at=now)
    if gone:
        Mention.objects.filter(comment=comment).delete()
        retract(notice_key(comment))
        role = role_of(actor, comment.thread.evidence.region)
        _trace("Menarik kembali komentar", comment.thread, actor, role, comment)
    elif not Comment.objects.filter(pk=comment.pk, taken_back_at__isnull=False).exists():
        raise TalkRefused(_why_not(comment, now))


def _why_not(comment, now) -> str:
    if comment.at < now - TAKE_BACK_FOR:
        why = "Komentar hanya dapat ditarik kembali dalam satu jam."
    else:
        why = "Komentar ini sudah dijawab, jadi tetap."
    return f"{why} Tulis koreksinya sebagai balasan."


# --- settling --------------------------------------------------------------------------------


@transaction.atomic
def resolve(thread: Thread, *, actor, seen: int) -> bool:
    """Settle a thread; False when somebody did so already.

    ``seen`` is the last comment the actor read: TalkRefused when somebody has written since, or
    an answer would be folded away unread.
    """
    role = _role(actor, thread.evidence)
    _hold(thread)
    if thread.comments.filter(pk__gt=seen).exclude(author=actor).exists():
        raise TalkRefused(UNREAD)
    settled = Thread.objects.filter(pk=thread.pk, resolved_at=None).update(
        resolved_at=timezone.now(), resolved_by=actor
    )
    if settled:
        _trace("Menandai pembicaraan selesai", thread, actor, role)
    return bool(settled)


@transaction.atomic
def reopen(thread: Thread, *, actor) -> bool:
    """Take a settled thread up again; False when it is open already."""
    return _reopen(thread, actor, _role(actor, thread.evidence))


def _reopen(thread, actor, role) -> bool:
    opened = Thread.objects.filter(pk=thread.pk, resolved_at__isnull=False).update(
        resolved_at=None, resolved_by=None
    )
    if opened:
        _trace("Membuka kembali pembicaraan", thread, actor, role)
    return bool(opened)

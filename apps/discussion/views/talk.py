"""The page of an item's talk, and writing on it."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import fetch, login_required
from apps.deadlines.queries import local_today
from apps.discussion import queries, services, words
from apps.discussion.forms import CommentForm, ThreadForm
from apps.discussion.items import field_labels, first_pokja, item_address
from apps.discussion.models import Comment, Thread
from apps.discussion.people import role_of, takes_part, talkers_of
from apps.verification.models import Evidence

ABOUT = 120
LONGEST_KEY = 18  # digits of a number of the database


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request, evidence_pk):
    """What is being said about this item, what is still open; and beginning a thread."""
    evidence = item_of(request, evidence_pk)
    if request.method != "POST":
        return talk_page(request, evidence)
    may_write(request.user, evidence)
    form = ThreadForm(
        request.POST,
        fields=field_labels(evidence),
        talkers=talkers_of(evidence.region),
        user=request.user,
    )
    if not form.is_valid():
        return talk_page(request, evidence, form=form)
    comment = services.open_thread(
        evidence,
        form.cleaned_data["teks"],
        actor=request.user,
        token=form.cleaned_data["kunci"],
        about=form.cleaned_data["isian"],
        mentioned=form.mentioned,
    )
    return written(request, comment)


@login_required
@require_POST
def reply(request, thread_pk):
    """An answer in a thread."""
    thread = thread_of(request, thread_pk)
    may_write(request.user, thread.evidence)
    talkers = talkers_of(thread.evidence.region)
    form = CommentForm(request.POST, talkers=talkers, user=request.user, auto_id=_ids(thread))
    if not form.is_valid():
        return talk_page(request, thread.evidence, form=form, thread=thread)
    comment = services.reply(
        thread,
        form.cleaned_data["teks"],
        actor=request.user,
        token=form.cleaned_data["kunci"],
        mentioned=form.mentioned,
    )
    return written(request, comment)


# --- what the talk views share ---------------------------------------------------------------


def item_of(request, pk) -> Evidence:
    """404 out of scope; 403 for observers, who see what is verified and no talk."""
    evidence = fetch(Evidence.objects.select_related("region__province"), request.user, pk=pk)
    if not takes_part(request.user, evidence.region):
        raise PermissionDenied("Pembicaraan hanya untuk petugas dan verifikator berkas ini.")
    return evidence


def thread_of(request, pk) -> Thread:
    rows = Thread.objects.select_related("evidence__region__province")
    return fetch(rows, request.user, pk=pk)


def comment_of(request, pk) -> Comment:
    rows = Comment.objects.select_related("thread__evidence__region__province")
    return fetch(rows, request.user, pk=pk)


def may_write(user, evidence) -> None:
    if not role_of(user, evidence.region):
        raise PermissionDenied(services.READS_ONLY)


def number(text: str) -> int:
    """A number that came with a request; 0, which nothing has, for what is none."""
    good = text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY
    return int(text) if good else 0


def address(evidence_pk: int, anchor: str = "") -> str:
    return reverse("discussion:talk", args=[evidence_pk]) + anchor


def written(request, comment: Comment):
    messages.success(request, "Komentar terkirim.")
    return redirect(address(comment.thread.evidence_id, f"#komentar-{comment.pk}"))


def _ids(thread) -> str:
    """Ids of the fields of a reply: there is one form for each thread on the page."""
    return f"utas-{thread.pk}-%s"


@dataclass
class Said:
    """A comment as one reader sees it."""

    comment: Comment
    may_take_back: bool


@dataclass
class Shown:
    """A thread as one reader sees it; ``form`` to answer, None for those who read only."""

    thread: Thread
    said: list[Said]
    form: CommentForm | None

    @property
    def last_seen(self) -> int:
        """The last comment on the page."""
        return self.said[-1].comment.pk if self.said else 0


def talk_page(request, evidence, *, form=None, thread=None):
    """The page; a form with mistakes stands in its place, with all that was typed."""
    user, now = request.user, timezone.now()
    today = local_today(evidence.region, now)
    pokja = first_pokja(evidence)
    writes = bool(role_of(user, evidence.region))
    talkers = talkers_of(evidence.region) if writes else []
    threads = queries.threads_of(evidence)
    answer = {thread.pk: form} if thread and form else {}
    first = form if form and not thread else None
    if first is None and writes:
        about = request.GET.get("isian", "")[:ABOUT]
        fields = field_labels(evidence)
        first = ThreadForm(fields=fields, about=about, talkers=talkers, user=user)
    shown = [_shown(each, talkers, user, writes, now, answer.get(each.pk)) for each in threads]
    return render(
        request,
        "discussion/talk.html",
        {
            "evidence": evidence,
            "pokja": pokja,
            "zone": evidence.region.timezone_label,
            "heading": words.finding(threads, evidence.title),
            "apart": words.NOT_A_DECISION,
            "taken_back": words.TAKEN_BACK,
            "item_url": item_address(evidence, pokja, user) if pokja else "",
            "open_threads": [each for each in shown if each.thread.is_open],
            "settled": [each for each in shown if not each.thread.is_open],
            "writes": writes,
            "thread_form": first,
            "form": form,
            "others": queries.other_versions(evidence, user),
            "follow_ups": [
                (each, words.lateness(each, today)) for each in queries.follow_ups_on(evidence)
            ],
        },
    )


def _shown(thread, talkers, user, writes, now, form) -> Shown:
    comments = list(thread.comments.all())
    said = [
        Said(each, services.may_take_back(each, comments[at + 1 :], user, now))
        for at, each in enumerate(comments)
    ]
    if form is None and writes:
        form = CommentForm(talkers=talkers, user=user, auto_id=_ids(thread))
    return Shown(thread, said, form)

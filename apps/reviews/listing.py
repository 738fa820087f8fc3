"""The list of replies: filter, order, and what a line says."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, Value, When

from apps.accounts.enums import Role
from apps.core.formats import format_date, format_number
from apps.reviews import words
from apps.reviews.enums import ANSWERED, State
from apps.reviews.models import Objection
from apps.reviews.queries import Window, to_answer_by, with_story

MINE = "jawab"
CHOICES = (
    ("", "Semua"),
    (MINE, "Menunggu jawaban saya"),
    ("terbuka", "Menunggu jawaban"),
    ("dijawab", "Sudah dijawab"),
    ("setuju", "Disetujui daerah"),
    ("ditarik", "Ditarik kembali"),
)
STATES = {
    "terbuka": (State.OPEN,),
    "dijawab": ANSWERED,
    "setuju": (State.AGREED,),
    "ditarik": (State.WITHDRAWN,),
}


@dataclass(frozen=True)
class Filters:
    shown: str = ""

    @property
    def query(self) -> str:
        return f"?{urlencode({'status': self.shown})}" if self.shown else ""


def choices_for(user) -> list[tuple[str, str]]:
    """The filter without what this person never has."""
    answers = user.scope.has_role(Role.COORDINATOR, Role.NATIONAL)
    return [choice for choice in CHOICES if answers or choice[0] != MINE]


def filters_of(values) -> Filters:
    """What does not belong in the address is left out, never an error."""
    asked = values.get("status", "")
    return Filters(asked if asked in dict(CHOICES) else "")


def rows_for(user, filters: Filters):
    """Open first, oldest first; then the rest, the newest first."""
    rows = Objection.objects.for_user(user)
    if filters.shown == MINE:
        rows = to_answer_by(user).filter(state=State.OPEN)
    elif filters.shown:
        rows = rows.filter(state__in=STATES[filters.shown])
    is_open = Case(When(state=State.OPEN, then=Value(0)), default=Value(1))
    rows = rows.annotate(
        closed=is_open,
        waits=Case(
            When(state=State.OPEN, then="id"), default=Value(0), output_field=IntegerField()
        ),
    )
    return with_story(rows).order_by("closed", "waits", "-id")


@dataclass(frozen=True)
class Line:
    """One reply in the list."""

    pk: int
    title: str
    region: str
    decision: str
    by: str
    state: str
    label: str
    since: str


def line(reply: Objection) -> Line:
    zone = reply.evidence.region.timezone_label
    return Line(
        pk=reply.pk,
        title=reply.evidence.title,
        region=reply.evidence.region.label,
        decision=words.DECISION[reply.decision.action],
        by=str(reply.by),
        state=reply.state,
        label=reply.get_state_display(),
        since=words.short_day(reply.answered_at or reply.withdrawn_at or reply.at, zone),
    )


@dataclass(frozen=True)
class WindowLine:
    """A decision that can still be replied to."""

    evidence_pk: int
    title: str
    region: str
    decision: str
    by: str
    last_day: str
    left: str
    is_early: bool


def window_line(window: Window) -> WindowLine:
    decision, item = window.decision, window.decision.evidence
    zone = item.region.timezone_label
    return WindowLine(
        evidence_pk=item.pk,
        title=item.title,
        region=item.region.label,
        decision=f"{words.DECISION[decision.action]} {words.short_day(decision.at, zone)}",
        by=str(decision.actor or ""),
        last_day=format_date(window.last_day),
        left=words.days_left_text(window),
        is_early=window.is_early,
    )


def heading(user, windows, to_answer: int) -> str:
    """What is there for this person, as a sentence."""
    if to_answer:
        return f"{format_number(to_answer)} sanggahan menunggu jawaban Anda"
    if windows:
        return f"{format_number(len(windows))} keputusan masih dapat ditanggapi"
    if user.scope.operator_ids:
        return "Tidak ada keputusan yang menunggu tanggapan"
    return "Tidak ada sanggahan yang menunggu jawaban Anda"

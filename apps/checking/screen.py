"""What the two pages show, put together: rows of the queue, and one item with its checklist."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from apps.accounts.enums import Role
from apps.checking import queries, words
from apps.checking.checklist import Point, points_for, preset
from apps.checking.enums import Shown
from apps.core.formats import format_time
from apps.documents.queries import ELSEWHERE
from apps.documents.texts import SAME_FILE
from apps.evidence.kinds import Adapter, Fact, Table, adapter_for
from apps.evidence.queries import changes_since_return
from apps.verification.citations import citations_of
from apps.verification.enums import OPEN_FOR, Action, Status
from apps.verification.models import Evidence, Note
from apps.verification.queries import holder_of
from apps.verification.services import actions_for, entered_by

OUTCOMES = {
    Status.VERIFIED: "Disetujui",
    Status.RETURNED: "Dikembalikan",
    Status.CANCELLED: "Dibatalkan",
}


OWN_ENTRY = "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."


@dataclass
class Row:
    """One line of the queue."""

    pk: int
    title: str
    region: str
    since: str
    concerns: int | None  # None where the checks no longer matter
    holder: str = ""
    is_own: bool = False
    is_over: bool = False  # it has waited longer than the target
    can_tick: bool = False  # it can be approved together with others


def row_of(evidence: Evidence, user, now: datetime, concerns: int | None, wait=None) -> Row:
    """``wait`` (a deadlines Wait) of a waiting item, None of a decided one."""
    zone = evidence.region.timezone_label
    title = item_title(adapter_for(evidence), queries.pokja_names(evidence))
    holder = holder_of(evidence, user)
    return Row(
        pk=evidence.pk,
        title=title,
        region=evidence.region.label,
        since=_since(evidence, now, zone, wait),
        concerns=concerns,
        is_own=evidence.is_own,
        is_over=bool(wait and wait.is_over),
        can_tick=bool(wait) and not obstacle_for(evidence, user),
        holder=f"{holder} sejak {format_time(evidence.opened_at, zone)}" if holder else "",
    )


def _since(evidence, now, zone, wait) -> str:
    if wait is not None:
        return words.wait_text(wait.days, evidence.submitted_at, now, zone)
    if evidence.decided_at is None:
        return ""
    outcome = OUTCOMES.get(evidence.status, "")
    if words.days_between(evidence.decided_at, now, zone):
        return f"{outcome} {words.days_text(evidence.decided_at, now, zone)} lalu"
    return f"{outcome} {format_time(evidence.decided_at, zone)}"


def item_title(adapter: Adapter, names: list[str]) -> str:
    """SK penetapan, Pokja GDPK."""
    return ", ".join(filter(None, (adapter.label, words.names_text(names))))


def brief_of(evidence: Evidence) -> str:
    """SK Pokja GDPK Kabupaten Wajo: the item inside a sentence."""
    return words.brief_name(
        evidence.kind,
        adapter_for(evidence).label,
        queries.pokja_names(evidence),
        evidence.region.full_name,
    )


@dataclass
class Screen:
    """One item as the checking screen shows it."""

    evidence: Evidence
    adapter: Adapter
    title: str
    zone: str
    facts: list[Fact]
    table: Table | None
    checks: list[tuple[bool, str]]
    document: object
    points: list[Point]
    changes: list[tuple[str, str, str]] | None  # since the return; None where there was none
    notes: list[Note]  # of the last return
    actions: list[str] = field(default_factory=list)
    obstacle: str = ""  # why a waiting item cannot be judged by this person now
    sees_all: bool = False
    has_places: bool = False  # the points can say where in the file their value stands

    @property
    def can_decide(self) -> bool:
        return not self.obstacle and Action.VERIFY in self.actions

    @property
    def has_twin(self) -> bool:
        """Does the very same file stand elsewhere, where this person can look at both?"""
        twins = [sentence for _, sentence in self.checks if sentence.startswith(SAME_FILE)]
        return any(self.sees_all or not twin.endswith(ELSEWHERE) for twin in twins)

    @property
    def can_cancel(self) -> bool:
        return Action.CANCEL in self.actions

    @property
    def can_undo(self) -> bool:
        return Action.UNDO in self.actions

    @property
    def full_title(self) -> str:
        return f"{self.title}, {self.evidence.region.full_name}"


def screen_of(evidence: Evidence, user) -> Screen:
    """Read everything about an item; a constant number of queries for each kind."""
    adapter = adapter_for(evidence)
    facts, table = adapter.facts(evidence), adapter.table(evidence)
    points = points_for(adapter, evidence, facts, table)
    waits = evidence.status == Status.SUBMITTED
    changes = changes_since_return(evidence) if waits else None
    notes = queries.last_notes(evidence) if evidence.is_open else []
    if changes is not None:
        preset(points, adapter, changes, {note.field for note in notes})
    document = adapter.document(evidence)
    cited = citations_of(evidence) if document else {}
    for point in points:
        point.citation = cited.get(point.field)
    return Screen(
        evidence=evidence,
        adapter=adapter,
        zone=evidence.region.timezone_label,
        title=item_title(adapter, queries.pokja_names(evidence)),
        facts=facts,
        table=table,
        checks=adapter.checks(evidence),
        document=document,
        sees_all=user.scope.sees_all,
        has_places=document is not None,
        points=points,
        changes=changes,
        notes=notes,
        actions=actions_for(evidence, user),
        obstacle=obstacle_for(evidence, user),
    )


def obstacle_for(evidence: Evidence, user) -> str:
    """Why this person reads a waiting item only: role, own entry, or somebody has it open."""
    if evidence.status != Status.SUBMITTED:
        return ""
    if not queries.may_judge(user, evidence):
        return _not_ones_own(user, evidence)
    if is_own(evidence, user):
        return OWN_ENTRY
    holder = holder_of(evidence, user)
    if holder is None:
        return ""
    zone = evidence.region.timezone_label
    until = format_time(evidence.opened_at + OPEN_FOR, zone)
    return (
        f"Sedang diperiksa oleh {holder} sejak {format_time(evidence.opened_at, zone)}. Anda "
        f"dapat membacanya; bila belum diputuskan, Anda dapat memeriksanya mulai {until}."
    )


def is_own(evidence: Evidence, user) -> bool:
    """Did this person enter any of it? Lists brought the answer along (``with_own``)."""
    known = getattr(evidence, "is_own", None)
    return entered_by(evidence, user) if known is None else known


def _not_ones_own(user, evidence) -> str:
    if evidence.region.is_province:
        return "Pokja tingkat provinsi diverifikasi oleh Pusat. Anda dapat membacanya."
    if user.scope.has_role(Role.NATIONAL, Role.ADMIN):
        return "Berkas kabupaten/kota diverifikasi oleh provinsinya. Anda dapat membacanya."
    return "Peran Anda tidak memverifikasi berkas ini. Anda dapat membacanya."


def queue_lines(page, user, shown: str, checks: dict[int, list], waits: dict) -> list[Row]:
    """The rows of one page of the queue; ``checks`` and ``waits`` by id, for waiting items."""
    now = timezone.now()
    lines = []
    for evidence in page:
        found = checks.get(evidence.pk, [])
        concerns = sum(not fine for fine, _ in found) if shown == Shown.WAITING else None
        lines.append(row_of(evidence, user, now, concerns, waits.get(evidence.pk)))
    return lines

"""Many items approved at once, after a page that shows what each says and what speaks against it.

Each approval is a transaction of its own: what still stands as the verifier saw it is approved,
and what changed meanwhile is named and left alone. One colleague's faster decision must not cost
the other 23.
"""

from dataclasses import dataclass

from django.db.models import Count
from django.http import Http404
from django.utils import timezone

from apps.checking import queries, words
from apps.checking.checklist import Point, points_for
from apps.checking.screen import brief_of, item_title, obstacle_for
from apps.deadlines.queries import waits_for
from apps.evidence import services
from apps.evidence.checks import checks_for
from apps.evidence.kinds import adapter_for
from apps.verification.enums import Status
from apps.verification.models import Evidence, History, Pin
from apps.verification.services import StepConflict, StepRefused

MOST = 50  # items at once
NOTE = "Disetujui pada pemeriksaan bersama."


@dataclass
class Candidate:
    """One ticked item: its values, what needs a look, and why it cannot be approved here."""

    evidence: Evidence
    title: str
    sent: str
    wait: str
    points: list[Point]
    concerns: list[str]
    obstacle: str
    has_file: bool

    @property
    def is_ticked(self) -> bool:
        """What needs a look is approved only by a tick of its own."""
        return not self.concerns

    @property
    def region(self) -> str:
        return self.evidence.region.full_name


def items_of(user, keys: list[int]) -> list[Evidence]:
    """The items in the order of the queue; 404 when one of them is not this person's to see."""
    rows = queries.with_content(Evidence.objects.for_user(user).filter(pk__in=keys), user)
    items = list(rows.order_by("submitted_at", "pk"))
    seen = all(queries.reviewer_roles(user, item.region) for item in items)
    if len(items) != len(set(keys)) or not seen:
        raise Http404("Berkas tidak ditemukan")
    return items


def candidates(items: list[Evidence], user) -> list[Candidate]:
    """What the check page lists; a constant number of queries for any number of items."""
    waiting = [item for item in items if item.status == Status.SUBMITTED]
    checks, waits = checks_for(waiting), waits_for(waiting, timezone.now())
    extra = _what_hides(waiting)
    found = []
    for item in items:
        concerns = [text for fine, text in checks.get(item.pk, ()) if not fine]
        found.append(_candidate(item, user, waits.get(item.pk), concerns + extra.get(item.pk, [])))
    return found


def _candidate(item: Evidence, user, wait, concerns) -> Candidate:
    adapter = adapter_for(item)
    obstacle = bulk_obstacle(item, user)
    points = [] if obstacle else points_for(adapter, item, adapter.facts(item), adapter.table(item))
    zone = item.region.timezone_label
    return Candidate(
        evidence=item,
        title=item_title(adapter, queries.pokja_names(item)),
        sent=words.sent_sentence(item, zone),
        wait=words.wait_text(wait.days, item.submitted_at, timezone.now(), zone) if wait else "",
        points=points,
        concerns=concerns,
        obstacle=obstacle,
        has_file=not obstacle and adapter.document(item) is not None,
    )


def bulk_obstacle(item: Evidence, user) -> str:
    """Why an item cannot be approved together with others; "" where it can."""
    if item.status != Status.SUBMITTED:
        return f"Berkas ini sudah berubah; sekarang berstatus {item.get_status_display()}."
    return obstacle_for(item, user)


def _what_hides(items) -> dict[int, list[str]]:
    """{pk: what a list of values does not show}: unsent pins, an earlier return. 2 queries."""
    pins = Pin.objects.filter(evidence__in=items, history=None).order_by().values("evidence")
    found = {}
    for row in pins.annotate(count=Count("pk")):
        found.setdefault(row["evidence"], []).append(words.unsent_pins(row["count"]))
    returned = History.objects.filter(evidence__in=items).returns().order_by()
    for pk in returned.values_list("evidence_id", flat=True).distinct():
        found.setdefault(pk, []).append(words.WAS_RETURNED)
    return found


def approve_all(items: list[Evidence], seen: dict[int, int], actor) -> tuple[list, list[str]]:
    """(approved items, one sentence for each that was not); ``seen`` revisions by id."""
    approved, told = [], []
    for item in items:
        if why := _approve(item, seen.get(item.pk, 0), actor):
            told.append(words.not_approved(brief_of(item), why))
        else:
            approved.append(item)
    return approved, told


def _approve(item, revision, actor) -> str:
    if item.revision == revision and (obstacle := bulk_obstacle(item, actor)):
        return obstacle
    try:
        services.verify(item, actor=actor, revision=revision, note=NOTE)
    except StepConflict as conflict:
        deed = words.deed_sentence(conflict.last, item.region.timezone_label)
        return f"{words.CHANGED_MEANWHILE} {deed}".strip()
    except StepRefused as refused:
        return str(refused)
    return ""

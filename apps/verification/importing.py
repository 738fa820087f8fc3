"""Evidence that arrives by file (spec section 7): into which version and state it goes.

A verified version is never overwritten, there is never a second open version, and every item
that changes gets one history row. Everything is written set-based.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import F
from django.utils import timezone

from apps.accounts.enums import Act
from apps.core.importing import Gate, PlanOutdated, chunks, overwrite
from apps.regions.models import Region
from apps.verification.arrivals import imported_evidence, record_imports
from apps.verification.enums import Action, Status
from apps.verification.models import Evidence, History
from apps.verification.services import refusal
from apps.verification.traces import trace_arrivals

# The words of the option --status.
STATUS_WORDS = {
    "draf": Status.DRAFT,
    "diajukan": Status.SUBMITTED,
    "terverifikasi": Status.VERIFIED,
}

KEEP, NEW, IN_PLACE, NEXT = "keep", "new", "in_place", "next"

WAITING = "Bukti ini sedang menunggu verifikasi. Tarik kembali dahulu, atau tunggu keputusannya"

_RANK = {Status.DRAFT: 0, Status.RETURNED: 0, Status.SUBMITTED: 1, Status.VERIFIED: 2}


class Waiting(Exception):
    """The item lies with the verifier and this account may not take it back."""


class Way(NamedTuple):
    """How an item is written (``KEEP`` … ``NEXT``) and the status it then has."""

    how: str
    status: str


def decide(newest: Evidence | None, *, changed: bool, asked: str, actor) -> Way:
    """Where a file's content goes, given the newest version of the item and the state asked for.

    Equal content is left alone unless the state asked for is further on. An open version is
    changed in place, a verified or cancelled one followed by the next version. A returned item
    stays returned when a draft is asked for, so that its notes stay in sight.
    """
    if newest is None:
        return Way(NEW, asked)
    if newest.status == Status.CANCELLED:
        return Way(NEXT, asked)
    if not changed:
        further = _RANK[asked] > _RANK[newest.status]
        return Way(IN_PLACE, asked) if further else Way(KEEP, newest.status)
    if newest.status == Status.VERIFIED:
        return Way(NEXT, asked)
    if newest.status == Status.SUBMITTED and actor and refusal(newest, Action.WITHDRAW, actor):
        raise Waiting(WAITING)
    stays_returned = newest.status == Status.RETURNED and asked == Status.DRAFT
    return Way(IN_PLACE, Status.RETURNED if stays_returned else asked)


def evidence_gate(actor, asked: str) -> Gate:
    """Regions where this account may fill in evidence, and verify where that is asked for."""
    acts = [(Act.EDIT, "mengisi bukti")]
    if asked == Status.VERIFIED:
        acts.append((Act.VERIFY, "memverifikasi bukti"))
    return Gate(actor, *acts)


@dataclass
class Arrival:
    """One piece of evidence of a file. ``evidence`` is the version its content hangs on."""

    how: str
    status: str
    evidence: Evidence
    changed: bool
    before: Evidence | None = None
    title: str = ""


class Arrivals:
    """All evidence of one file, gathered while planning and written in a few statements."""

    def __init__(self, *, asked: str, actor):
        self.asked, self.actor = asked, actor
        self.items: list[Arrival] = []

    def add(self, newest: Evidence | None, *, changed, kind, region, year, title, family=None):
        """Decide about one item; Waiting when it lies with the verifier."""
        how, status = decide(newest, changed=changed, asked=self.asked, actor=self.actor)
        evidence = newest
        if how in (NEW, NEXT):
            evidence = imported_evidence(
                kind=kind,
                region=region,
                year=year,
                title=title,
                actor=self.actor,
                status=status,
                family=newest.family if newest else family,
                version=newest.version + 1 if newest else 1,
            )
        item = Arrival(how, status, evidence, changed, newest, title[:255])
        if how != KEEP:
            self.items.append(item)
        return item

    def write(self) -> None:
        """Save every version and its history; PlanOutdated when somebody changed one meanwhile."""
        if not self.items:
            return
        self._lock()
        moved = [item for item in self.items if item.how == IN_PLACE]
        self._move(moved)
        created = [item.evidence for item in self.items if item.how != IN_PLACE]
        Evidence.objects.bulk_create(created, batch_size=1000)
        record_imports(created, actor=self.actor, roles=self._roles())
        trace_arrivals(
            [
                (item.evidence, "" if item.how != IN_PLACE else item.before.status, item.status)
                for item in self.items
            ],
            actor=self.actor,
            role_in=self._role,
        )

    def _lock(self) -> None:
        """Hold the regions (two files for one region queue up) and the versions relied on."""
        regions = {item.evidence.region_id for item in self.items}
        for part in chunks(sorted(regions)):
            list(
                Region.objects.select_for_update(no_key=True)
                .filter(pk__in=part)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        expected = {
            item.before.pk: (item.before.revision, item.before.status)
            for item in self.items
            if item.before
        }
        for part in chunks(sorted(expected)):
            rows = Evidence.objects.select_for_update().filter(pk__in=part).order_by("pk")
            found = {pk: rest for pk, *rest in rows.values_list("pk", "revision", "status")}
            if any(tuple(found.get(pk, ())) != expected[pk] for pk in part):
                raise PlanOutdated

    def _move(self, moved: list[Arrival]) -> None:
        now = timezone.now()
        history, titled, groups = [], [], {}
        for item in moved:
            old = item.before
            groups.setdefault((old.status, item.status, item.changed), []).append(old.pk)
            history.append(
                History(
                    evidence=old,
                    actor=self.actor,
                    role=self._role(old.region),
                    action=Action.IMPORT,
                    from_status=old.status,
                    to_status=item.status,
                )
            )
            if old.title != item.title:
                old.title = item.title
                titled.append(old)
        for (old_status, status, changed), keys in groups.items():
            marks = self._marks(old_status, status, changed, now)
            for part in chunks(keys):
                Evidence.objects.filter(pk__in=part).update(
                    status=status, revision=F("revision") + 1, **marks
                )
        overwrite(Evidence, titled, ["title"])
        History.objects.bulk_create(history, batch_size=1000)

    def _marks(self, old_status, status, changed, now) -> dict:
        """Who and when. Who sent an item that a file only verifies stays the one who sent it."""
        marks = {"edited_by": self.actor, "edited_at": now} if changed else {}
        only_verified = old_status == Status.SUBMITTED and not changed
        if status in (Status.SUBMITTED, Status.VERIFIED) and not only_verified:
            marks |= {
                "submitted_by": self.actor,
                "submitted_at": now,
                "opened_by": None,
                "opened_at": None,
            }
        if status == Status.VERIFIED:
            marks |= {"decided_by": self.actor, "decided_at": now}
        if status == Status.DRAFT:
            marks |= {
                "submitted_by": None,
                "submitted_at": None,
                "opened_by": None,
                "opened_at": None,
            }
        return marks

    def _role(self, region) -> str:
        if self.actor is None:
            return ""
        act = Act.VERIFY if self.asked == Status.VERIFIED else Act.EDIT
        return self.actor.scope.role_for(act, region)

    def _roles(self) -> dict[int, str]:
        regions = {item.evidence.region_id: item.evidence.region for item in self.items}
        return {pk: self._role(region) for pk, region in regions.items()}

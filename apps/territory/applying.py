"""Confirming: everything at once, or nothing."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.models import Assignment
from apps.accounts.services import add_post, end_post
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_date
from apps.discussion.models import FollowUp
from apps.documents.models import Document, Upload
from apps.pokja.models import Pokja
from apps.regions import changes
from apps.regions.models import Region
from apps.regions.services import add_region
from apps.territory import drafts
from apps.territory.belongings import belongings_of
from apps.territory.enums import ChangeKind, ChangeStatus, Way
from apps.territory.events import note_events
from apps.territory.models import RegionChange
from apps.territory.plan import Plan, plan_for
from apps.verification.models import Evidence

OUTDATED = (
    "Keadaan berubah sejak pratinjau Anda buka. Tidak ada yang diterapkan; periksa pratinjau "
    "terbaru."
)


class ChangeRefused(Exception):
    """The change cannot be confirmed; the message says why."""


def mark_ready(change: RegionChange, *, actor, revision: int, seen: str) -> None:
    """Checked and waiting for its day. Raises Conflict, ChangeRefused."""
    with transaction.atomic():
        before = drafts.touch(change, actor=actor, revision=revision, status=ChangeStatus.READY)
        _agreed_plan(change, revision, seen)
        drafts.log("Menandai perubahan wilayah siap", change, actor=actor, before=before)


@transaction.atomic
def confirm(change: RegionChange, *, actor, revision: int, seen: str) -> Plan:
    """Apply the change. ``seen`` is the key of the plan that was shown.

    Of two people at once one wins and the other gets a Conflict; so does whoever saw another
    state. ChangeRefused when something stands against it or its day has not come.
    """
    if change.in_force_on > timezone.localdate():
        day = format_date(change.in_force_on)
        raise ChangeRefused(f"Perubahan ini berlaku mulai {day}. Sahkan pada hari itu")
    _lock_regions()
    before = drafts.touch(
        change,
        actor=actor,
        revision=revision,
        status=ChangeStatus.CONFIRMED,
        decided_by=actor,
        decided_at=timezone.now(),
    )
    plan = _agreed_plan(change, revision, seen)
    done = _Applying(plan, actor).run()
    RegionChange.objects.filter(pk=change.pk).update(result=done)
    change.result = done
    drafts.log("Mengesahkan perubahan wilayah", change, actor=actor, before=before)
    return plan


def _lock_regions() -> None:
    """One change of regions at a time: two laws may touch the same places. The provinces stand
    for all regions, locked in one order."""
    list(Region.objects.select_for_update(no_key=True).provinces().order_by("pk").values("pk"))


def _agreed_plan(change: RegionChange, revision: int, seen: str) -> Plan:
    """The plan of now, which must be the one that was shown."""
    plan = plan_for(_as_at(change, revision))
    plan.change = change
    if plan.key != seen:
        raise Conflict(OUTDATED)
    if plan.faults:
        raise ChangeRefused(plan.faults[0].words)
    return plan


def _as_at(change: RegionChange, revision: int) -> RegionChange:
    """The change as the page showed it: taking it has already counted its revision up."""
    shown = RegionChange.objects.select_related(
        "region__province", "region__parent", "target__province"
    ).get(pk=change.pk)
    shown.revision = revision
    return shown


class _Applying:
    """The steps of one confirmation, in the order in which codes become free for each other."""

    def __init__(self, plan: Plan, actor):
        self.plan, self.actor = plan, actor
        self.change = plan.change
        self.on, self.basis = self.change.in_force_on, self.change.basis
        self.done = {"regions": [], "pokja": [], "posts": [], "evidence": 0, "documents": 0}

    def run(self) -> dict:
        change = self.change
        place = self._place()
        for region, code in self.plan.moving:
            self._move(region, place, code)
        if change.kind == ChangeKind.MOVE:
            self.done["from"] = change.region.province_id
            self._move(change.region, change.target, change.new_code)
        if change.kind == ChangeKind.RENAME:
            self._rename(change.region)
        if change.kind in (ChangeKind.SPLIT_DISTRICT, ChangeKind.MERGE):
            self._bring_pokja(place)
        self._posts(place)
        if change.kind == ChangeKind.MERGE:
            self._end(change.region, place)
        note_events(self.plan, place)
        return self.done

    def _place(self) -> Region:
        """Where things go: the new region, else the target, else the region itself."""
        change, old = self.change, self.change.region
        if not change.makes_region:
            return change.target or old
        if self.plan.revived:
            region = self.plan.revived
            changes.revive_region(region, on=self.on, basis=self.basis)
            self._rename(region)
        else:
            region = add_region(self._newcomer(), valid_from=self.on, basis=self.basis)
        self.done["made"] = region.pk
        self._log("Membentuk wilayah", region, {}, _facts(region))
        return region

    def _newcomer(self) -> Region:
        change, old = self.change, self.change.region
        return Region(
            name=change.official_name,
            short_name=change.new_name,
            level=change.new_level,
            code=change.new_code,
            parent=None if old.is_province else old.parent,
        )

    def _move(self, region: Region, parent: Region, code: str) -> None:
        before = _facts(region)
        changes.move_region(region, parent, code, on=self.on, basis=self.basis)
        self.done["regions"].append([region.pk, before["kode"]])
        self._log("Memindahkan wilayah", region, before, _facts(region))

    def _rename(self, region: Region) -> None:
        change, before = self.change, _facts(region)
        name, level = change.official_name, change.new_level
        if (name, level) != (region.name, region.level):
            short = change.new_name.removeprefix("Administrasi ")
            changes.rename_region(region, name=name, short_name=short, level=level, on=self.on)
        if change.new_code != region.code:
            changes.move_region(
                region, region.parent, change.new_code, on=self.on, basis=self.basis
            )
        self.done |= {"name": before["nama"], "code": before["kode"], "level": before["tingkat"]}
        self._log("Mengubah nama, kode, atau tingkat wilayah", region, before, _facts(region))

    def _bring_pokja(self, place: Region) -> None:
        """Pokja with all that is theirs; officers and verifiers follow from the region."""
        pokja = self.plan.pokja
        ids = [each.pk for each in pokja]
        # Whoever is just adding an item to one of them finishes first, and it is seen below.
        list(Pokja.objects.select_for_update().filter(pk__in=ids).order_by("pk").values("pk"))
        with_all = self.change.kind == ChangeKind.MERGE
        old = self.change.region
        mine = belongings_of(pokja)
        evidence = Evidence.objects.filter(pk__in=mine.evidence)
        documents = Document.objects.filter(pk__in=mine.documents)
        follow_ups = FollowUp.objects.filter(pokja__in=ids) | FollowUp.objects.filter(
            evidence__in=mine.evidence
        )
        if with_all:  # nothing of a region that ends may be left without officers
            evidence = Evidence.objects.filter(region=old)
            documents = Document.objects.filter(region=old)
            follow_ups = FollowUp.objects.filter(region=old)
            Upload.objects.filter(region=old).update(region=place)
        # Once the items have moved the follow-ups of theirs could not be told any more.
        FollowUp.objects.filter(pk__in=list(follow_ups.values_list("pk", flat=True))).update(
            region=place
        )
        self.done["evidence"] = evidence.update(region=place)
        self.done["documents"] = documents.update(region=place)
        Pokja.objects.filter(pk__in=ids).update(region=place, revision=F("revision") + 1)
        self.done["pokja"] = ids
        for each in pokja:
            self._log(
                "Memindahkan Pokja", each, {"wilayah": str(old)}, {"wilayah": str(place)}, place
            )

    def _posts(self, place: Region) -> None:
        for move in self.plan.posts:
            post = move.post
            if move.way in (Way.MOVE, Way.END):
                end_post(post, actor=self.actor)
            if move.way in (Way.MOVE, Way.ALSO) and not self._held(post, place):
                add_post(
                    post.user,
                    post.role,
                    place,
                    actor=self.actor,
                    acting=post.acting,
                    until=post.until,
                )
            self.done["posts"].append([post.pk, move.way])

    @staticmethod
    def _held(post: Assignment, place: Region) -> bool:
        return Assignment.objects.filter(
            user=post.user_id, role=post.role, region=place, ended_on=None
        ).exists()

    def _end(self, region: Region, place: Region) -> None:
        before = _facts(region)
        changes.end_region(region, place, on=self.on)
        self._log("Menggabungkan wilayah", region, before, {"digabung ke": str(place)})

    def _log(self, action, subject, before, after, region=None) -> None:
        record(
            action,
            subject,
            actor=self.actor,
            role=drafts.role_of(self.actor),
            region=region or subject,
            before=before,
            after=after,
            reason=self.basis,
        )


def _facts(region: Region) -> dict:
    return {
        "kode": region.code,
        "nama": region.name,
        "tingkat": region.level,
        "induk": str(region.parent or ""),
    }

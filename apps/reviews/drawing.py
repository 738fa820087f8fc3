"""Draw verified items for a second look, mark them, close the draw. Nothing of the evidence
changes by any of it."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import User
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import ZONES
from apps.notices.enums import Event
from apps.notices.services import tell
from apps.regions.enums import Level
from apps.reviews import formula, words
from apps.reviews.models import Sample, SampleItem, SampleMark
from apps.reviews.queries import held_posts
from apps.verification.enums import ENTERING, Action, Status
from apps.verification.models import Evidence, History, ReturnReason

SEEDS = 1_000_000_000
DRAWING = (Role.COORDINATOR, Role.NATIONAL)


class NothingToDraw(Exception):
    """No item fits; the sentence says what to change."""


@dataclass(frozen=True)
class Plan:
    """What is asked for. ``region`` is a province, or None for the Pokja of the provinces
    themselves; ``kind`` "" for all; ``verifier`` None to spread evenly."""

    region: object
    since: date
    until: date
    size: int
    kind: str = ""
    verifier: User | None = None


def may_draw(user, region) -> bool:
    """The koordinator for the own province, the national office for any and for province-level
    Pokja."""
    if region is None:
        return user.scope.has_role(Role.NATIONAL)
    return bool(user.scope.roles_in(region) & set(DRAWING))


def may_read(user, sample, takes_part: bool) -> bool:
    """Whoever may draw there, and those who look again; not those whose decisions are looked at."""
    return takes_part or may_draw(user, sample.region)


def people_by_place(places: dict) -> dict[str, list[User]]:
    """{code: who may be asked to look again}, by name; 1 query for any number of places.

    The verifiers and koordinators of a province; the national office for the Pokja of the
    provinces (None). ``is_verifier`` marks those among whom a draw is spread.
    """
    codes = {region and region.pk: code for code, region in places.items()}
    roles = Q(role__in=(Role.VERIFIER, Role.COORDINATOR), region__in=[pk for pk in codes if pk])
    if None in codes:
        roles |= Q(role=Role.NATIONAL)
    posts = held_posts().filter(roles).select_related("user").order_by("user__full_name", "user")
    found: dict[str, dict[int, User]] = {code: {} for code in places}
    for post in posts:
        user = found[codes[post.region_id]].setdefault(post.user_id, post.user)
        judges = post.role != Role.COORDINATOR
        user.is_verifier = getattr(user, "is_verifier", False) or judges
    return {code: list(people.values()) for code, people in found.items()}


def verified_in(plan: Plan):
    """Items verified by somebody (not by file) in the period, on the clock of the place."""
    zone = ZONES[plan.region.timezone_label if plan.region else "WIB"]
    start = datetime.combine(plan.since, time.min, zone)
    end = datetime.combine(plan.until + timedelta(days=1), time.min, zone)
    rows = Evidence.objects.filter(
        _was_decided(), status=Status.VERIFIED, decided_at__gte=start, decided_at__lt=end
    )
    if plan.kind:
        rows = rows.filter(kind=plan.kind)
    if plan.region is None:
        return rows.filter(region__level=Level.PROVINSI)
    return rows.filter(region__province=plan.region).exclude(region__level=Level.PROVINSI)


def _was_decided():
    return Exists(History.objects.standing().filter(evidence=OuterRef("pk"), action=Action.VERIFY))


def eligible_for(evidence_ids: Iterable[int], people: list[User]) -> dict[int, set[int]]:
    """{item: those of the people who neither decided nor entered it}; 1 query."""
    ids, everybody = list(evidence_ids), {user.pk for user in people}
    barred = defaultdict(set)
    involved = History.objects.filter(
        evidence__in=ids, actor__in=everybody, action__in=(*ENTERING, Action.VERIFY, Action.RETURN)
    )
    for item, actor in involved.order_by().values_list("evidence_id", "actor_id").distinct():
        barred[item].add(actor)
    return {item: everybody - barred[item] for item in ids}


def draw_sample(plan: Plan, *, actor, seed: int | None = None) -> Sample:
    """Draw and assign; tells the chosen verifiers. Raises NothingToDraw, or PermissionDenied.

    Fewer than asked are drawn where fewer fit. The seed is invented unless given.
    """
    if not may_draw(actor, plan.region):
        raise PermissionDenied("Tinjauan kedua ditarik oleh koordinator provinsi atau Pusat.")
    people = [plan.verifier] if plan.verifier else _spread_among(plan.region)
    verified = list(verified_in(plan).order_by("pk").values_list("pk", flat=True))
    eligible = {item: who for item, who in eligible_for(verified, people).items() if who}
    if not eligible:
        raise NothingToDraw(words.nothing_to_draw(len(verified)))
    seed = secrets.randbelow(SEEDS) if seed is None else seed
    drawn = formula.draw(eligible, plan.size, seed)
    given = formula.spread({item: eligible[item] for item in drawn}, seed)
    return _save(plan, actor, seed, sorted(eligible), drawn, given)


def _spread_among(region) -> list[User]:
    return [user for user in people_by_place({"": region})[""] if user.is_verifier]


@transaction.atomic
def _save(plan, actor, seed, pool, drawn, given) -> Sample:
    sample = Sample.objects.create(
        region=plan.region,
        kind=plan.kind,
        since=plan.since,
        until=plan.until,
        asked=plan.size,
        seed=seed,
        pool=pool,
        drawn_by=actor,
        drawn_at=timezone.now(),
    )
    decisions = _decisions_on(drawn)
    SampleItem.objects.bulk_create(
        SampleItem(
            sample=sample,
            evidence_id=item,
            decision_id=decisions[item],
            verifier_id=given[item],
            number=number,
        )
        for number, item in enumerate(drawn, start=1)
    )
    _trace("Menarik tinjauan kedua", sample, actor, {"berkas": drawn, "benih": seed})
    _tell_verifiers(sample, given, actor)
    return sample


def _decisions_on(items: list[int]) -> dict[int, int]:
    """{item: the verification that stands}."""
    rows = History.objects.standing().filter(evidence__in=items, action=Action.VERIFY)
    return dict(rows.order_by("id").values_list("evidence_id", "id"))


def _tell_verifiers(sample, given, actor) -> None:
    counts = defaultdict(int)
    for person in given.values():
        counts[person] += 1
    counts.pop(actor.pk, None)
    for user in User.objects.filter(pk__in=counts):
        tell(
            [user],
            Event.SECOND_LOOK,
            words.look_notice(counts[user.pk], sample.place),
            reverse("reviews:samples"),
            key=f"tinjauan:{sample.pk}",
        )


# --- marking ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Verdict:
    """What the second verifier found; ``marks`` are (field, label, topic, is right)."""

    agrees: bool
    marks: tuple[tuple[str, str, str, bool], ...]
    reason: ReturnReason | None = None
    text: str = ""


def refusal(item: SampleItem, user) -> str:
    """Why this person may not mark the item now; "" when they may."""
    if item.verifier_id != user.pk:
        return "Berkas ini diberikan kepada pemeriksa kedua yang lain."
    if item.marked_at:
        return "Anda sudah menandai berkas ini. Tanda yang tersimpan tidak diubah lagi."
    if item.sample.is_closed:
        return "Tinjauan ini sudah ditutup, jadi tidak ada lagi yang ditandai."
    return ""


@transaction.atomic
def save_verdict(item: SampleItem, verdict: Verdict, *, actor) -> None:
    """Keep the marks of one item, once; the last one of a draw closes it.

    Raises PermissionDenied for anybody but the verifier asked, Conflict once the item is marked
    or the draw closed; then nothing is saved.
    """
    if item.verifier_id != actor.pk:
        raise PermissionDenied(refusal(item, actor))
    sample = Sample.objects.select_for_update().get(pk=item.sample_id)
    now = timezone.now()
    saved = not sample.is_closed and SampleItem.objects.filter(pk=item.pk, marked_at=None).update(
        marked_at=now, agrees=verdict.agrees, reason=verdict.reason, text=verdict.text
    )
    if not saved:
        raise Conflict(
            "Tanda Anda tidak disimpan: berkas ini sudah ditandai atau tinjauannya sudah ditutup.",
            url=reverse("reviews:samples"),
            typed=[("Catatan", verdict.text)] if verdict.text else [],
        )
    SampleMark.objects.bulk_create(
        SampleMark(
            item=item,
            number=number,
            field=field,
            label=label[:255],
            topic=topic[:120],
            is_right=right,
        )
        for number, (field, label, topic, right) in enumerate(verdict.marks, start=1)
    )
    found = {"setuju": verdict.agrees, "tidak_sesuai": sum(not mark[3] for mark in verdict.marks)}
    _trace("Menandai tinjauan kedua", item, actor, found, verdict.text)
    if not sample.items.filter(marked_at=None).exists():
        Sample.objects.filter(pk=sample.pk).update(closed_at=now)


@transaction.atomic
def close(sample: Sample, *, actor) -> None:
    """End a draw before all is marked: what is marked counts, the rest is left out."""
    if not may_draw(actor, sample.region):
        raise PermissionDenied("Tinjauan kedua ditutup oleh koordinator provinsi atau Pusat.")
    closed = Sample.objects.filter(pk=sample.pk, closed_at=None).update(
        closed_at=timezone.now(), closed_by=actor
    )
    if not closed:
        raise Conflict(
            "Tinjauan ini sudah selesai atau sudah ditutup.",
            url=reverse("reviews:sample", args=[sample.pk]),
        )
    left = sample.items.filter(marked_at=None).count()
    _trace("Menutup tinjauan kedua", sample, actor, {"belum_ditandai": left})


def _trace(action, subject, actor, after, reason="") -> None:
    place = subject.region if isinstance(subject, Sample) else subject.evidence.region
    held = actor.scope.roles_in(place) if place else {Role.NATIONAL}
    order = (Role.COORDINATOR, Role.VERIFIER, Role.NATIONAL)
    record(
        action,
        subject,
        actor=actor,
        role=next((role for role in order if role in held), ""),
        region=place,
        after=after,
        reason=reason,
    )

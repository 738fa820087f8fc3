"""What a change would do, read from the draft and from how things are now. Reads only.

``faults`` keep it from being confirmed; ``cautions`` do not. ``key`` is the fingerprint of all it
rests on: whoever confirms has seen exactly this.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from apps.accounts.models import Assignment
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.territory import rules, shares
from apps.territory.enums import ChangeKind, Way
from apps.territory.lines import Line, lines_of
from apps.territory.models import RegionChange

EMPTY = "Belum ada {what} yang masuk {new}. Pilih paling sedikit satu"
ALL_LEAVE = "Semua {what} keluar dari {old}. Sisakan paling sedikit satu, atau pilih penggabungan"
WHAT, NEW, SHARE = "apa", "wilayah-baru", "pembagian"


class Fault(NamedTuple):
    """What keeps the change from being confirmed, and the step where it is put right."""

    words: str
    step: str


@dataclass(frozen=True)
class PostMove:
    post: Assignment
    way: str


@dataclass
class Plan:
    change: RegionChange
    lines: list[Line] = field(default_factory=list)
    moving: list[tuple[Region, str]] = field(default_factory=list)  # to the new parent, with code
    pokja: list[Pokja] = field(default_factory=list)
    posts: list[PostMove] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    # The existing provinces whose figures it touches, the old one first; taken before it happens.
    provinces: list[Region] = field(default_factory=list)
    revived: Region | None = None
    key: str = ""

    @property
    def destination(self) -> str:
        """Where things go, as sentences name it."""
        change = self.change
        if change.makes_region:
            return change.new_full_name or "wilayah baru"
        return str(change.target or change.region)

    @property
    def moved_districts(self) -> list[Region]:
        """Kabupaten and kota that come to another province."""
        if self.change.kind == ChangeKind.MOVE:
            return [self.change.region]
        return [region for region, _ in self.moving if region.is_kabkota]

    def can_be_confirmed(self, today: date) -> bool:
        return not self.faults and self.change.in_force_on <= today


def plan_for(change: RegionChange) -> Plan:
    """A constant number of queries, however much goes along."""
    plan = Plan(change, provinces=_provinces(change))
    choices = shares.choices_for(change)
    items = list(change.items.all())
    _take_regions(plan, choices, items)
    _check_what(plan)
    _take_pokja(plan, choices, items)
    _take_posts(plan, choices, items)
    _check_codes(plan)
    if change.kind in shares.SHARED:
        _check_shares(plan, choices)
    plan.lines = lines_of(change, plan.moving, plan.destination)
    plan.key = _fingerprint(plan, choices)
    return plan


def _provinces(change: RegionChange) -> list[Region]:
    found = [change.region.province]
    if change.target and change.target.province_id != found[0].pk:
        found.append(change.target.province)
    return found


def _check_what(plan: Plan) -> None:
    change = plan.change
    region, target = change.region, change.target
    for each in (region, target):
        if each is not None and each.ended_on:
            plan.faults.append(Fault(f"{each} sudah digabung ke wilayah lain", WHAT))
    words = rules.kind_fault(change.kind, region)
    if target is not None:
        words = words or rules.target_fault(change.kind, region, target)
    closing = [region, *(each for each, _ in plan.moving)]
    if change.makes_region:
        closing.remove(region)  # it keeps its code; what does not move stays as it is
    too_early = rules.date_fault(closing, change.in_force_on) if closing else ""
    for fault in filter(None, (words, too_early)):
        plan.faults.append(Fault(fault, WHAT))


def _take_regions(plan: Plan, choices: shares.Choices, items) -> None:
    here = {region.pk: region for region in choices.regions}
    chosen = {item.region_id: item for item in items if item.region_id}
    for pk, item in chosen.items():
        if pk in here:
            plan.moving.append((here[pk], item.code))
        else:
            words = (
                f"{item.region} tidak lagi ada di {plan.change.region}. Simpan ulang pembagiannya"
            )
            plan.faults.append(Fault(words, SHARE))
    if plan.change.kind == ChangeKind.MERGE:
        rest = [region for region in choices.regions if region.pk not in chosen]
        plan.moving += [(region, choices.codes[region.pk]) for region in rest]
    plan.moving.sort(key=lambda pair: pair[0].code)


def _take_pokja(plan: Plan, choices: shares.Choices, items) -> None:
    if plan.change.kind == ChangeKind.MERGE:
        plan.pokja = choices.pokja
        return
    here = {pokja.pk: pokja for pokja in choices.pokja}
    for item in items:
        if item.pokja_id in here:
            plan.pokja.append(here[item.pokja_id])
        elif item.pokja_id:
            words = (
                f"{item.pokja} tidak lagi ada di {plan.change.region}. Simpan ulang pembagiannya"
            )
            plan.faults.append(Fault(words, SHARE))


def _take_posts(plan: Plan, choices: shares.Choices, items) -> None:
    ways = {item.post_id: item for item in items if item.post_id}
    default = Way.MOVE if plan.change.kind == ChangeKind.MERGE else ""
    for post in choices.posts:
        item = ways.pop(post.pk, None)
        if way := item.way if item else default:
            plan.posts.append(PostMove(post, way))
    for item in ways.values():
        words = f"Penugasan {item.post} sudah berakhir. Simpan ulang pembagiannya"
        plan.faults.append(Fault(words, SHARE))


def _wanted(plan: Plan) -> list[tuple[str, str, Region | None, str]]:
    """(code, code of its parent, who is to carry it, step) of every code the change gives."""
    change, found = plan.change, []
    if change.kind != ChangeKind.MERGE:
        carrier = None if change.makes_region else change.region
        found.append((change.new_code, parent_code(change), carrier, NEW))
    below = change.new_code if change.makes_region else change.target.code if change.target else ""
    found += [(code, below, region, SHARE) for region, code in plan.moving]
    return found


def parent_code(change: RegionChange) -> str:
    """The code that the new code of step 2 begins with; empty for a province."""
    if change.kind == ChangeKind.MOVE:
        return change.target.code
    return "" if change.region.is_province else change.region.parent.code


def _check_codes(plan: Plan) -> None:
    change, wanted = plan.change, _wanted(plan)
    codes = [code for code, *_ in wanted if code]
    holders = rules.holders_of(codes)
    own = [carrier.pk for _, _, carrier, _ in wanted if carrier]
    revived = change.region_id if change.makes_region else None
    for code, parent, carrier, step in wanted:
        words = rules.shape_fault(code, parent) or rules.taken_fault(
            code, holders, own=carrier and carrier.pk, revived=None if carrier else revived
        )
        if not words and codes.count(code) > 1:
            words = f"Kode {code} diberikan kepada lebih dari satu wilayah. Isi kode lain"
        if words:
            plan.faults.append(Fault(words, step))
        else:
            level = carrier.level if carrier and carrier != change.region else change.new_level
            plan.cautions += filter(None, [rules.level_word(code, level)])
    if change.kind != ChangeKind.MERGE and not change.new_name:
        plan.faults.append(Fault("Isi nama wilayah baru", NEW))
    if change.makes_region and not any(fault.step == NEW for fault in plan.faults):
        plan.revived = holders.get(change.new_code)
    if plan.revived:
        own.append(plan.revived.pk)
    plan.cautions += rules.formerly_fault(codes, [*own, change.region_id]).values()


def _check_shares(plan: Plan, choices: shares.Choices) -> None:
    change = plan.change
    if change.kind == ChangeKind.MERGE:
        return
    is_province = change.kind == ChangeKind.SPLIT_PROVINCE
    what = "kabupaten/kota" if is_province else "kecamatan"
    if not choices.regions:
        if is_province:
            plan.faults.append(Fault(EMPTY.format(what=what, new=plan.destination), SHARE))
        return
    if not plan.moving:
        plan.faults.append(Fault(EMPTY.format(what=what, new=plan.destination), SHARE))
    elif len(plan.moving) == len(choices.regions):
        plan.faults.append(Fault(ALL_LEAVE.format(what=what, old=change.region), SHARE))


def _fingerprint(plan: Plan, choices: shares.Choices) -> str:
    change = plan.change
    regions = [change.region, change.target, *choices.regions]
    if change.kind in (ChangeKind.MOVE, ChangeKind.RENAME):
        here = [change.region]
        choices = shares.Choices(pokja=shares.pokja_in(here), posts=shares.posts_in(here))
    facts = [
        change.pk,
        change.revision,
        [
            (each.pk, each.code, each.name, each.level, each.parent_id, str(each.ended_on))
            for each in regions
            if each is not None
        ],
        [(each.pk, each.region_id, each.revision) for each in choices.pokja],
        [(each.pk, each.role, each.user_id) for each in choices.posts],
        [(fault.words, fault.step) for fault in plan.faults],
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]

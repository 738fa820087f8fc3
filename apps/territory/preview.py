"""Step 4: all that would change, beside what needs a hand afterwards."""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Assignment
from apps.effectiveness.official import effective_regions, official_figure
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.territory.belongings import Belongings, belongings_of
from apps.territory.enums import ChangeKind, Way
from apps.territory.handwork import handwork
from apps.territory.people import Reach, reaches
from apps.territory.plan import Plan
from apps.verification.enums import Status
from apps.verification.models import Evidence

NEW = -1  # stands for the id of the region that is still to be made
CANNOT = "tidak dapat dinilai"


class OpenItems(NamedTuple):
    """What is under way in a region that changes hands, and who judges it then."""

    region: str
    waiting: int
    returned: int
    drafts: int
    judges: str


class Figures(NamedTuple):
    """The official figure of a province, before and after."""

    province: str
    before: str
    after: str


@dataclass
class Preview:
    plan: Plan
    people: list[Reach] = field(default_factory=list)
    pokja: list[tuple[str, list[Pokja]]] = field(default_factory=list)
    items: list[OpenItems] = field(default_factory=list)
    figures: list[Figures] = field(default_factory=list)
    hand: list[str] = field(default_factory=list)
    year: int = 0
    below: int = 0  # kecamatan and desa that get new codes with their region


def preview_of(plan: Plan) -> Preview:
    """A constant number of queries, however much goes along."""
    mine = belongings_of(plan.pokja)
    preview = Preview(plan, year=timezone.localdate().year)
    preview.people = reaches(plan)
    preview.pokja = [(plan.destination, plan.pokja)] if plan.pokja else []
    preview.items = _open_items(plan, mine)
    preview.figures = _figures(plan, preview.year)
    preview.hand = handwork(plan, mine)
    preview.below = _below(plan)
    return preview


def _below(plan: Plan) -> int:
    """How many lie below the regions whose code changes, beyond those that are listed."""
    listed = [line.region for line in plan.lines if line.region and line.new_code != line.old_code]
    if plan.change.kind == ChangeKind.MERGE:
        listed = [region for region, _ in plan.moving]
    parents = [region.pk for region in listed]
    rows = Region.objects.existing().filter(parent__in=parents).exclude(pk__in=parents)
    deeper = Region.objects.existing().filter(parent__parent__in=parents).exclude(pk__in=parents)
    return rows.count() + deeper.exclude(parent__in=parents).count()


# --- queues ----------------------------------------------------------------------------------
def _open_items(plan: Plan, mine: Belongings) -> list[OpenItems]:
    rows = Evidence.objects.filter(status__in=(Status.SUBMITTED, Status.RETURNED, Status.DRAFT))
    if plan.moved_districts:
        rows = rows.filter(region__in=[region.pk for region in plan.moved_districts])
    elif plan.change.kind == ChangeKind.MERGE:
        rows = rows.filter(region=plan.change.region)
    elif plan.pokja:
        rows = rows.filter(pk__in=mine.evidence)
    else:
        return []
    counts: dict[str, Counter] = {}
    grouped = rows.order_by("region__code").values_list("region__name", "status")
    for name, status, number in grouped.annotate(Count("pk")):
        counts.setdefault(name, Counter())[status] += number
    judges = judges_after(plan) if counts else ""
    return [
        OpenItems(
            name, found[Status.SUBMITTED], found[Status.RETURNED], found[Status.DRAFT], judges
        )
        for name, found in counts.items()
    ]


def judges_after(plan: Plan) -> str:
    """Who verifies what moves, by name: those of the province it then lies in."""
    change = plan.change
    if change.kind == ChangeKind.SPLIT_PROVINCE:
        posts = [
            move.post
            for move in plan.posts
            if move.post.role in (Role.VERIFIER, Role.COORDINATOR)
            and move.way in (Way.MOVE, Way.ALSO)
        ]
    else:
        place = change.target.province if change.target else change.region.province
        posts = Assignment.objects.filter(
            region=place, role__in=(Role.VERIFIER, Role.COORDINATOR), ended_on=None
        ).select_related("user")
    names = list(dict.fromkeys(str(post.user) for post in posts))
    return ", ".join(names) or "belum ada verifikator"


# --- figures ---------------------------------------------------------------------------------
def _figures(plan: Plan, year: int) -> list[Figures]:
    """The official figures of the running year, counted where things lie now and would lie."""
    ids = [province.pk for province in plan.provinces]
    regions = list(Region.objects.with_pokja_level().filter(province__in=ids))
    items = assess(Pokja.objects.filter(region__province__in=ids), year)
    rules = rules_for(year)
    before = {region.pk: (region.province_id, region.is_province) for region in regions}
    after, moved = _after(plan, before), _moved_pokja(plan)
    later = [replace(item, region_id=moved.get(item.pokja_id, item.region_id)) for item in items]
    names = {province.pk: str(province) for province in plan.provinces}
    if plan.change.kind == ChangeKind.SPLIT_PROVINCE:
        names[NEW] = plan.destination
    return [
        Figures(name, _text(rules, items, before, pk), _text(rules, later, after, pk))
        for pk, name in names.items()
    ]


def _after(plan: Plan, before: dict) -> dict:
    """Region id -> (province id, is it a province?), as it would be."""
    change, after = plan.change, dict(before)
    if change.kind == ChangeKind.SPLIT_PROVINCE:
        after[NEW] = (NEW, True)
    elif change.kind == ChangeKind.SPLIT_DISTRICT:
        after[NEW] = (change.region.province_id, False)
    elif change.kind == ChangeKind.MERGE:
        after.pop(change.region_id, None)
    province = NEW if change.kind == ChangeKind.SPLIT_PROVINCE else change.target_id
    for region in plan.moved_districts:
        after[region.pk] = (province, False)
    return after


def _moved_pokja(plan: Plan) -> dict[int, int]:
    place = plan.change.target_id or NEW
    return {pokja.pk: place for pokja in plan.pokja}


def _text(rules, items, where: dict, province_id: int) -> str:
    area = {
        pk: is_province for pk, (province, is_province) in where.items() if province == province_id
    }
    if not area:
        return "–"
    figure = official_figure(effective_regions(rules.region_rule, items) if rules else None, area)
    return figure.text if figure else CANNOT

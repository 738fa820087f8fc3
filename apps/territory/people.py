"""Whose reach changes, by name, with what they will see."""

from dataclasses import dataclass

from apps.accounts.enums import Role
from apps.accounts.models import Assignment
from apps.accounts.scope import PROVINCE_WIDE
from apps.territory.enums import ChangeKind, Way
from apps.territory.events import listed
from apps.territory.plan import Plan
from apps.territory.shares import posts_in


@dataclass(frozen=True)
class Reach:
    """A person, the post they hold now, and what becomes of what they see."""

    person: str
    post: str
    after: str


def reaches(plan: Plan) -> list[Reach]:
    """Everybody concerned: those of the region, of the target and of what moves; 1 query more
    than there are places to ask."""
    change = plan.change
    ways = {move.post.pk: move.way for move in plan.posts}
    places = [change.region, change.target, *plan.provinces, *plan.moved_districts]
    found = []
    for post in posts_in({each.pk for each in places if each is not None}):
        if words := _after(plan, post, ways.get(post.pk, "")):
            found.append(Reach(str(post.user), str(post), words))
    return found


def _after(plan: Plan, post: Assignment, way: str) -> str:
    """What the person sees afterwards; empty where nothing changes for them."""
    change = plan.change
    if post.region_id == change.region_id and way:
        return _with_way(plan, post, way)
    if post.role in PROVINCE_WIDE:
        return _province_wide(plan, post)
    if post.region_id == change.region_id:
        return _of_the_region(plan, post)
    if change.target and post.region_id == change.target_id:
        return _of_the_target(plan, post)
    if post.region_id in {region.pk for region in plan.moved_districts}:
        return _of_a_moved_district(plan)
    return ""


def _with_way(plan: Plan, post: Assignment, way: str) -> str:
    role = Role(post.role).label
    if way == Way.END:
        return "Penugasan ini berakhir; riwayatnya tetap atas namanya"
    if way == Way.ALSO:
        return f"Tetap, dan menjadi {role} {plan.destination} juga: {_brought(plan, post)}"
    if plan.change.kind == ChangeKind.MERGE:
        return (
            f"Menjadi {role} {plan.destination}: {_brought(plan, post)} dan yang sudah ada di sana"
        )
    return (
        f"Menjadi {role} {plan.destination}: {_brought(plan, post)}; "
        f"tidak lagi {plan.change.region}"
    )


def _brought(plan: Plan, post: Assignment) -> str:
    """What comes with the change, as far as this post would reach it."""
    if post.role in PROVINCE_WIDE and plan.moved_districts:
        return listed(plan.moved_districts)
    if plan.pokja:
        return f"{len(plan.pokja)} Pokja"
    return "belum ada Pokja"


def _province_wide(plan: Plan, post: Assignment) -> str:
    moved = listed(plan.moved_districts)
    if not moved:
        if plan.change.kind == ChangeKind.RENAME and post.region_id == plan.change.region_id:
            return _renamed(plan)
        return ""
    if post.region_id == plan.provinces[0].pk:
        return f"Tidak lagi menjangkau {moved}"
    return f"Menjangkau juga {moved}"


def _of_the_region(plan: Plan, post: Assignment) -> str:
    kind = plan.change.kind
    if kind == ChangeKind.RENAME:
        return _renamed(plan)
    if kind == ChangeKind.MOVE:
        return _of_a_moved_district(plan)
    if kind == ChangeKind.SPLIT_DISTRICT and plan.pokja:
        return f"Tidak lagi memegang {len(plan.pokja)} Pokja yang pindah ke {plan.destination}"
    return ""


def _of_the_target(plan: Plan, post: Assignment) -> str:
    if plan.change.kind != ChangeKind.MERGE or not plan.pokja:
        return ""
    return f"Memegang juga {len(plan.pokja)} Pokja dari {plan.change.region}"


def _of_a_moved_district(plan: Plan) -> str:
    return (
        f"Tetap; berkasnya diperiksa verifikator {plan.destination}, dasbor provinsinya ikut pindah"
    )


def _renamed(plan: Plan) -> str:
    return f"Tetap; nama penugasannya menjadi {plan.lines[0].new_name} ({plan.lines[0].new_code})"

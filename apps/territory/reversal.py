"""A change back: a draft of its own, filled in from what was done. Nothing is undone by itself."""

from django.db import transaction
from django.utils import timezone

from apps.accounts.models import Assignment
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.territory import drafts
from apps.territory.enums import ChangeKind, Way
from apps.territory.models import RegionChange, RegionChangeItem


class CannotReverse(Exception):
    """There is no change that would bring this one back; the message says why."""


@transaction.atomic
def draft_reversal(change: RegionChange, *, actor) -> RegionChange:
    """A draft that would bring back what this confirmed change did; law and date are to be set.

    Raises CannotReverse where a region it needs is gone.
    """
    made = Region.objects.filter(pk=change.result.get("made")).first()
    facts = _facts(change, made)
    draft = drafts.start_change(
        actor=actor,
        in_force_on=timezone.localdate(),
        basis=f"Kebalikan dari {change.basis}"[:160],
        note=f"Kebalikan dari: {change}.",
        reverses=change,
        **facts,
    )
    _fill(draft, change)
    return draft


def _facts(change: RegionChange, made: Region | None) -> dict:
    if change.makes_region:
        if made is None or made.ended_on:
            raise CannotReverse("Wilayah yang dibentuk sudah tidak ada.")
        return {"kind": ChangeKind.MERGE, "region": made, "target": change.region}
    if change.kind == ChangeKind.MERGE:
        splits = {True: ChangeKind.SPLIT_PROVINCE, False: ChangeKind.SPLIT_DISTRICT}
        return {"kind": splits[change.target.is_province], "region": change.target}
    if change.kind == ChangeKind.MOVE:
        old = Region.objects.filter(pk=change.result.get("from")).first()
        return {"kind": ChangeKind.MOVE, "region": change.region, "target": old}
    return {"kind": ChangeKind.RENAME, "region": change.region}


def _fill(draft: RegionChange, change: RegionChange) -> None:
    """Old codes, names, Pokja and posts, as far as they are still there."""
    done = change.result
    if change.kind == ChangeKind.MERGE:
        gone = change.region
        draft.new_code, draft.new_level = gone.code, gone.level
        draft.new_name = gone.name.removeprefix(f"{gone.get_level_display()} ")
    elif change.kind == ChangeKind.MOVE:
        draft.new_code = done["regions"][0][1]
    elif change.kind == ChangeKind.RENAME:
        level = done["level"]
        draft.new_code, draft.new_level = done["code"], level
        draft.new_name = done["name"].removeprefix(f"{level.capitalize()} ")
    draft.save(update_fields=["new_code", "new_name", "new_level"])
    if change.kind in (ChangeKind.MOVE, ChangeKind.RENAME):
        return
    here = set(Region.objects.filter(parent=draft.region).values_list("pk", flat=True))
    items = [
        RegionChangeItem(change=draft, region_id=pk, code=code)
        for pk, code in done["regions"]
        if pk in here
    ]
    if change.kind == ChangeKind.MERGE:
        ids = Pokja.objects.filter(pk__in=done["pokja"], region=draft.region)
        items += [RegionChangeItem(change=draft, pokja=each) for each in ids]
        items += _posts_back(draft, done)
    RegionChangeItem.objects.bulk_create(items)


def _posts_back(draft: RegionChange, done: dict) -> list[RegionChangeItem]:
    """Whoever came along with the region goes back with it."""
    moved = [pk for pk, way in done["posts"] if way == Way.MOVE]
    people = Assignment.objects.filter(pk__in=moved).values_list("user", "role")
    held = Assignment.objects.filter(region=draft.region, ended_on=None)
    return [
        RegionChangeItem(change=draft, post=post, way=Way.MOVE)
        for post in held
        if (post.user_id, post.role) in set(people)
    ]

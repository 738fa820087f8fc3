"""Writing a draft: it changes nothing but itself until it is confirmed."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.enums import Role
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.territory.enums import OPEN, SPLITS, ChangeStatus
from apps.territory.models import RegionChange, RegionChangeItem

TRACED = ("kind", "region", "target", "in_force_on", "basis", "new_code", "new_name", "new_level")
STALE = (
    "Perubahan ini sudah diubah atau diputuskan orang lain. Muat ulang untuk melihat keadaannya."
)


def role_of(actor) -> str:
    """The role somebody changes regions in, for the record."""
    if actor is None:
        return ""
    return Role.ADMIN if actor.is_superuser else Role.NATIONAL


def log(action: str, change: RegionChange, *, actor, before=None, reason="") -> None:
    after = {name: getattr(change, name) for name in (*TRACED, "status")}
    record(
        action,
        change,
        actor=actor,
        role=role_of(actor),
        region=change.region,
        before=before,
        after=after,
        reason=reason,
    )


@transaction.atomic
def start_change(*, actor, **facts) -> RegionChange:
    """A new draft of step 1: kind, region, target, in_force_on, basis, note."""
    change = RegionChange(created_by=actor, edited_by=actor, **facts)
    _fill_for_kind(change)
    change.save(force_insert=True)
    log("Membuat draf perubahan wilayah", change, actor=actor)
    return change


def _fill_for_kind(change: RegionChange) -> None:
    """What step 2 starts from: of a region that only changes, its own code, name and level."""
    own = change.region
    change.new_level = own.level
    change.new_code, change.new_name = "", ""
    if change.kind not in SPLITS:
        change.new_name = own.name.removeprefix(f"{own.get_level_display()} ")
        change.new_code = own.code


def _before(change: RegionChange) -> dict:
    stored = RegionChange.objects.select_related("region", "target").get(pk=change.pk)
    return {name: getattr(stored, name) for name in (*TRACED, "status")}


def touch(change: RegionChange, *, actor, revision: int, **fields) -> dict:
    """Write if nobody has since ``revision``; a draft that was ready is to be checked again.

    Returns the facts before. Raises Conflict.
    """
    before = _before(change)
    fields = {"status": ChangeStatus.DRAFT} | fields
    written = RegionChange.objects.filter(pk=change.pk, revision=revision, status__in=OPEN).update(
        **fields, revision=F("revision") + 1, edited_by=actor, edited_at=timezone.now()
    )
    if not written:
        raise Conflict(STALE)
    change.refresh_from_db()
    return before


@transaction.atomic
def change_what(change: RegionChange, *, actor, revision: int, **facts) -> bool:
    """Step 1 again. Another kind or region makes the later steps start anew: returns True."""
    anew = any(getattr(change, name) != facts[name] for name in ("kind", "region", "target"))
    if anew:
        trial = RegionChange(**facts)
        _fill_for_kind(trial)
        facts |= {name: getattr(trial, name) for name in ("new_code", "new_name", "new_level")}
    before = touch(change, actor=actor, revision=revision, **facts)
    if anew:
        change.items.all().delete()
    log("Mengubah draf perubahan wilayah", change, actor=actor, before=before)
    return anew


@transaction.atomic
def change_new(
    change: RegionChange, *, actor, revision: int, new_code: str, new_name: str, new_level: str
) -> None:
    """Step 2. Codes below a new code that were chosen already begin with it from now on."""
    old = change.new_code
    before = touch(
        change,
        actor=actor,
        revision=revision,
        new_code=new_code,
        new_name=new_name,
        new_level=new_level,
    )
    if old and old != new_code:
        for item in change.items.filter(code__startswith=f"{old}."):
            item.code = new_code + item.code.removeprefix(old)
            item.save(update_fields=["code"])
    log("Mengubah draf perubahan wilayah", change, actor=actor, before=before)


def _shares(change: RegionChange) -> dict[str, str]:
    """{what is shared out: its new code, or what becomes of a post}, in the words of the trail."""
    items = change.items.select_related("region", "pokja", "post__user", "post__region")
    return {_share_words(each): each.code or each.get_way_display() for each in items}


def _share_words(item: RegionChangeItem) -> str:
    return f"{item.post}: {item.post.user}" if item.post else str(item)


@transaction.atomic
def change_share(
    change: RegionChange,
    *,
    actor,
    revision: int,
    regions: dict[int, str],
    pokja: list[int] = (),
    posts: dict[int, str] | None = None,
) -> None:
    """Step 3: region ids with their new codes, Pokja ids, post ids with what becomes of them."""
    before = touch(change, actor=actor, revision=revision)
    old = _shares(change)
    change.items.all().delete()
    items = [
        RegionChangeItem(change=change, region_id=pk, code=code) for pk, code in regions.items()
    ]
    items += [RegionChangeItem(change=change, pokja_id=pk) for pk in pokja]
    items += [
        RegionChangeItem(change=change, post_id=pk, way=way)
        for pk, way in (posts or {}).items()
        if way
    ]
    RegionChangeItem.objects.bulk_create(items)
    change.refresh_from_db()
    new = _shares(change)
    role = role_of(actor)
    record(
        "Mengubah pembagian perubahan wilayah",
        change,
        actor=actor,
        role=role,
        region=change.region,
        before={**old, "status": before["status"]},
        after={**new, "status": change.status},
    )


@transaction.atomic
def drop_change(change: RegionChange, *, actor, revision: int) -> None:
    """Nothing comes of it; the draft stays to be read."""
    before = touch(
        change,
        actor=actor,
        revision=revision,
        status=ChangeStatus.DROPPED,
        decided_by=actor,
        decided_at=timezone.now(),
    )
    log("Membatalkan draf perubahan wilayah", change, actor=actor, before=before)

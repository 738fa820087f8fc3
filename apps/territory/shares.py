"""What could go along with a change: the regions, Pokja and posts to choose from, with the codes
that offer themselves."""

from dataclasses import dataclass, field

from apps.accounts.models import Assignment
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region
from apps.territory.enums import ChangeKind, Way
from apps.territory.models import RegionChange
from apps.territory.rules import FIRST_KOTA

# Kinds with a step "what goes where".
SHARED = (ChangeKind.SPLIT_PROVINCE, ChangeKind.SPLIT_DISTRICT, ChangeKind.MERGE)


@dataclass
class Choices:
    """All that lies in the region now, in the order of the page."""

    regions: list[Region] = field(default_factory=list)
    pokja: list[Pokja] = field(default_factory=list)
    posts: list[Assignment] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)  # region id -> code that offers itself


def children_of(region: Region) -> list[Region]:
    rows = Region.objects.existing().filter(parent=region)
    return list(rows.select_related("province", "parent").order_by("code"))


def posts_in(regions) -> list[Assignment]:
    """The posts held over exactly these regions."""
    rows = Assignment.objects.filter(region__in=regions, ended_on=None)
    return list(rows.select_related("user", "region").order_by("role", "user__full_name", "pk"))


def pokja_in(regions) -> list[Pokja]:
    """Every Pokja of these regions, those that ended included: they keep their past."""
    rows = Pokja.objects.filter(region__in=regions)
    return list(rows.select_related("region").order_by("region__code", "code"))


def choices_for(change: RegionChange) -> Choices:
    """3 queries, 1 more for a merger."""
    if change.kind not in SHARED:
        return Choices()
    regions = children_of(change.region)
    pokja = [] if change.kind == ChangeKind.SPLIT_PROVINCE else pokja_in([change.region])
    return Choices(regions, pokja, posts_in([change.region]), _codes(change, regions))


def _codes(change: RegionChange, regions: list[Region]) -> dict[int, str]:
    """The own number below the new code, or the next free one where it is taken."""
    parent, taken = change.new_code, set()
    if change.kind == ChangeKind.MERGE:
        parent = change.target.code
        taken = {region.code for region in children_of(change.target)}
    found = {}
    for region in regions:
        number = int(region.code[-2:])
        if f"{parent}.{number:02}" in taken:
            number = FIRST_KOTA if region.level == Level.KOTA else 1
        while f"{parent}.{number:02}" in taken and number < 99:
            number += 1
        found[region.pk] = f"{parent}.{number:02}"
        taken.add(found[region.pk])
    return found


def ways_for(change: RegionChange) -> list[tuple[str, str]]:
    """What may become of a post: (stored word, label); the first is the default."""
    if change.kind == ChangeKind.MERGE:
        return [(Way.MOVE, f"Pindah ke {change.target}"), (Way.END, Way.END.label)]
    new = change.new_full_name or "wilayah baru"
    return [
        ("", f"Tetap di {change.region}"),
        (Way.MOVE, f"Pindah ke {new}"),
        (Way.ALSO, "Keduanya"),
    ]

"""What those who read a trend are told of a change: a sentence for each region it concerns."""

from apps.core.formats import format_date
from apps.regions.changes import note_event
from apps.regions.models import Region
from apps.territory.enums import ChangeKind
from apps.territory.plan import Plan

NAMED = 5  # more are counted


def listed(regions) -> str:
    """ "Bone dan Wajo"; of many the first five, "… dan 4 lainnya"."""
    names = [region.label for region in regions]
    if len(names) > NAMED:
        return f"{', '.join(names[:NAMED])} dan {len(names) - NAMED} lainnya"
    return " dan ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""


def note_events(plan: Plan, place: Region) -> None:
    """Both provinces, and each region that moved, was made or took another in."""
    change, tell = plan.change, _Teller(plan)
    old, kind = change.region, change.kind
    if kind == ChangeKind.SPLIT_PROVINCE:
        tell(old, f"{listed(plan.moved_districts)} pindah ke {place}")
        tell(place, f"dibentuk dari {old} dengan {listed(plan.moved_districts)}")
    elif kind == ChangeKind.SPLIT_DISTRICT:
        tell(old, f"dimekarkan menjadi {old.label} dan {place.label}")
        tell(place, f"dibentuk dari {old}")
        tell(old.province, f"{place} dibentuk dari {old}")
    elif kind == ChangeKind.MERGE:
        tell(place, f"{old} digabung ke {place}")
        if not place.is_province:
            tell(place.province, f"{old} digabung ke {place}")
    elif kind == ChangeKind.MOVE:
        tell(plan.provinces[0], f"{old} pindah ke {place}")
        tell(place, f"{old} masuk dari {plan.provinces[0]}")
    else:
        tell(old, f"{plan.lines[0].old_name} ({plan.lines[0].old_code}) menjadi {old} ({old.code})")
    for region in plan.moved_districts:
        tell(region, f"pindah dari {plan.provinces[0]} ke {region.province}")


class _Teller:
    def __init__(self, plan: Plan):
        self.on = plan.change.in_force_on
        self.since = f"sejak {format_date(self.on)}"

    def __call__(self, region: Region, words: str) -> None:
        words = words[:1].upper() + words[1:]
        note_event(region, self.on, f"{words} {self.since}")

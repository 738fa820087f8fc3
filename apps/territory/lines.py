"""The regions of a change, each before and after."""

from dataclasses import dataclass

from apps.regions.models import Region
from apps.territory import shares
from apps.territory.enums import ChangeKind
from apps.territory.models import RegionChange


@dataclass(frozen=True)
class Line:
    """A region before and after; ``region`` None is the one to be made. Codes and full names."""

    region: Region | None
    old_code: str
    new_code: str
    old_name: str
    new_name: str
    old_parent: str
    new_parent: str

    @property
    def changes_name(self) -> bool:
        return self.old_name != self.new_name

    @property
    def changes_parent(self) -> bool:
        return self.old_parent != self.new_parent


def lines_of(change: RegionChange, moving, destination: str) -> list[Line]:
    """A line for each region that is made or changes; ``moving`` are (region, new code) pairs."""
    region = change.region
    lines = []
    if change.makes_region:
        parent = "–" if region.is_province else str(region.parent)
        lines.append(Line(None, "", change.new_code, "", change.new_full_name, "", parent))
    elif change.kind == ChangeKind.MERGE:
        old = str(region.parent or "–")
        lines.append(
            Line(
                region,
                region.code,
                change.target.code,
                str(region),
                f"bagian dari {change.target}",
                old,
                old,
            )
        )
    else:
        parent = str(region.parent or "–")
        lines.append(
            Line(
                region,
                region.code,
                change.new_code,
                str(region),
                change.new_full_name,
                parent,
                str(change.target) if change.target else parent,
            )
        )
    for each, code in moving:
        lines.append(Line(each, each.code, code, str(each), str(each), str(region), destination))
    return lines + _lines_below(change)


def _lines_below(change: RegionChange) -> list[Line]:
    """Kabupaten and kota of a province that gets another code; what lies deeper is counted."""
    if change.kind != ChangeKind.RENAME or not change.region.is_province:
        return []
    old, new = change.region.code, change.new_code
    if old == new:
        return []
    return [
        Line(
            each,
            each.code,
            new + each.code.removeprefix(old),
            str(each),
            str(each),
            str(change.region),
            change.new_full_name,
        )
        for each in shares.children_of(change.region)
    ]

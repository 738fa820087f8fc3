"""What happens to regions by law: another parent, another name or level, the end of one.

Each leaves the past findable: old codes (``RegionCode``) and old names (``RegionName``) lead on to
the region. Callers hold a transaction and have asked whether the change makes sense.
"""

from datetime import date, timedelta

from apps.core.importing import chunks
from apps.regions.enums import CodeSystem
from apps.regions.models import Region, RegionCode, RegionEvent, RegionName
from apps.regions.services import BATCH, change_region_code


def descendants(region: Region) -> list[Region]:
    """Kecamatan and desa (or, of a province, everything) below a region, in order of code."""
    rows = Region.objects.existing().filter(code__startswith=f"{region.code}.")
    return list(rows.order_by("code"))


def rename_region(region: Region, *, name: str, short_name: str, level: str, on: date) -> None:
    """From ``on`` the region bears another name or has another level; the old ones stay known."""
    keep_name(region, region, on=on)
    region.name, region.short_name, region.level = name, short_name, level
    region.save(update_fields=["name", "short_name", "level"])


def keep_name(named: Region, region: Region, *, on: date) -> None:
    """The name of ``named`` leads to ``region`` from ``on``, and is one of the past."""
    last = RegionName.objects.filter(region=named).order_by("-valid_to").first()
    since = last.valid_to + timedelta(days=1) if last else None
    RegionName.objects.create(
        region=region,
        name=named.name,
        short_name=named.short_name,
        level=named.level,
        valid_from=since if since is None or since < on else None,
        valid_to=on - timedelta(days=1),
    )


def move_region(region: Region, parent: Region | None, code: str, *, on: date, basis: str) -> None:
    """From ``on`` the region lies in ``parent`` (None: a province) under another code.

    All below it follow, with codes that begin with the new one. Raises IntegrityError when a
    region carries one of the codes.
    """
    below, old = descendants(region), region.code
    province = parent.province if parent else region
    region.parent, region.province = parent, province
    region.save(update_fields=["parent", "province"])
    if code != old:
        change_region_code(region, code, on=on, basis=basis)
    for each in below:
        each.province = province
        each.code = code + each.code.removeprefix(old)
    Region.objects.bulk_update(below, ["province", "code"], batch_size=BATCH)
    if code != old:
        _change_codes(below, on=on, basis=basis)


def _change_codes(regions: list[Region], *, on: date, basis: str) -> None:
    """Close the Kemendagri codes of many regions and open those they carry now."""
    for part in chunks(region.pk for region in regions):
        RegionCode.objects.filter(
            region__in=part, system=CodeSystem.KEMENDAGRI, valid_to__isnull=True
        ).update(valid_to=on - timedelta(days=1))
    RegionCode.objects.bulk_create(
        [
            RegionCode(
                region=region,
                system=CodeSystem.KEMENDAGRI,
                code=region.code,
                valid_from=on,
                basis=basis,
            )
            for region in regions
        ],
        batch_size=BATCH,
    )


def end_region(region: Region, into: Region, *, on: date) -> None:
    """From ``on`` the region is part of ``into``, to which its codes and its names lead.

    Its row stays for what was written about it: the trail, frozen books, letters.
    """
    keep_name(region, into, on=on)
    RegionName.objects.filter(region=region).update(region=into)
    codes = RegionCode.objects.filter(region=region)
    codes.filter(valid_to__isnull=True).update(valid_to=on - timedelta(days=1))
    codes.update(region=into)
    Region.objects.filter(merged_into=region).update(merged_into=into)
    region.ended_on, region.merged_into = on, into
    region.save(update_fields=["ended_on", "merged_into"])


def revive_region(region: Region, *, on: date, basis: str) -> None:
    """A region that was merged exists again from ``on``, under its own code."""
    region.ended_on = region.merged_into = None
    region.save(update_fields=["ended_on", "merged_into"])
    RegionCode.objects.create(
        region=region,
        system=CodeSystem.KEMENDAGRI,
        code=region.code,
        valid_from=on,
        basis=basis,
    )


def note_event(region: Region, on: date, words: str) -> None:
    """Those who read the figures of this region over the years are told what changed."""
    RegionEvent.objects.create(region=region, on=on, words=words[:300])

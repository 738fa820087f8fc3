"""Reads over regions and their codes."""

import re
from dataclasses import dataclass, field
from datetime import date

from django.db.models import F, Q

from apps.core.database import fetch, fetch_models
from apps.regions.codes import CodeError, parse_kemendagri
from apps.regions.enums import KABKOTA_LEVELS, POKJA_LEVELS, CodeSystem
from apps.regions.models import (
    InstallationFlag,
    PublishedFact,
    Region,
    RegionCode,
    RegionProfile,
)

SAMPLE_FLAG = "sample"
_IS_FLAGGED = """SELECT 1 FROM regions_installationflag WHERE "key" = %s AND value = '1'"""

PROVINCE_DIGITS = 2
# By hand: the query builder costs ten times what the database does.
_PROVINCE = "SELECT * FROM regions_region WHERE code = %s AND ended_on IS NULL"
_KABKOTA = """
    SELECT * FROM regions_region
    WHERE province_id = %s AND ended_on IS NULL AND level IN (%s, %s)
    ORDER BY short_name, code
"""
_CODE = re.compile(r"[0-9.]{2,13}")


def is_sample_installation() -> bool:
    """Were sample data loaded here? One read by primary key; pages then say "Data contoh".

    Not kept between requests: pages must cost the same number of queries every time.
    """
    return bool(fetch(_IS_FLAGGED, [SAMPLE_FLAG], of=InstallationFlag))


def region_for_code(code: str, on: date | None = None) -> Region | None:
    """The region with this Kemendagri code today, else the one that carried it last. The code of
    a region that was merged leads to the one it went into.

    With ``on`` the region that carried it on that day. None when nobody did. Not limited to a
    scope: the caller asks for_user, or shows what may be seen of any region.
    """
    if not _CODE.fullmatch(code):  # also what PostgreSQL takes in no text at all
        return None
    if on is None and len(code) == PROVINCE_DIGITS:
        for current in fetch_models(Region, _PROVINCE, [code]):
            current.province = current  # a province lies in itself
            return current
    elif on is None:
        existing = Region.objects.existing().select_related("province")
        if current := existing.filter(code=code).first():
            return current
    held = RegionCode.objects.filter(system=CodeSystem.KEMENDAGRI, code=code)
    if on is not None:
        held = held.filter(_valid_on(on))
    newest_first = F("valid_to").desc(nulls_first=True)
    latest = held.select_related("region__province").order_by(newest_first).first()
    return latest.region if latest else None


def kabkota_of(province_id: int) -> list[Region]:
    """The kabupaten and kota of a province, by name; one query."""
    return fetch_models(Region, _KABKOTA, [province_id, *KABKOTA_LEVELS])


def region_for_bps_code(code: str, on: date | None = None) -> Region | None:
    """The region with this BPS code today (or on that day); BPS reused numbers in 2022."""
    held = RegionCode.objects.filter(system=CodeSystem.BPS, code=code)
    held = held.filter(_valid_on(on)) if on else held.filter(valid_to__isnull=True)
    found = held.select_related("region__province").first()
    return found.region if found else None


def _valid_on(day: date) -> Q:
    return (Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & (
        Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    )


def regions_by_code(levels=POKJA_LEVELS) -> dict[str, Region]:
    """Every region of these levels by its current Kemendagri code; one query."""
    rows = Region.objects.existing().filter(level__in=levels)
    regions = rows.select_related("province", "parent")
    return {region.code: region for region in regions}


@dataclass
class CodeBook:
    """Kemendagri codes of provinces and kabupaten/kota, old and new, for a file of many rows."""

    regions: dict[str, Region]
    old: dict[str, Region] = field(default_factory=dict)
    bps_names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self):
        self.names = {code: region.label for code, region in self.regions.items()}

    def find(self, value) -> Region:
        """The region a cell means; an old code leads to the region that carried it.

        Raises CodeError with a sentence for the cell when the value is no code, is damaged,
        leaves its system open, or is unknown.
        """
        code = parse_kemendagri(value, self.names, self.bps_names)
        region = self.regions.get(code) or self.old.get(code)
        if region is None:
            raise CodeError(f"Kode wilayah {code} tidak dikenal")
        return region


def load_code_book() -> CodeBook:
    """Two queries, however many rows the file has."""
    regions = regions_by_code()
    book = CodeBook(regions)
    by_id = {region.pk: region for region in regions.values()}
    # Ascending: the latest holder of a code that was used twice wins.
    codes = RegionCode.objects.filter(region__level__in=POKJA_LEVELS).order_by("valid_to", "id")
    for region_id, system, code, valid_to in codes.values_list(
        "region_id", "system", "code", "valid_to"
    ):
        if region_id not in by_id:
            continue  # merged; its codes stand with the region it went into
        if system == CodeSystem.KEMENDAGRI and valid_to:
            book.old[code] = by_id[region_id]
        elif system == CodeSystem.BPS and not valid_to:
            book.bps_names[code] = by_id[region_id].label
    return book


# By hand what every dashboard asks: the query builder costs several times what the database does.
_FACTS = "SELECT * FROM regions_publishedfact"
_PROFILES = "SELECT * FROM regions_regionprofile WHERE region_id = %s ORDER BY year DESC"
_EVENTS = 'SELECT "on", words FROM regions_regionevent WHERE region_id = %s ORDER BY "on", id'


def facts_about(region: Region | None) -> list[PublishedFact]:
    """What press and agencies published about a region (None: the nation), newest first."""
    where, values = ("= %s", [region.pk]) if region else ("IS NULL", [])
    sql = f"{_FACTS} WHERE region_id {where} ORDER BY year DESC, subject"
    return fetch_models(PublishedFact, sql, values)


def changes_of(region: Region, years: list[int]) -> list[tuple[int, str]]:
    """(year, words) of what became of a region in these years, oldest first; one query."""
    events = ((int(str(on)[:4]), words) for on, words in fetch(_EVENTS, [region.pk], of=Region))
    return [(year, words) for year, words in events if year in years]


def profiles_of(region: Region) -> list[RegionProfile]:
    """The yearly profiles of a region, newest first. Public figures, so not limited to a scope."""
    return fetch_models(RegionProfile, _PROFILES, [region.pk])

"""Changes to regions, and the loading of the reference data in ``data/`` (see SOURCES.md).

Loaders add what is missing and never touch what is there: an office may have corrected it, and
running them again changes nothing. They return counts for the command that calls them.
"""

import csv
import gzip
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.db.models import F

from apps.regions.enums import POKJA_LEVELS, CodeSystem, Level
from apps.regions.models import (
    PROFILE_FIELDS,
    InstallationFlag,
    PublishedFact,
    Region,
    RegionCode,
    RegionProfile,
)
from apps.regions.queries import SAMPLE_FLAG

DATA = Path(__file__).resolve().parent / "data"
BATCH = 2000  # rows per INSERT; below SQLite's limit of variables with room to spare

KEMENDAGRI_BASIS = "Kepmendagri 300.2.2-2138/2025"
BPS_BASIS = "Relasi kode BPS–Kemendagri"
# The last of the four laws that split Papua and Papua Barat; BPS renumbered all six provinces.
# The exact first day of its new codes is not published in our sources.
BPS_SPLIT = date(2022, 12, 8)
BPS_NEW_BASIS = "Kode BPS sejak pemekaran Papua 2022 (UU 29/2022; tanggal perkiraan)"
BPS_OLD_BASIS = "Kode BPS sebelum pemekaran Papua 2022"
POPULATION_SOURCE = "Ditjen Dukcapil, Semester II 2024 (Kepmendagri 300.2.2-2138/2025)"

# Names for tables and charts where the official one is too long to be a short name.
SHORT_NAMES = {"31": "DKI Jakarta", "34": "DI Yogyakarta"}

SUBJECTS = {
    "prevalensi_stunting": "Prevalensi stunting balita",
    "tfr": "Angka kelahiran total (TFR)",
}


def _rows(name: str) -> Iterator[dict[str, str]]:
    path = DATA / name
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


# --- Regions ---------------------------------------------------------------------------------
@transaction.atomic
def load_regions() -> dict[str, int]:
    """Provinces, kabupaten and kota with their codes and the population of 2024.

    Returns how many of each were added. A region known by any Kemendagri code, old or new,
    is not added again.
    """
    rows = list(_rows("regions.csv"))
    added = _add_regions(_as_region(row) for row in rows if not row["parent_code"])
    added += _add_regions(_as_region(row) for row in rows if row["parent_code"])
    return {
        "wilayah": added,
        "kode": _add_codes(rows),
        "penduduk": _add_population(),
    }


@transaction.atomic
def load_villages(level: str = Level.DESA) -> dict[str, int]:
    """Kecamatan and, for ``Level.DESA``, desa and kelurahan below them; needs load_regions()."""
    counts = {"kecamatan": _add_below(_rows("kecamatan.csv.gz"))}
    if level in (Level.DESA, Level.KELURAHAN):
        counts["desa/kelurahan"] = _add_below(_rows("desa.csv.gz"))
    return counts


def _add_below(rows: Iterable[dict[str, str]]) -> int:
    rows = [{**row, "level": _level_below(row)} for row in rows]
    added = _add_regions(_as_region(row) for row in rows)
    _add_codes(rows)
    return added


def _level_below(row: dict[str, str]) -> str:
    kind = row.get("kind")
    if kind is None:
        return Level.KECAMATAN
    # A desa adat has its own digit in the code and the rights of a desa.
    return Level.KELURAHAN if kind == "kelurahan" else Level.DESA


def _as_region(row: dict[str, str]) -> tuple[str, Region]:
    """The parent's code and the region, still without its parents."""
    code, area = row["code"], row.get("area_km2")
    return row["parent_code"], Region(
        code=code,
        name=row["name"],
        short_name=SHORT_NAMES.get(code) or row.get("short_name") or row["name"],
        level=row["level"],
        administrative=row.get("administrative") == "1",
        iso_3166_2=row.get("iso_3166_2", ""),
        area_km2=Decimal(area) if area else None,
    )


def _add_regions(pairs: Iterable[tuple[str, Region]]) -> int:
    known = _known_regions()
    new = []
    for parent_code, region in pairs:
        if region.code in known:
            continue
        if parent_code:
            region.parent_id, region.province_id = known[parent_code]
        new.append(region)
    Region.objects.bulk_create(new, batch_size=BATCH)
    Region.objects.filter(level=Level.PROVINSI, province=None).update(province=F("id"))
    return len(new)


def _known_regions() -> dict[str, tuple[int, int]]:
    """(id, province id) by every Kemendagri code there is or was."""
    old = RegionCode.objects.filter(system=CodeSystem.KEMENDAGRI, valid_to__isnull=False)
    known = {
        code: (pk, province)
        for code, pk, province in old.values_list("code", "region_id", "region__province_id")
    }
    existing = Region.objects.existing()
    for code, pk, province in existing.values_list("code", "id", "province_id"):
        known[code] = (pk, province)
    return known


def _add_codes(rows: list[dict[str, str]]) -> int:
    held = set(RegionCode.objects.values_list("region_id", "system", "code"))
    # A region that was given a new code since must not get its old one back as a second one.
    open_in = set(
        RegionCode.objects.filter(valid_to__isnull=True).values_list("region_id", "system")
    )
    known = _known_regions()
    new = []
    for row in rows:
        region_id = known[row["code"]][0]
        for code in _codes_of(region_id, row):
            is_open = code.valid_to is None
            if (region_id, code.system, code.code) in held:
                continue
            if is_open and (region_id, code.system) in open_in:
                continue
            new.append(code)
    RegionCode.objects.bulk_create(new, batch_size=BATCH)
    return len(new)


def _codes_of(region_id: int, row: dict[str, str]) -> Iterator[RegionCode]:
    yield RegionCode(
        region_id=region_id, system=CodeSystem.KEMENDAGRI, code=row["code"], basis=KEMENDAGRI_BASIS
    )
    now, before = row.get("bps_code"), row.get("bps_code_2020")
    if not now:
        return
    changed = now != before
    yield RegionCode(
        region_id=region_id,
        system=CodeSystem.BPS,
        code=now,
        valid_from=BPS_SPLIT if changed else None,
        basis=BPS_NEW_BASIS if changed else BPS_BASIS,
    )
    if changed and before:
        yield RegionCode(
            region_id=region_id,
            system=CodeSystem.BPS,
            code=before,
            valid_to=BPS_SPLIT - timedelta(days=1),
            basis=BPS_OLD_BASIS,
        )


def _add_population() -> int:
    """Population of 2024 where the profile of that year has none yet."""
    known = _known_regions()
    profiles = {p.region_id: p for p in RegionProfile.objects.filter(year=2024)}
    new, filled = [], []
    for row in _rows("population.csv"):
        region_id = known[row["code"]][0]
        profile = profiles.get(region_id)
        if profile is None:
            new.append(
                RegionProfile(
                    region_id=region_id,
                    year=int(row["year"]),
                    population=int(row["total"]),
                    source=POPULATION_SOURCE,
                )
            )
        elif profile.population is None:
            profile.population = int(row["total"])
            filled.append(profile)
    RegionProfile.objects.bulk_create(new, batch_size=BATCH)
    RegionProfile.objects.bulk_update(filled, ["population"], batch_size=BATCH)
    return len(new) + len(filled)


# --- Published facts -------------------------------------------------------------------------
@transaction.atomic
def load_published_facts() -> dict[str, int]:
    """Figures of surveys and of the news the portal was born of; needs load_regions().

    News that speak of field workers and groups also become profiles of their year.
    """
    known = _known_regions()
    held = set(PublishedFact.objects.values_list("key", flat=True))
    facts = [
        *(_survey_fact(row, known) for row in _rows("indicators.csv")),
        *(_news_fact(row, known) for row in _rows("news_facts.csv")),
    ]
    new = [fact for fact in facts if fact.key not in held]
    PublishedFact.objects.bulk_create(new, batch_size=BATCH)
    return {"fakta": len(new), "profil": _add_news_profiles(known)}


def _survey_fact(row: dict[str, str], known) -> PublishedFact:
    survey = row["survey"]
    return PublishedFact(
        key=f"{row['indicator']}-{survey.split()[0].lower()}-{row['year']}-{row['code']}",
        region_id=known[row["code"]][0],
        year=int(row["year"]),
        subject=SUBJECTS[row["indicator"]],
        value=Decimal(row["value"]),
        unit=row["unit"],
        text=row["note"],
        source=survey,
        url=row["source_url"],
    )


def _news_fact(row: dict[str, str], known) -> PublishedFact:
    code = row["kode_wilayah"]
    return PublishedFact(
        key=row["key"],
        region_id=known[code][0] if code else None,
        year=int(row["tahun"]),
        date_from=date.fromisoformat(row["tanggal_mulai"]) if row["tanggal_mulai"] else None,
        date_to=date.fromisoformat(row["tanggal_selesai"]) if row["tanggal_selesai"] else None,
        subject=row["pokok"],
        value=Decimal(row["nilai"]) if row["nilai"] else None,
        unit=row["satuan"],
        text=row["keterangan"],
        source=row["sumber"],
        url=row["alamat"],
    )


def _add_news_profiles(known) -> int:
    held = set(RegionProfile.objects.values_list("region_id", "year"))
    new = []
    for row in _rows("news_profiles.csv"):
        region_id, year = known[row["kode_wilayah"]][0], int(row["tahun"])
        if (region_id, year) in held:
            continue
        counts = {
            field: int(row[column])
            for column, field in PROFILE_FIELDS.items()
            if column != "sumber" and row.get(column)
        }
        new.append(RegionProfile(region_id=region_id, year=year, source=row["sumber"], **counts))
    RegionProfile.objects.bulk_create(new)
    return len(new)


# --- Single changes --------------------------------------------------------------------------
@transaction.atomic
def add_region(region: Region, *, valid_from: date | None = None, basis: str = "") -> Region:
    """Save a new region with its open Kemendagri code; its province follows from the parent.

    Raises IntegrityError when the code is in use.
    """
    if region.parent_id:
        region.province_id = region.parent.province_id
    region.save(force_insert=True)
    if region.is_province:
        region.province = region
        region.save(update_fields=["province"])
    RegionCode.objects.create(
        region=region,
        system=CodeSystem.KEMENDAGRI,
        code=region.code,
        valid_from=valid_from,
        basis=basis,
    )
    return region


@transaction.atomic
def change_region_code(region: Region, code: str, *, on: date, basis: str) -> Region:
    """From ``on`` the region carries another Kemendagri code; the old one leads on to it.

    Raises IntegrityError when another region carries the code.
    """
    current = RegionCode.objects.filter(
        region=region, system=CodeSystem.KEMENDAGRI, valid_to__isnull=True
    )
    current.update(valid_to=on - timedelta(days=1))
    RegionCode.objects.create(
        region=region, system=CodeSystem.KEMENDAGRI, code=code, valid_from=on, basis=basis
    )
    region.code = code
    region.save(update_fields=["code"])
    return region


def mark_sample_installation() -> None:
    """Every page says "Data contoh" from now on; there is no way back but a new database."""
    InstallationFlag.objects.update_or_create(pk=SAMPLE_FLAG, defaults={"value": "1"})


def count_pokja_regions() -> int:
    """How many provinces, kabupaten and kota there are; 0 = load_regions() has not run."""
    return Region.objects.filter(level__in=POKJA_LEVELS).count()

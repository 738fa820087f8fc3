"""What a law may do to a region here, and which codes it may give. Each answer is a sentence for
the field, empty where all is well."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Q

from apps.core.formats import format_date
from apps.regions.enums import KABKOTA_LEVELS, CodeSystem, Level
from apps.regions.models import Region, RegionCode
from apps.territory.enums import ChangeKind

FIRST_KOTA = 71  # Kemendagri counts kabupaten from 01, kota from 71
_PART = re.compile(r"\d\d", re.ASCII)


def kind_fault(kind: str, region: Region) -> str:
    """Can this happen to a region of this level?"""
    if kind == ChangeKind.SPLIT_PROVINCE and not region.is_province:
        return f"{region} bukan provinsi. Pilih provinsi yang dimekarkan"
    if kind in (ChangeKind.SPLIT_DISTRICT, ChangeKind.MOVE) and not region.is_kabkota:
        return f"{region} bukan kabupaten/kota. Pilih kabupaten/kota"
    return ""


def target_fault(kind: str, region: Region, target: Region) -> str:
    if target.pk == region.pk:
        return "Wilayah tujuan sama dengan wilayah asal. Pilih wilayah lain"
    if kind == ChangeKind.MOVE:
        if not target.is_province:
            return f"{target} bukan provinsi. Pilih provinsi tujuan"
        if target.pk == region.province_id:
            return f"{region} sudah bagian dari {target}. Pilih provinsi lain"
        return ""
    if region.is_province != target.is_province:
        return "Provinsi bergabung dengan provinsi, kabupaten/kota dengan kabupaten/kota"
    if not region.is_province and region.province_id != target.province_id:
        return f"{target} ada di provinsi lain. Pindahkan dulu ke provinsi yang sama"
    return ""


def date_fault(regions: Collection[Region], on: date) -> str:
    """A change cannot be older than the codes that it closes, of the regions and all below."""
    ids = [region.pk for region in regions]
    places = Q(region__in=ids) | Q(region__parent__in=ids) | Q(region__parent__parent__in=ids)
    latest = (
        RegionCode.objects.filter(
            places, system=CodeSystem.KEMENDAGRI, valid_to__isnull=True, valid_from__gte=on
        )
        .select_related("region")
        .order_by("-valid_from", "code")
        .first()
    )
    if latest is None:
        return ""
    return (
        f"{latest.region} memakai kode {latest.code} sejak {format_date(latest.valid_from)}. "
        "Isi tanggal sesudahnya"
    )


def shape_fault(code: str, parent_code: str) -> str:
    """Is it written as Kemendagri does, below its parent? ``parent_code`` empty: a province."""
    example = f"{parent_code}.01" if parent_code else "35"
    prefix = f"{parent_code}." if parent_code else ""
    if not code:
        return f"Isi kode Kemendagri, misalnya {example}"
    own = code.removeprefix(prefix)
    if _PART.fullmatch(own) and code.startswith(prefix) and own != "00":
        return ""
    if parent_code and re.fullmatch(r"\d\d(\.\d\d)+", code, re.ASCII):
        return (
            f"Kode {code} tidak diawali kode wilayah induknya, {parent_code}. "
            f"Tulis seperti {example}"
        )
    return f"Kode {code} bukan kode Kemendagri tingkat ini. Tulis seperti {example}"


def holders_of(codes: Collection[str]) -> dict[str, Region]:
    """The regions that carry these codes, those that were merged included; one query."""
    return {region.code: region for region in Region.objects.filter(code__in=codes)}


def taken_fault(code: str, holders: Mapping[str, Region], *, own=None, revived=None) -> str:
    """Does another region carry it? ``own``: the id that may keep it. ``revived``: the id of a
    region whose merged part may come back under its old code."""
    holder = holders.get(code)
    if holder is None or holder.pk == own:
        return ""
    if holder.ended_on is None:
        return f"Kode {code} dipakai {holder}. Isi kode lain"
    if revived is not None and holder.merged_into_id == revived:
        return ""
    return f"Kode {code} milik {holder}, yang sudah digabung. Isi kode lain"


def formerly_fault(codes: Collection[str], own: Collection[int]) -> dict[str, str]:
    """Codes that led to other regions until now: code -> warning; one query."""
    rows = RegionCode.objects.filter(
        system=CodeSystem.KEMENDAGRI, code__in=codes, valid_to__isnull=False
    ).exclude(region__in=own)
    return {
        row.code: f"Kode {row.code} pernah dipakai {row.region} sampai "
        f"{format_date(row.valid_to)}; kode lama itu akan menuju wilayah yang baru."
        for row in rows.select_related("region").order_by("valid_to")
    }


def level_word(code: str, level: str) -> str:
    """A warning where the number of a code belongs to the other of kabupaten and kota."""
    if level not in KABKOTA_LEVELS:
        return ""
    number = int(code[-2:])
    if (level == Level.KOTA) == (number >= FIRST_KOTA):
        return ""
    usual = "dari 71 ke atas" if level == Level.KOTA else "dari 01 sampai 70"
    return (
        f"Kode {code}: nomor {Level(level).label.lower()} biasanya {usual}. Periksa keputusannya."
    )

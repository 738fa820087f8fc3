import pytest
from django.db import IntegrityError

from apps.regions.models import Region, RegionCode, RegionProfile


def test_names_of_each_level(make_region):
    sulsel = make_region("73", "Sulawesi Selatan")
    bone = make_region("73.08", "Kabupaten Bone", sulsel)
    makassar = make_region("73.71", "Kota Makassar", sulsel)
    ujung_pandang = make_region("73.71.04", "Kecamatan Ujung Pandang", makassar)
    names = [(r.full_name, r.label) for r in (sulsel, bone, makassar)]
    assert names == [
        ("Provinsi Sulawesi Selatan", "Sulawesi Selatan"),
        ("Kabupaten Bone", "Bone"),
        ("Kota Makassar", "Kota Makassar"),
    ]
    assert ujung_pandang.timezone_label == "WITA"


def test_special_provinces_are_not_called_provinsi_twice(make_region):
    assert make_region("31", "Daerah Khusus Ibukota Jakarta").full_name == (
        "Daerah Khusus Ibukota Jakarta"
    )


def test_regions_sort_by_code(regions):
    codes = list(Region.objects.values_list("code", flat=True))
    assert codes == ["63", "63.71", "73", "73.08", "73.71"]


def test_region_has_one_open_code_in_a_system(regions):
    with pytest.raises(IntegrityError):
        RegionCode.objects.create(region=regions.bone, system="kemendagri", code="73.99")


def test_open_code_belongs_to_one_region(regions):
    RegionCode.objects.create(region=regions.bone, system="bps", code="7311")
    with pytest.raises(IntegrityError):
        RegionCode.objects.create(region=regions.makassar, system="bps", code="7311")


def test_closed_codes_may_repeat(regions):
    for region in (regions.bone, regions.makassar):
        RegionCode.objects.create(region=region, system="bps", code="7399", valid_to="2020-12-31")
    assert RegionCode.objects.filter(code="7399").count() == 2


def test_code_may_not_end_before_it_begins(regions):
    with pytest.raises(IntegrityError):
        RegionCode.objects.create(
            region=regions.bone,
            system="bps",
            code="7311",
            valid_from="2022-01-01",
            valid_to="2021-12-31",
        )


def test_kabupaten_needs_a_parent(db):
    with pytest.raises(IntegrityError):
        Region.objects.create(
            code="73.08", name="Kabupaten Bone", short_name="Bone", level="kabupaten"
        )


def test_region_has_one_profile_a_year(regions):
    RegionProfile.objects.create(region=regions.bone, year=2024)
    with pytest.raises(IntegrityError):
        RegionProfile.objects.create(region=regions.bone, year=2024)


def test_prevalence_is_a_percentage(regions):
    with pytest.raises(IntegrityError):
        RegionProfile.objects.create(region=regions.bone, year=2024, stunting_prevalence=100.5)

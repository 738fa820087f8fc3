from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError

from apps.regions import queries, services
from apps.regions.models import PublishedFact, Region, RegionCode, RegionProfile

CHANGED_BPS = 41  # kabupaten/kota and provinces of Papua that had another BPS code before


def test_nation_has_38_provinces_416_kabupaten_and_98_kota(nation):
    levels = Counter(Region.objects.values_list("level", flat=True))
    assert levels == {"provinsi": 38, "kabupaten": 416, "kota": 98}


def test_loading_reports_what_it_added(nation):
    assert nation == {"wilayah": 552, "kode": 1130, "penduduk": 552}


def test_loading_twice_changes_nothing(nation):
    before = list(Region.objects.values()), list(RegionCode.objects.values())
    assert services.load_regions() == {"wilayah": 0, "kode": 0, "penduduk": 0}
    assert (list(Region.objects.values()), list(RegionCode.objects.values())) == before


def test_loading_costs_the_same_few_queries_again(nation, django_assert_num_queries):
    with django_assert_num_queries(15):
        services.load_regions()


def test_loading_keeps_a_corrected_name(nation):
    Region.objects.filter(code="74.72").update(name="Kota Baubau")
    services.load_regions()
    assert Region.objects.get(code="74.72").name == "Kota Baubau"


def test_loading_does_not_bring_back_a_code_that_was_changed(nation):
    bone = Region.objects.get(code="73.08")
    services.change_region_code(bone, "73.88", on=date(2026, 1, 1), basis="Kepmendagri contoh")
    assert services.load_regions() == {"wilayah": 0, "kode": 0, "penduduk": 0}
    assert Region.objects.filter(name="Kabupaten Bone").count() == 1


def test_each_province_points_to_itself(nation):
    provinces = Region.objects.provinces().values_list("id", "province_id")
    assert [own for own, province in provinces if own != province] == []


def test_kabupaten_lie_in_the_province_of_their_code(nation):
    rows = Region.objects.kabkota().values_list("code", "province__code", "parent__code")
    assert [code for code, p, parent in rows if not code[:2] == p == parent] == []


def test_gunung_mas_and_pulang_pisau_swap_codes_between_the_systems(nation):
    by_bps = {code: queries.region_for_bps_code(code).short_name for code in ("6210", "6211")}
    by_kemendagri = {code: queries.region_for_code(code).short_name for code in ("62.10", "62.11")}
    assert by_bps == {"6210": "Pulang Pisau", "6211": "Gunung Mas"}
    assert by_kemendagri == {"62.10": "Gunung Mas", "62.11": "Pulang Pisau"}


def test_code_of_aceh_singkil_keeps_its_zero(nation):
    names = {c: r and r.name for c in ("11.10", "11.1") for r in [queries.region_for_code(c)]}
    assert names == {"11.10": "Kabupaten Aceh Singkil", "11.1": None}


def test_old_bps_codes_of_papua_are_closed(nation):
    closed = RegionCode.objects.exclude(valid_to=None)
    assert set(closed.values_list("system", flat=True)) == {"bps"}
    digoel = RegionCode.objects.filter(region__code="93.02", system="bps").order_by("code")
    assert list(digoel.values_list("code", "valid_from", "valid_to")) == [
        ("9413", None, date(2022, 12, 7)),
        ("9502", date(2022, 12, 8), None),
    ]


def test_population_of_the_nation_adds_up(nation):
    profiles = RegionProfile.objects.filter(year=2024)
    provinces = profiles.filter(region__level="provinsi").values_list("population", flat=True)
    kabkota = profiles.exclude(region__level="provinsi").values_list("population", flat=True)
    assert (sum(provinces), sum(kabkota)) == (284_973_643, 284_973_643)


def test_population_fills_a_profile_but_overwrites_none(nation):
    bone, luwu = Region.objects.get(code="73.08"), Region.objects.get(code="73.17")
    RegionProfile.objects.filter(region=bone).update(population=1, villages=328)
    RegionProfile.objects.filter(region=luwu).update(population=None)
    assert services.load_regions()["penduduk"] == 1
    assert RegionProfile.objects.get(region=bone).population == 1


def test_kecamatan_hang_below_their_kabupaten(nation):
    assert services.load_villages("kecamatan") == {"kecamatan": 7285}
    assert services.load_villages("kecamatan") == {"kecamatan": 0}
    kecamatan = Region.objects.select_related("parent", "province").get(code="11.01.01")
    assert (str(kecamatan), kecamatan.parent.code, kecamatan.province.code) == (
        "Kecamatan Bakongan",
        "11.01",
        "11",
    )


def test_published_facts_are_loaded_once(nation):
    assert services.load_published_facts() == {"fakta": 110, "profil": 4}
    assert services.load_published_facts() == {"fakta": 0, "profil": 0}


def test_gunung_mas_2020_is_a_profile_and_a_set_of_facts(nation):
    services.load_published_facts()
    profile = RegionProfile.objects.get(region__code="62.10", year=2020)
    assert (profile.bkr, profile.pik_r, profile.bkl, profile.uppka, profile.bkb) == (
        13,
        36,
        16,
        49,
        39,
    )
    assert (profile.pkb, profile.plkb_non_civil_servants) == (5, 12)
    lokus = RegionProfile.objects.filter(region__code="62.10", year__lte=2021).order_by("year")
    assert list(lokus.values_list("year", "stunting_focus_villages")) == [(2020, 10), (2021, 20)]


def test_forum_of_sulawesi_selatan_has_its_days_and_participants(nation):
    services.load_published_facts()
    forum = PublishedFact.objects.get(subject="Forum Komunikasi Pokja Bangga Kencana")
    assert (forum.region.code, forum.date_from, forum.date_to, forum.value, forum.source) == (
        "73",
        date(2023, 7, 24),
        date(2023, 7, 25),
        Decimal(54),
        "tekape.co, 2023",
    )


def test_national_goal_belongs_to_no_region(nation):
    services.load_published_facts()
    facts = PublishedFact.objects.filter(region=None).order_by("year")
    assert list(facts.values_list("year", "value")) == [(2019, Decimal(27)), (2024, Decimal(14))]


def test_changed_code_leads_to_the_region(nation):
    bone = Region.objects.get(code="73.08")
    services.change_region_code(bone, "73.88", on=date(2026, 1, 1), basis="Kepmendagri contoh")
    assert queries.region_for_code("73.08") == bone
    assert queries.region_for_code("73.88") == bone
    assert queries.region_for_code("73.88", on=date(2025, 12, 31)) is None
    assert queries.region_for_code("73.08", on=date(2025, 12, 31)) == bone
    assert queries.region_for_code("73.08", on=date(2026, 1, 1)) is None


def test_code_of_another_region_cannot_be_taken(nation):
    bone = Region.objects.get(code="73.08")
    with pytest.raises(IntegrityError):
        services.change_region_code(bone, "73.71", on=date(2026, 1, 1), basis="")


def test_new_region_gets_province_and_code(nation):
    sulsel = Region.objects.get(code="73")
    region = Region(
        code="73.27",
        name="Kabupaten Luwu Tengah",
        short_name="Luwu Tengah",
        level="kabupaten",
        parent=sulsel,
    )
    services.add_region(region, valid_from=date(2026, 1, 1), basis="UU contoh")
    assert region.province == sulsel
    assert list(region.codes.values_list("code", "valid_from")) == [("73.27", date(2026, 1, 1))]

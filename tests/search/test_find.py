"""What is found, for whom: within rights, in any spelling, the exact one first."""

import pytest

from apps.pokja.models import Pokja, Seat, SeatHolder
from tests import makers

# --- regions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "makassar",
        "Kota Makassar",
        "KOTA  MAKASSAR.",
        "kabupaten makassar",
        "Ujung Pandang",
        "73.71",
    ],
)
def test_a_region_by_any_of_its_names(cast, look, typed):
    assert look(cast["verifikator_sulsel"], typed)["daerah"] == ["Kota Makassar"]


def test_the_shown_word_says_which_name_matched(cast, regions):
    from apps.search.queries import find

    (group,) = find(cast["pusat"], "ujung pandang", 2026).groups
    assert group.hits[0].detail == "Provinsi Sulawesi Selatan, nama lama Ujung Pandang"
    assert group.hits[0].is_exact


def test_a_code_without_dots_may_be_of_either_system(cast, regions):
    from apps.regions.models import RegionCode
    from apps.search.queries import find

    RegionCode.objects.create(region=regions.bone, system="bps", code="7371")
    found = find(cast["pusat"], "7371", 2026)
    assert [(hit.title, hit.detail) for hit in found.groups[0].hits] == [
        ("Kabupaten Bone", "Provinsi Sulawesi Selatan, kode BPS 7371"),
        ("Kota Makassar", "Provinsi Sulawesi Selatan, kode Kemendagri 73.71"),
    ]
    assert found.only_exact is None


def test_a_former_code_leads_to_the_region_that_carried_it(cast, regions, look):
    from datetime import date

    from apps.regions.models import RegionCode
    from apps.search.queries import find

    RegionCode.objects.create(
        region=regions.bone, system="kemendagri", code="73.99", valid_to=date(2010, 12, 31)
    )
    (group,) = find(cast["pusat"], "73.99", 2026).groups
    assert group.hits[0].title == "Kabupaten Bone"
    assert group.hits[0].detail.endswith("kode Kemendagri 73.99 sampai 31 Desember 2010")


@pytest.mark.parametrize(
    ("person", "found"),
    [
        ("operator_makassar", ["Kota Makassar", "Provinsi Sulawesi Selatan"]),
        ("pengamat_makassar", ["Kota Makassar", "Provinsi Sulawesi Selatan"]),
        ("operator_sulsel", ["Provinsi Sulawesi Selatan"]),
        ("verifikator_kalsel", ["Kota Banjarmasin", "Provinsi Kalimantan Selatan"]),
        (
            "pusat",
            [
                "Kabupaten Bone",
                "Kota Banjarmasin",
                "Kota Makassar",
                "Provinsi Kalimantan Selatan",
                "Provinsi Sulawesi Selatan",
            ],
        ),
    ],
)
def test_regions_are_those_one_may_open(cast, regions, look, person, found):
    shown = []
    for word in ("kota", "kabupaten", "provinsi"):
        shown += look(cast[person], word).get("daerah", [])
    assert sorted(shown) == found


# --- Pokja and SK ----------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["grand", "gdpk makassar", "POKJA Grand Design", "73.71-x"])
def test_a_pokja_by_name_kind_region_and_code(cast, things, look, typed):
    assert look(cast["verifikator_sulsel"], typed)["pokja"] == ["Pokja Grand Design"]


@pytest.mark.parametrize(
    ("person", "number"), [("pusat", 2), ("operator_bone", 1), ("operator_makassar", 0)]
)
def test_pokja_are_those_in_scope(cast, things, look, person, number):
    assert len(look(cast[person], "keluarga").get("pokja", [])) == number


@pytest.mark.parametrize(
    "typed", ["188.45/97", "188 45 97 2026", "188.45/097/II/2026", "SK Nomor 188.45/97/ii"]
)
def test_an_sk_in_any_spelling(cast, things, look, typed):
    assert look(cast["operator_makassar"], typed)["sk"] == ["SK 188.45/097/II/2026"]


def test_an_sk_by_number_and_region(cast, things, look):
    assert look(cast["pusat"], "188.45/97 Makassar")["sk"] == ["SK 188.45/097/II/2026"]


def test_observers_find_verified_sk_only(cast, things, look, make_user, regions):
    observer = make_user("observer", regions.bone)
    assert "sk" not in look(observer, "188.45/412")
    assert look(cast["pengamat_makassar"], "188.45/97")["sk"] == ["SK 188.45/097/II/2026"]


def test_the_newest_version_stands_for_an_sk(cast, things, look):
    from apps.evidence.services import open_version

    open_version(things.decree, actor=cast["operator_makassar"])
    found = look(cast["operator_makassar"], "188.45/97")
    assert found["sk"] == ["SK 188.45/097/II/2026"]
    assert look(cast["pengamat_makassar"], "188.45/97")["sk"] == ["SK 188.45/097/II/2026"]


def test_nothing_of_elsewhere_shows(cast, things, look):
    for typed in ("188.45/97/2026", "banjarmasin", "operator_banjarmasin"):
        found = look(cast["operator_bone"], typed)
        assert found == {}


# --- people ----------------------------------------------------------------------------------


@pytest.fixture
def holder(things):
    seat = Seat.objects.create(
        pokja=things.makassar, position="Ketua", institution="Setda", sector="pemerintah"
    )
    return SeatHolder.objects.create(seat=seat, name="Dr. Andi Tenri, M.Si.")


@pytest.mark.parametrize("person", ["operator_makassar", "verifikator_sulsel", "pusat"])
def test_who_holds_a_seat_in_scope(cast, holder, look, person):
    assert look(cast[person], "andi tenri")["orang"] == ["Dr. Andi Tenri, M.Si."]


@pytest.mark.parametrize("person", ["operator_bone", "verifikator_kalsel"])
def test_seats_of_elsewhere_stay_unknown(cast, holder, look, person):
    assert look(cast[person], "andi tenri") == {}


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("operator_makassar", {"Verifikator Sulsel", "Verifikator2 Sulsel"}),
        ("operator_sulsel", {"Verifikator Sulsel", "Verifikator2 Sulsel"}),
        ("pengamat_makassar", set()),
        ("verifikator_kalsel", {"Verifikator Kalsel"}),
        ("pusat", {"Verifikator Sulsel", "Verifikator2 Sulsel", "Verifikator Kalsel"}),
    ],
)
def test_accounts_in_scope_and_the_officers_verifiers(cast, look, person, names):
    assert set(look(cast[person], "verifikator").get("orang", [])) == names


def test_an_account_leads_to_its_page_for_those_who_manage_it(cast, regions):
    from apps.search.queries import find

    def url(person):
        (group,) = find(cast[person], "operator_makassar", 2026).groups
        return group.hits[0].url

    assert url("koordinator_sulsel") == f"/akun/{cast['operator_makassar'].pk}/"
    assert url("verifikator_sulsel") == ""


# --- nothing found ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("makasar", "Makassar"), ("pokja kelurga", "Pokja Keluarga"), ("zzzzz", "")],
)
def test_a_slip_is_set_right_where_that_finds_something(cast, things, typed, meant):
    from apps.search.queries import find

    assert find(cast["pusat"], typed, 2026).meant == meant


def test_no_name_of_elsewhere_is_suggested(cast, things):
    from apps.search.queries import find

    assert find(cast["operator_bone"], "makasar", 2026).meant == ""


# --- cost ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 15])
@pytest.mark.parametrize(
    ("typed", "queries"), [("pokja sama", 13), ("188.45/7", 12), ("kota", 13), ("qwertz", 11)]
)
def test_the_search_costs_the_same_for_many(
    cast, regions, django_assert_num_queries, count, typed, queries
):
    from apps.search.queries import find

    for number in range(count):
        pokja = makers.make_pokja(regions.makassar, code=f"m-{number}", name="Pokja Sama")
        makers.make_decree(pokja, cast["operator_makassar"], number=f"188.45/7{number}/2026")
    user = cast["verifikator_sulsel"]
    assert user.scope.posts
    with django_assert_num_queries(queries):
        find(user, typed, 2026)
    assert Pokja.objects.count() == count


def test_names_known_under_a_former_code_still_find_the_region(cast, regions, look, today):
    from apps.regions.services import change_region_code

    change_region_code(regions.makassar, "77.71", on=today, basis="")
    assert look(cast["pusat"], "Ujung Pandang")["daerah"] == ["Kota Makassar"]

"""Classes and who moved: what is compared, who is named to whom, and what it costs."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest

from apps.dashboard import findings_panels as findings
from apps.dashboard.panels_maturity import class_of, items_of, movement
from apps.effectiveness.models import Rubric

pytestmark = pytest.mark.django_db
PAGE, FILE = "/dasbor/73/2026/kematangan/", "/dasbor/73/2026/kematangan.csv"
RULES = SimpleNamespace(class_limits=(40, 60, 80))


def one(pk, index, *, effective=False, rules=RULES):
    value = None if index is None else Decimal(index)
    return SimpleNamespace(
        pokja_id=pk,
        index=value,
        rules=rules,
        effective=effective,
        region_code="73.08",
        code=f"p{pk}",
    )


@pytest.mark.parametrize(
    ("index", "name"),
    [
        ("0", "Dasar"),
        ("39.99", "Dasar"),
        ("40", "Berkembang"),
        ("60", "Mandiri"),
        ("79.9", "Mandiri"),
        ("80", "Berkelanjutan"),
        ("100", "Berkelanjutan"),
    ],
)
def test_the_limits_of_the_classes(index, name):
    assert class_of(one(1, index)) == name


def test_without_a_rubric_or_an_index_there_is_no_class():
    assert (class_of(one(1, None)), class_of(one(1, 50, rules=None))) == ("", "")


def test_the_same_pokja_is_compared_and_the_others_are_counted():
    before = [one(1, 10), one(2, 90, effective=True), one(3, 50), one(4, 50), one(9, 50)]
    now = [one(1, 85, effective=True), one(2, 50), one(3, 50), one(4, 65), one(5, 50)]
    found = movement(before, now)
    assert [move.item.pokja_id for move in found["rose"]] == [1, 4]
    assert [move.item.pokja_id for move in found["fell"]] == [2]
    assert [move.item.pokja_id for move in found["became"]] == [1]
    assert [move.item.pokja_id for move in found["stopped"]] == [2]
    assert found["matrix"] == {
        ("Dasar", "Berkelanjutan"): 1,
        ("Berkelanjutan", "Berkembang"): 1,
        ("Berkembang", "Berkembang"): 1,
        ("Berkembang", "Mandiri"): 1,
    }
    assert (found["compared"], found["new"], found["gone"]) == (4, 1, 1)
    assert sum(found["matrix"].values()) == found["compared"]


def test_a_year_that_cannot_be_scored_moves_nobody():
    found = movement([one(1, None, effective=None, rules=None)], [one(1, 85, effective=True)])
    assert (found["compared"], found["told"], found["rose"], found["became"]) == (0, 0, [], [])
    assert findings.classes_moved(0, 0, 0, 2025) == (
        "Belum ada kelas kematangan yang dapat dibandingkan dengan 2025"
    )


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ((12, 5, 30), "12 Pokja naik kelas dan 5 Pokja turun kelas sejak 2025"),
        ((0, 5, 30), "5 Pokja turun kelas sejak 2025"),
        ((0, 0, 30), "Semua 30 Pokja tetap di kelasnya sejak 2025"),
    ],
)
def test_the_heading_tells_who_rose_and_who_fell(numbers, told):
    assert findings.classes_moved(*numbers, 2025) == told


def test_the_heading_on_effective_pokja():
    assert findings.effective_moved(9, 2, 20, 2025) == (
        "9 Pokja menjadi efektif dan 2 Pokja tidak lagi efektif sejak 2025"
    )
    assert findings.effective_moved(0, 0, 20, 2025) == (
        "Tidak ada Pokja yang berubah status sejak 2025"
    )


# --- the page ------------------------------------------------------------------------------------


@pytest.fixture
def moved(scene, give):
    """Makassar was not effective in 2025 and is in 2026; Bone the other way round."""
    give(scene["bone"], "rencana_kerja", "indikator", "anggaran", year=2025)
    return scene


def lists_of(answer):
    return {
        each["title"]: (each["count"], [row["name"] for row in each["rows"]], each["elsewhere"])
        for each in answer.context["lists"] + answer.context["effective_lists"]
    }


def test_who_reaches_the_province_reads_the_names(moved, client_of, verifikator_sulsel):
    found = lists_of(client_of(verifikator_sulsel).get(PAGE))
    assert found["Menjadi efektif"] == ("1", [moved["makassar"].name], "0")
    assert found["Tidak lagi efektif"] == ("1", [moved["bone"].name], "0")


def test_who_reaches_a_kabupaten_reads_its_names_alone(moved, client_of, operator_bone):
    answer = client_of(operator_bone).get(PAGE)
    found = lists_of(answer)
    assert found["Menjadi efektif"] == ("1", [], "1")
    assert found["Tidak lagi efektif"] == ("1", [moved["bone"].name], "0")
    text = answer.content.decode() + client_of(operator_bone).get(FILE).content.decode()
    assert [name for name in ("makassar", "waiting", "sulsel") if moved[name].name in text] == []


def test_the_file_counts_the_same_pokja(moved, client_of, verifikator_sulsel):
    lines = client_of(verifikator_sulsel).get(FILE).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("kode_wilayah,wilayah,kelas_sebelum,kelas,efektif_sebelum,efektif")
    assert sum(int(line.split(",")[6]) for line in lines[1:]) == 4


def test_a_filter_narrows_both_years(moved, client_of, verifikator_sulsel):
    answer = client_of(verifikator_sulsel).get(f"{PAGE}?jenis=gdpk")
    assert lists_of(answer)["Tidak lagi efektif"] == ("0", [], "0")
    assert answer.context["effective_heading"] == "Tidak ada Pokja yang berubah status sejak 2025"


def test_as_of_a_past_day_the_page_tells_what_was_known(moved, client_of, verifikator_sulsel):
    answer = client_of(verifikator_sulsel).get(f"{PAGE}?per=2026-01-01")
    assert answer.context["heading"].endswith(" per 1 Januari 2026")


def test_without_a_rubric_nothing_is_compared(moved, client_of, verifikator_sulsel):
    Rubric.objects.all().delete()
    answer = client_of(verifikator_sulsel).get(PAGE)
    assert answer.context["heading"] == (
        "Belum ada kelas kematangan yang dapat dibandingkan dengan 2025"
    )
    assert answer.context["matrix"] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/dasbor/73/2015/kematangan/", 404),  # there is no year before
        ("/dasbor/73/2028/kematangan/", 404),
        ("/dasbor/99/2026/kematangan/", 404),
        ("/dasbor/63/2026/kematangan/", 404),
        ("/dasbor/73.08/2026/kematangan/", 200),
        ("/dasbor/73/2027/kematangan/", 200),
        ("/dasbor/73/2026/kematangan/?jenis=apa&sebaya=zz&per=kapan", 200),
    ],
)
def test_addresses(moved, client_of, verifikator_sulsel, path, status):
    assert client_of(verifikator_sulsel).get(path).status_code == status


def test_a_former_code_leads_on(moved, regions, client_of, verifikator_sulsel):
    from apps.regions.services import change_region_code

    change_region_code(regions.bone, "73.28", on=date(2026, 1, 1), basis="uji")
    answer = client_of(verifikator_sulsel).get("/dasbor/73.08/2026/kematangan/?jenis=gdpk")
    assert answer["Location"] == "/dasbor/73.28/2026/kematangan/?jenis=gdpk"


@pytest.mark.parametrize("rows", [1, 3])
def test_two_years_cost_the_same_for_one_pokja_and_for_more(
    moved, regions, make_pokja, give, django_assert_num_queries, rows
):
    for _ in range(rows - 1):
        give(make_pokja(regions.bone, "gdpk"), "sk", "anggaran")
    with django_assert_num_queries(28):
        [items_of(regions.sulsel, year) for year in (2025, 2026)]

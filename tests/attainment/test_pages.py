"""The pages of attainment: what they show to whom, their files, and the form of targets."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.effectiveness.models import EffectiveTarget

pytestmark = pytest.mark.django_db


def page(client, area="73", year=2026, **query):
    return client.get(reverse("attainment:show", args=(area, year)), query)


def target_data(year=2026, *, seen=None, provinces="1", districts="2", source="PK 2026"):
    """The form as a browser sends it: five years, one of them filled in."""
    data = {}
    for each in range(2024, 2029):
        data |= {f"t{each}-provinces": "", f"t{each}-districts": "", f"t{each}-source": ""}
        data[f"t{each}-seen"] = '{"provinces": null, "districts": null, "source": ""}'
    own = {"provinces": provinces, "districts": districts, "source": source}
    data |= {f"t{year}-{name}": value for name, value in own.items()}
    if seen:
        data[f"t{year}-seen"] = seen
    return data


def test_the_heading_is_the_finding(scene, regions, koordinator_sulsel, client_of):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=2)
    text = page(client_of(koordinator_sulsel)).content.decode()
    assert (
        "0 Prov &amp; 1 dari 2 Kab/Kota efektif pada 2026, kurang 1 kab/kota dari target 2" in text
    )
    assert "Ubah target" in text


def test_other_regions_show_no_name_of_a_pokja(scene, operator_makassar, client_of):
    text = page(client_of(operator_makassar)).content.decode()
    assert "Kabupaten Bone" in text
    assert scene["bone"].name not in text
    assert "Ubah target" not in text


def test_the_nation_is_open_to_everybody_and_links_only_own_provinces(
    scene, operator_makassar, client_of
):
    text = page(client_of(operator_makassar), "nasional").content.decode()
    assert "/capaian/73/2026/" in text
    assert "/capaian/63/2026/" not in text


@pytest.mark.parametrize(
    "address",
    ["/capaian/63/2026/", "/capaian/99/2026/", "/capaian/73.71/2026/", "/capaian/73/1999/"],
)
def test_foreign_unknown_and_impossible_addresses_are_not_found(
    scene, operator_makassar, client_of, address
):
    assert client_of(operator_makassar).get(address).status_code == 404


def test_the_workbook_has_the_same_figures(scene, regions, koordinator_sulsel, client_of):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=2)
    answer = client_of(koordinator_sulsel).get("/capaian/73/2026/capaian.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["Capaian"].iter_rows(values_only=True))
    assert rows[-1] == (2026, "Kab/Kota", 2, 1, 2, "50%")
    assert [row[0] for row in book["Yang kurang"].iter_rows(min_row=2, values_only=True)] == [
        "73",
        "73.08",
    ]


def test_csv_carries_types_instead_of_names_of_foreign_pokja(scene, operator_makassar, client_of):
    text = (
        client_of(operator_makassar)
        .get("/capaian/73/2026/kekurangan.csv")
        .content.decode("utf-8-sig")
    )
    assert "73.08,Kabupaten Bone,1,Bangga Kencana,anggaran: belum diisi" in text
    assert scene["bone"].name not in text


def test_a_koordinator_sets_the_targets_and_it_is_on_record(
    scene, regions, koordinator_sulsel, client_of
):
    client = client_of(koordinator_sulsel)
    answer = client.post("/capaian/73/2026/target/", target_data())
    assert answer.status_code == 302
    row = EffectiveTarget.objects.get()
    assert (row.province, row.year, row.provinces, row.districts) == (regions.sulsel, 2026, 1, 2)
    entry = Entry.objects.latest("pk")
    assert entry.after["districts"] == 2
    client.post(
        "/capaian/73/2026/target/",
        target_data(
            provinces="",
            districts="",
            source="",
            seen='{"provinces": 1, "districts": 2, "source": "PK 2026"}',
        ),
    )
    assert not EffectiveTarget.objects.exists()


def test_who_saw_an_older_target_is_told_and_loses_nothing(
    scene, regions, koordinator_sulsel, client_of
):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=1)
    answer = client_of(koordinator_sulsel).post("/capaian/73/2026/target/", target_data())
    assert answer.status_code == 409
    assert "Target 2026 baru saja diubah orang lain" in answer.content.decode()
    assert "PK 2026" in answer.content.decode()
    assert EffectiveTarget.objects.get().districts == 1


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"districts": "3"}, "antara 0 dan 2"),
        ({"districts": "-1"}, "Angka tidak boleh kurang dari 0"),
        ({"districts": "1,5"}, "angka bulat"),
        ({"districts": "banyak"}, "Tulis angka saja"),
        ({"provinces": "2"}, "antara 0 dan 1"),
        ({"districts": ""}, "Isi target kab/kota 2026, misalnya 12"),
    ],
)
def test_bad_counts_are_named_and_nothing_is_saved(
    scene, koordinator_sulsel, client_of, fields, words
):
    answer = client_of(koordinator_sulsel).post("/capaian/73/2026/target/", target_data(**fields))
    assert answer.status_code == 200
    assert words in answer.content.decode()
    assert not EffectiveTarget.objects.exists()


@pytest.mark.parametrize("seen", ["[]", "nonsense", '{"provinces": {"a": 1}}', "null"])
def test_a_tampered_memory_of_what_was_seen_overwrites_nothing(
    scene, regions, koordinator_sulsel, client_of, seen
):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=1)
    answer = client_of(koordinator_sulsel).post("/capaian/73/2026/target/", target_data(seen=seen))
    assert answer.status_code in (200, 409)
    assert EffectiveTarget.objects.get().districts == 1


def test_only_those_who_may_set_targets_open_the_form(
    scene, operator_makassar, verifikator_sulsel, pusat, client_of
):
    address = "/capaian/73/2026/target/"
    assert client_of(operator_makassar).get(address).status_code == 403
    assert client_of(verifikator_sulsel).get(address).status_code == 403
    assert client_of(pusat).get(address).status_code == 200


def test_home_leads_to_the_own_province_or_the_nation(operator_makassar, pusat, client_of):
    assert "/capaian/73/" in client_of(operator_makassar).get("/capaian/").url
    assert "/capaian/nasional/" in client_of(pusat).get("/capaian/").url

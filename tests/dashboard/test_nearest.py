"""The shortest way of a kab/kota to be effective, as its dashboard tells it."""

import pytest

from apps.effectiveness.models import Rubric
from tests.dashboard.test_pages import text_of

pytestmark = pytest.mark.django_db
BONE = "/dasbor/73.08/2026/"


def way_of(client, address=BONE):
    return client.get(address).context["way"]


def test_the_nearest_pokja_is_named_with_what_it_lacks(
    scene, give, make_pokja, regions, client_of, operator_bone
):
    give(make_pokja(regions.bone, "gdpk"), "sk")
    response = client_of(operator_bone).get(BONE)
    way = response.context["way"]
    assert way["heading"] == "1 langkah lagi agar Kabupaten Bone efektif"
    assert way["ways"] == [
        {
            "name": scene["bone"].name,
            "met": "3 dari 4 kriteria terpenuhi",
            "steps": [
                {
                    "title": "Anggaran",
                    "word": "Belum diisi",
                    "address": f"/pokja/{scene['bone'].pk}/2026/#anggaran",
                }
            ],
        }
    ]
    assert text_of(response).count("1 langkah lagi agar Kabupaten Bone efektif") == 1


def test_an_effective_region_has_no_such_panel(scene, client_of, operator_makassar):
    response = client_of(operator_makassar).get("/dasbor/73.71/2026/")
    assert response.context["way"] is None
    assert "Jalan tercepat" not in text_of(response)


def test_all_pokja_must_be_effective_where_the_rubric_says_so(scene, client_of, operator_makassar):
    Rubric.objects.update(region_rule="all")
    way = way_of(client_of(operator_makassar), "/dasbor/73.71/2026/")
    assert way["heading"] == "1 langkah lagi agar Kota Makassar efektif"
    assert way["ways"][0]["steps"][0]["word"] == "Menunggu verifikasi"


def test_the_integrated_pokja_is_to_be_formed_first(
    today, rubric, regions, make_pokja, give, client_of, operator_bone
):
    Rubric.objects.update(region_rule="integrated")
    give(make_pokja(regions.bone, "gdpk"), "sk", "rencana_kerja", "indikator", "anggaran")
    way = way_of(client_of(operator_bone))
    assert (way["heading"], way["ways"]) == ("5 langkah lagi agar Kabupaten Bone efektif", [])
    assert way["form"] == {
        "title": "Bentuk Pokja Bangga Kencana",
        "why": "Lalu penuhi SK, rencana kerja, indikator, dan anggaran",
        "how": "Ajukan penetapan kepada Bupati",
    }


def test_a_region_without_pokja_is_told_to_form_one(
    today, rubric, regions, client_of, operator_bone
):
    response = client_of(operator_bone).get(BONE)
    assert response.context["way"]["form"]["title"] == "Bentuk Pokja"
    assert text_of(response).count("Bentuk Pokja.") == 1


def test_nothing_is_told_of_a_past_day_or_a_year_without_rubric(scene, client_of, operator_bone):
    client = client_of(operator_bone)
    assert client.get(BONE + "?per=2026-03-01").context["way"] is None
    Rubric.objects.all().delete()
    assert way_of(client) is None

"""The filters of the dashboards as people get them: in the address, on links, told in words."""

import gzip
import re
from html import unescape

import pytest

from apps.decrees.models import Decree
from apps.effectiveness.models import Rubric, RubricCriterion
from apps.effectiveness.stored import settle
from tests import makers
from tests.dashboard.test_pages import DISTRICT, NATION, PROVINCE, heading, links_of, text_of

pytestmark = pytest.mark.django_db
BOTH = "?jenis=gdpk&kriteria=anggaran"
KEPT = "jenis=gdpk&amp;kriteria=anggaran"


def test_heading_tile_map_and_ranking_show_the_criterion(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(f"{PROVINCE}?kriteria=rencana_kerja")
    assert heading(page) == "3 dari 4 Pokja di Sulawesi Selatan sudah memenuhi rencana kerja"
    effective = page.context["effective"]
    assert (effective["label"], effective["value"]) == (
        "Pokja yang memenuhi rencana kerja",
        "3 dari 4",
    )
    assert "Kota Makassar: 2 dari 2 Pokja memenuhi rencana kerja" in page.context["map"]
    assert re.findall(r'num">(\d dari \d)<', page.context["ranking"]["table"]) == [
        "2 dari 2",
        "1 dari 1",
    ]
    assert "Menampilkan 4 Pokja: bagian yang memenuhi rencana kerja." in text_of(page)


@pytest.mark.parametrize("path", [PROVINCE, DISTRICT, NATION])
def test_a_kind_counts_its_pokja_alone_and_every_dashboard_keeps_it(scene, client_of, cast, path):
    page = client_of(cast["admin"]).get(path + BOTH)
    assert "Menampilkan 1 Pokja: jenis GDPK, bagian yang memenuhi anggaran." in text_of(page)
    ways = {link for link in links_of(page) if re.match(r"/dasbor/[^/]+/\d{4}/(\?|$)", link)}
    kept = {link for link in ways if KEPT in link}
    assert kept
    assert ways == kept


def test_chips_take_one_away_and_the_rest_stays(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(f"{PROVINCE}{BOTH}&sebaya=kota&urut=terendah")
    assert page.context["filters"]["chips"] == [
        ("Jenis: GDPK", "?kriteria=anggaran&sebaya=kota&urut=terendah"),
        ("Kriteria: anggaran", "?jenis=gdpk&sebaya=kota&urut=terendah"),
        ("Kota", "?jenis=gdpk&kriteria=anggaran&urut=terendah"),
    ]
    assert page.context["filters"]["clear"] == "?urut=terendah"
    assert heading(page) == "Satu-satunya Pokja GDPK di 1 kota di Sulawesi Selatan belum " + (
        "memenuhi anggaran"
    )


def test_without_filters_nothing_is_told_of_them(scene, client_of, verifikator_sulsel):
    told = text_of(client_of(verifikator_sulsel).get(PROVINCE))
    assert "Menampilkan" not in told
    assert "Hapus saringan" not in told
    assert "Tampilkan" in told


@pytest.mark.parametrize("path", [PROVINCE, DISTRICT, NATION])
def test_a_filter_that_matches_nothing_offers_the_way_back(scene, client_of, cast, path):
    page = client_of(cast["admin"]).get(f"{path}?jenis=pjpk&per=2026-03-10")
    told = text_of(page)
    assert page.status_code == 200
    assert "Tidak ada Pokja yang cocok" in told or page.context["moment_empty"]
    assert 'href="?per=2026-03-10">Hapus saringan' in page.content.decode()
    assert "Belum ada Pokja PJPK" in heading(page)
    plain = client_of(cast["admin"]).get(f"{path}?jenis=pjpk")
    assert "Tidak ada Pokja yang cocok" in text_of(plain)


@pytest.mark.parametrize("path", [PROVINCE, DISTRICT, NATION, "/dasbor/nasional/2026/peta/"])
def test_unknown_values_are_told_and_ignored(scene, client_of, cast, path):
    client = client_of(cast["admin"])
    page = client.get(f"{path}?jenis=x&kriteria=<i o>&sebaya=99.99&urut=acak&belum=ya&halaman=-1")
    told = text_of(page)
    assert page.status_code == 200
    assert "Jenis Pokja “x” tidak dikenal" in told
    assert heading(page) == heading(client.get(path))
    assert "<i o>" not in page.content.decode()


@pytest.mark.parametrize("path", [PROVINCE, DISTRICT, NATION])
def test_hundreds_of_parameters_break_nothing(scene, client_of, cast, path):
    many = "&".join(f"p{at}=v{at}" for at in range(900))
    twice = "&".join(f"jenis=k{at}" for at in range(50))
    page = client_of(cast["admin"]).get(f"{path}?{many}&{twice}&jenis=gdpk")
    assert page.status_code == 200
    assert page.context["selection"].kind == "gdpk"
    assert len(gzip.compress(page.content)) < 30 * 1024


def test_the_largest_province_with_filters_stays_within_its_weight(
    scene, regions, make_region, make_pokja, give, client_of, verifikator_sulsel
):
    for at in range(1, 37):
        region = make_region(f"73.{at + 20:02d}", f"Kabupaten Panjang Sekali {at}", regions.sulsel)
        for kind in ("advokasi", "kampung_kb", "gdpk", "stunting", "lainnya"):
            give(make_pokja(region, kind), *("sk", "anggaran")[: at % 3])
    settle()
    client = client_of(verifikator_sulsel)
    for query in ("", f"{BOTH}&sebaya=kabupaten&urut=perubahan", "?belum=1&urut=perubahan"):
        page = client.get(PROVINCE + query)
        assert page.status_code == 200
        assert len(gzip.compress(page.content)) < 30 * 1024


def test_the_order_by_change_tells_who_rose(
    scene, regions, make_pokja, give, client_of, verifikator_sulsel
):
    for kind in ("gdpk", "stunting"):
        make_pokja(regions.bone, kind)
    make_pokja(regions.makassar, "stunting")
    give(scene["bone"], "anggaran")
    for name in ("makassar", "bone"):
        give(scene[name], "rencana_kerja", "indikator", year=2025)
    page = client_of(verifikator_sulsel).get(f"{PROVINCE}?urut=perubahan")
    assert page.context["ranking"]["heading"] == "2 daerah naik sejak 2025"
    rows = re.findall(
        r'num">(\d*)</td><th scope="row"><a [^>]*>([^<]+)', str(page.context["ranking"]["table"])
    )
    assert rows == [("1", "Bone"), ("1", "Kota Makassar")]
    assert "naik 1 Pokja" in text_of(page)
    nation = client_of(verifikator_sulsel).get(f"{NATION}?urut=perubahan")
    assert "Sejak 2025" in text_of(nation)


def test_the_heat_table_has_a_slot_for_each_criterion_of_the_rubric(
    scene, client_of, verifikator_sulsel
):
    rubric = Rubric.objects.get()
    RubricCriterion.objects.filter(rubric=rubric).update(weight=20)
    RubricCriterion.objects.create(
        rubric=rubric,
        criterion="perda",
        name="Perda kependudukan",
        check_code="regulasi_berlaku",
        parameters={"topic": "kependudukan"},
        weight=20,
        is_required=False,
        order=9,
    )
    page = client_of(verifikator_sulsel).get(PROVINCE)
    slots = re.findall(
        r'<span class="k4"[^>]*>((?:<i class="."></i>)+)</span>', page.context["heat"]
    )
    assert {each.count("<i") for each in slots} == {5}
    assert "Perda kependudukan" in page.context["slots"]
    assert page.context["possible"] == "5"


def test_the_nearest_regions_are_told_and_pokja_named_only_within_reach(
    scene, client_of, verifikator_sulsel, operator_makassar
):
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert page.context["nearest"]["heading"] == "1 daerah tinggal 1 langkah menjadi efektif"
    (row,) = page.context["nearest"]["rows"]
    assert (row["name"], row["ways"][0]["lacks"]) == ("Bone", "Anggaran")
    assert row["ways"][0]["name"] == scene["bone"].name
    (row,) = client_of(operator_makassar).get(PROVINCE).context["nearest"]["rows"]
    assert (row["address"], row["ways"][0]["name"]) == (None, "")


def test_from_a_province_to_a_document_in_four_clicks(
    scene, regions, client_of, verifikator_sulsel, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    document = makers.make_document(regions.makassar)
    Decree.objects.filter(coverage__pokja=scene["makassar"]).update(document=document)
    client = client_of(verifikator_sulsel)

    def opened(page, pattern):
        """The page behind the first link that fits."""
        links = [link for link in sorted(links_of(page)) if re.search(pattern, link)]
        assert links, pattern
        answer = client.get(unescape(links[0]), follow=True)
        assert answer.status_code == 200
        return answer

    district = opened(client.get(PROVINCE), r"^/dasbor/73\.71/2026/$")
    pokja = opened(district, rf"^/pokja/{scene['makassar'].pk}/2026/$")
    assert opened(pokja, str(document.uuid))

"""The three dashboards as people get them: figures, links, filters, empty states, weight."""

import gzip
import re

import pytest

from apps.effectiveness.models import EffectiveTarget, Rubric
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db

PROVINCE, DISTRICT, NATION = "/dasbor/73/2026/", "/dasbor/73.71/2026/", "/dasbor/nasional/2026/"


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def links_of(response):
    return set(re.findall(r'href="(/[^"]*)"', response.content.decode()))


def heading(response):
    return re.search(r"<h1>(.*?)</h1>", response.content.decode(), re.DOTALL)[1]


# --- Province ------------------------------------------------------------------------------------


def test_the_province_page_states_its_finding(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert heading(page) == "1 dari 4 Pokja di Sulawesi Selatan sudah efektif"
    assert page.context["weakest"] == "Anggaran paling sering kurang: 3 Pokja belum memenuhi."
    assert page.context["sub"] == (
        "Tahun 2026, data terverifikasi s.d. 12 Maret 2026. Efektif = empat kriteria terpenuhi."
    )


def test_waiting_is_shown_but_not_counted(scene, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert page.context["effective"]["value"] == "1 dari 4"
    assert page.context["effective"]["waiting"] == "1 kriteria menunggu verifikasi"
    assert [cell["note"] for cell in page.context["criteria"]] == [
        "1 belum, 0 menunggu",
        "1 belum, 0 menunggu",
        "1 belum, 0 menunggu",
        "2 belum, 1 menunggu",
    ]


def test_the_official_figure_stands_against_the_target(
    scene, regions, client_of, verifikator_sulsel
):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=2)
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert page.context["official"] == {
        "figure": "0 Prov & 1 dari 2 Kab/Kota",
        "target": "Target 1 Prov & 2 Kab/Kota; capaian Prov 0%, Kab/Kota 50%.",
        "rule": "Wilayah dihitung efektif bila: paling sedikit satu Pokja efektif.",
    }


def test_a_verifier_reaches_every_region_and_pokja_of_the_province(
    scene, client_of, verifikator_sulsel
):
    links = links_of(client_of(verifikator_sulsel).get(PROVINCE))
    wanted = {
        f"/pokja/{scene[name].pk}/2026/" for name in ("makassar", "waiting", "bone", "sulsel")
    }
    assert wanted | {"/dasbor/73.71/2026/", "/dasbor/73.08/2026/", "/verifikasi/"} <= links


def test_an_operator_gets_links_to_the_own_region_only(scene, client_of, operator_bone):
    links = links_of(client_of(operator_bone).get(PROVINCE))
    assert {link for link in links if link.startswith("/pokja/")} - {"/pokja/"} == {
        f"/pokja/{scene['bone'].pk}/2026/"
    }
    assert {link for link in links if re.match(r"/dasbor/73\.", link)} == {"/dasbor/73.08/2026/"}


def test_no_pokja_is_named_to_those_who_do_not_reach_it(scene, client_of, operator_bone):
    told = text_of(client_of(operator_bone).get(PROVINCE))
    # The own one alone, as the region that lacks the fewest steps.
    assert [pokja.name for pokja in scene.values() if pokja.name in told] == [scene["bone"].name]


def test_the_figures_are_the_same_for_everybody_who_may_look(scene, client_of, cast):
    seen = {
        client_of(cast[name]).get(PROVINCE).context["heading"]
        for name in (
            "operator_bone",
            "operator_sulsel",
            "verifikator_sulsel",
            "pusat",
            "pengamat_makassar",
            "admin",
        )
    }
    assert seen == {"1 dari 4 Pokja di Sulawesi Selatan sudah efektif"}


def test_the_filter_leaves_out_regions_where_all_are_effective(
    scene, regions, give, client_of, verifikator_sulsel
):
    give(scene["bone"], "anggaran")
    page = client_of(verifikator_sulsel).get(PROVINCE + "?belum=1")
    names = re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', page.context["heat"])
    assert names == ["Tingkat provinsi", "Kota Makassar"]
    assert page.context["shown"] == "Menampilkan 2 dari 3 daerah"


def test_the_ranking_turns_round(scene, make_pokja, give, regions, client_of, verifikator_sulsel):
    for kind in ("gdpk", "stunting"):
        make_pokja(regions.bone, kind)
    make_pokja(regions.makassar, "stunting")
    client = client_of(verifikator_sulsel)

    def order(query):
        table = client.get(PROVINCE + query).context["ranking"]["table"]
        return re.findall(r'num">(\d*)</td><th scope="row"><a [^>]*>([^<]+)', table)

    assert order("") == [("1", "Kota Makassar"), ("2", "Bone")]
    assert order("?urut=terendah") == [("2", "Bone"), ("1", "Kota Makassar")]


def test_silent_regions_are_named(scene, regions, client_of, verifikator_sulsel):
    Evidence.objects.filter(region=regions.bone).update(status="draft")
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert (page.context["silent"], page.context["silent_names"]) == (
        "1 kabupaten/kota belum mengirim apa pun",
        "Bone",
    )


def test_a_province_where_nobody_sent_anything_says_so_and_offers_last_year(
    today, rubric, regions, make_pokja, give, client_of, verifikator_sulsel
):
    pokja = make_pokja(regions.bone, "gdpk")
    give(pokja, "rencana_kerja", year=2025)
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert heading(page) == "Belum ada isian tahun 2026 dari 2 kabupaten/kota"
    assert {"/dasbor/73/2025/", "/dasbor/73.08/2026/"} <= links_of(page)


def test_without_a_rubric_nothing_is_a_silent_zero(scene, client_of, verifikator_sulsel):
    Rubric.objects.all().delete()
    page = client_of(verifikator_sulsel).get(PROVINCE)
    assert heading(page) == "Pokja di Sulawesi Selatan tahun 2026 tidak dapat dinilai"
    assert (page.context["official"], page.context["effective"]["value"]) == (None, "–")


def test_last_year_is_seen_on_its_last_day(scene, give, client_of, verifikator_sulsel):
    page = client_of(verifikator_sulsel).get("/dasbor/73/2025/")
    assert page.context["sub"].startswith("Tahun 2025, keadaan 31 Desember 2025.")


def test_an_sk_that_ends_stops_counting_the_day_after(
    scene, client_of, verifikator_sulsel, time_machine
):
    from datetime import date

    from apps.decrees.models import Decree

    Decree.objects.update(valid_until=date(2026, 3, 12))

    def value():
        page = client_of(verifikator_sulsel).get(PROVINCE)
        return page.context["effective"]["value"]

    assert value() == "1 dari 4"
    time_machine.move_to("2026-03-12T17:30:00Z", tick=False)  # 13 March in Jakarta
    assert value() == "0 dari 4"


# --- Nation --------------------------------------------------------------------------------------


def test_the_nation_counts_all_provinces(scene, client_of, pusat):
    page = client_of(pusat).get(NATION)
    assert heading(page) == "2 dari 5 Pokja di 2 provinsi sudah efektif"
    assert page.context["official"]["figure"] == "0 dari 2 Prov & 2 dari 3 Kab/Kota"


def test_the_nations_heading_speaks_of_provinces_that_have_pokja(
    scene, client_of, pusat, make_region
):
    make_region("11", "Aceh")
    page = client_of(pusat).get(NATION)
    assert heading(page) == "2 dari 5 Pokja di 2 provinsi sudah efektif"
    assert "1 provinsi belum mengirim apa pun" in page.context["sub"]


def test_everybody_sees_all_provinces_but_opens_only_the_own(scene, client_of, operator_bone):
    page = client_of(operator_bone).get(NATION)
    assert re.findall(r'<th scope="row">(?:<a [^>]*>)?([^<]+)', page.context["table"]) == [
        "Sulawesi Selatan",
        "Kalimantan Selatan",
    ]  # one Pokja is not ranked
    assert {link for link in links_of(page) if re.match(r"/dasbor/\d", link)} == {
        "/dasbor/73/2026/"
    }


def test_a_province_without_data_is_one_line_and_small_numbers_are_counts(
    scene, regions, client_of, pusat
):
    table = client_of(pusat).get(NATION).context["table"]
    assert re.findall(r'<td class="num strong">([^<]+)', table) == ["1 dari 4", "1 dari 1"]
    Evidence.objects.filter(region=regions.banjarmasin).update(status="draft")
    table = client_of(pusat).get(NATION).context["table"]
    assert re.findall(r'<td class="muted small2 none" colspan="6">([^<]+)', table) == [
        "Belum ada data"
    ]


def test_the_own_province_is_outlined(scene, client_of, operator_bone, pusat):
    assert client_of(operator_bone).get(NATION).context["own"] == "Sulawesi Selatan"
    assert client_of(pusat).get(NATION).context["own"] == ""


def test_only_targets_of_all_provinces_are_compared(scene, regions, client_of, pusat):
    EffectiveTarget.objects.create(province=regions.sulsel, year=2026, provinces=1, districts=2)
    page = client_of(pusat).get(NATION)
    assert page.context["official"]["target"] == "Target tahun 2026 baru diisi 1 dari 2 provinsi."


def test_the_largest_risers_stand_on_twenty_pokja_in_both_years(
    today, rubric, regions, make_pokja, give, client_of, pusat
):
    for n in range(20):
        pokja = make_pokja(regions.bone, "gdpk")
        give(pokja, "sk", "rencana_kerja", "indikator", "anggaran")
        if n < 5:
            give(pokja, "rencana_kerja", "indikator", "anggaran", year=2025)
    give(make_pokja(regions.banjarmasin, "gdpk"), "sk", "rencana_kerja", "indikator", "anggaran")
    page = client_of(pusat).get(NATION)
    assert page.context["risers"] == [
        {
            "name": "Sulawesi Selatan",
            "address": "/dasbor/73/2026/",
            "change": "25% → 100%",
            "points": "+75 poin",
        }
    ]


def test_the_geographic_map_says_the_same_numbers_in_words(scene, client_of, operator_bone):
    page = client_of(operator_bone).get(NATION + "peta/")
    assert re.findall(r'<td class="num">([^<]+)', page.context["list"]) == ["1 dari 1", "1 dari 4"]


def test_a_nation_without_data_still_lists_its_provinces(today, rubric, regions, client_of, pusat):
    page = client_of(pusat).get(NATION)
    assert heading(page) == "Belum ada isian tahun 2026 dari 2 provinsi"
    assert {"/dasbor/63/2026/", "/dasbor/73/2026/"} <= links_of(page)


# --- Kabupaten and kota --------------------------------------------------------------------------


def test_a_kota_shows_its_pokja_one_by_one(scene, client_of, operator_makassar):
    page = client_of(operator_makassar).get(DISTRICT)
    assert heading(page) == "1 dari 2 Pokja di Kota Makassar sudah efektif"
    assert [cell["value"] + " " + cell["unit"] for cell in page.context["criteria"]] == [
        "2 dari 2 Pokja"
    ] * 3 + ["1 dari 2 Pokja"]
    assert re.findall(r'fw-normal">([^<]+)', page.context["table"]) == [
        "Efektif",
        "Tinggal menunggu verifikasi anggaran",
    ]


def test_money_is_that_of_verified_budgets(scene, client_of, operator_makassar):
    budget = client_of(operator_makassar).get(DISTRICT).context["budget"]
    assert budget["heading"] == "Anggaran operasional Rp\u00a040.000.000"
    assert (len(budget["rows"]), budget["without"]) == (1, scene["waiting"].name)


def test_the_tasks_button_is_for_operators_of_this_region(scene, client_of, cast):
    shown = {
        name: client_of(cast[name]).get(DISTRICT).context["tasks"]
        for name in ("operator_makassar", "verifikator_sulsel", "pengamat_makassar", "pusat")
    }
    assert shown == {
        "operator_makassar": "/tugas/",
        "verifikator_sulsel": None,
        "pengamat_makassar": None,
        "pusat": None,
    }


def test_nobody_sees_a_draft_on_a_dashboard(
    scene, make_pokja, give, regions, client_of, pengamat_makassar
):
    give(make_pokja(regions.makassar, "stunting"), "rencana_kerja", status="draft")
    page = client_of(pengamat_makassar).get(DISTRICT)
    assert "Draf" not in text_of(page)
    assert "Belum ada isian" in text_of(page)


def test_a_region_without_pokja_says_so(today, rubric, regions, client_of, operator_bone):
    page = client_of(operator_bone).get("/dasbor/73.08/2026/")
    assert "Belum ada Pokja di daerah ini" in text_of(page)


# --- Cost ----------------------------------------------------------------------------------------


def test_a_page_stays_below_thirty_kilobytes_on_the_wire(scene, client_of, pusat):
    client = client_of(pusat)
    heaviest = max(
        len(gzip.compress(client.get(path).content, 6))
        for path in (PROVINCE, DISTRICT, NATION, NATION + "peta/")
    )
    assert heaviest < 30_000


def test_no_page_styles_or_scripts_itself(scene, client_of, pusat):
    client = client_of(pusat)
    for path in (PROVINCE, DISTRICT, NATION, NATION + "peta/", "/panduan/skor/"):
        body = client.get(path).content.decode()
        assert re.findall(r'\sstyle="|<style|\son[a-z]+="|<script(?![^>]* src=)', body) == []

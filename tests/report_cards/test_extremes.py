"""Provinces with one kab/kota, with 38, with nothing sent; no Pokja, no rubric, a closed year."""

import pytest

from apps.effectiveness.closing import close
from apps.effectiveness.models import Rubric
from apps.pokja.models import Pokja
from apps.report_cards.reading import book_of, rapor_of
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db
KINDS = ("bangga_kencana", "advokasi", "kampung_kb", "gdpk", "stunting", "pjpk")


def test_a_province_with_one_region(scene, cast, paper):
    pages = paper(cast["verifikator_kalsel"], "63/2026/buku.pdf")
    assert "KOTA BANJARMASIN" in pages[-1]
    assert "1 dari 1 Kab/Kota" in " ".join(pages)


def test_a_province_with_38_regions_of_six_pokja_has_a_page_for_each(
    scene, regions, cast, make_region, make_pokja, give, paper
):
    for number in range(36):
        region = make_region(f"73.{number + 20}", f"Kabupaten Contoh {number}", regions.sulsel)
        for kind in KINDS[: number % 7]:
            give(make_pokja(region, kind), *("sk", "rencana_kerja")[: number % 3])
    pages = paper(cast["koordinator_sulsel"], "73/2026/buku.pdf")
    sheets = [page for page in pages[1:] if "RAPOR EFEKTIVITAS" in page]
    assert len(sheets) == 39
    assert len(pages) - len(sheets) <= 2  # the contents, and the second page of the province
    assert pages[0].count("Kabupaten Contoh") == 36


def test_a_province_in_which_nobody_has_sent_anything(scene, cast, client_of, paper):
    Evidence.objects.update(status="draft")
    text = " ".join(paper(cast["koordinator_sulsel"], "73/2026/buku.pdf"))
    assert "Belum ada isian tahun 2026 dari 2 kabupaten/kota" in text
    assert "belum ada data" in text
    page = client_of(cast["koordinator_sulsel"]).get("/rapor/73/2026/")
    assert "Belum ada isian tahun 2026" in page.content.decode()


def test_a_region_without_any_pokja_says_so(scene, regions, cast, client_of, paper):
    Pokja.objects.filter(region=regions.bone).update(formed_on="2026-12-01")
    (text,) = paper(cast["operator_bone"], "73.08/2026/rapor.pdf")
    assert "Belum ada Pokja di daerah ini." in text
    page = client_of(cast["operator_bone"]).get("/rapor/73.08/2026/").content.decode()
    assert "Rapor terisi setelah Pokja dicatat pada daftar Pokja." in page
    (step,) = rapor_of(regions.bone, 2026).sheets[0]["way"]["lines"]
    assert step.startswith("Bentuk Pokja. Ajukan penetapan kepada Bupati.")


def test_a_year_without_a_rubric_is_not_rated_and_never_zero(scene, regions, cast, paper):
    Rubric.objects.update(status="draft")
    (text,) = paper(cast["operator_makassar"], "73.71/2026/rapor.pdf")
    assert "Tidak dapat dinilai" in text
    assert rapor_of(regions.makassar, 2026).sheets[0]["kpi"][0]["value"] == "Tidak dapat dinilai"
    assert book_of(regions.sulsel, 2026).sheets[0]["official"] == "Tidak dapat dinilai."


def test_names_cannot_become_code_of_the_paper(scene, cast, paper):
    Pokja.objects.filter(pk=scene["bone"].pk).update(name='Pokja #panic("x") $ [ *a* <script>')
    (text,) = paper(cast["operator_bone"], "73.08/2026/rapor.pdf")
    assert 'Pokja #panic("x") $ [ *a* <script>' in text


def test_a_closed_year_says_since_when_it_is_frozen(scene, regions, cast, client_of, paper):
    close(regions.sulsel, 2025, actor=cast["koordinator_sulsel"])
    text = " ".join(paper(cast["koordinator_sulsel"], "73/2025/buku.pdf"))
    assert text.count("Angka tahun 2025 dibekukan pada 12 Maret 2026") == 3
    page = client_of(cast["operator_bone"]).get("/rapor/73.08/2025/").content.decode()
    assert "dibekukan" in page


def test_a_page_of_a_past_day_before_anything_was_sent(scene, cast, client_of):
    page = client_of(cast["operator_bone"]).get("/rapor/73.08/2026/?per=2025-01-01")
    assert "Belum ada data pada tanggal itu" in page.content.decode()


def test_a_date_that_is_none_is_told_on_the_page(scene, cast, client_of):
    page = client_of(cast["operator_bone"]).get("/rapor/73.08/2026/?per=31 Februari")
    assert page.context["galat"] is True

"""The rapor on the screen: the same facts as its paper, light, and safe."""

import gzip

import pytest

from apps.papers.models import IssuedPaper
from apps.pokja.models import Pokja
from tests import makers
from tests.filing.pages import words

LIGHT = 30 * 1024  # bytes, gzipped


def url(pokja, year=2026, query=""):
    return f"/pokja/{pokja.pk}/{year}/rapor/{query}"


def test_the_page_tells_what_the_paper_tells(pokja, officer, judge, complete):
    for name in ("sk", "rencana_kerja"):
        makers.verified(complete[name], officer.user, judge.user)
    response = officer.client.get(url(pokja))
    text = words(response)
    for told in (
        "Rapor Pokja Bangga Kencana 2026",
        "BELUM EFEKTIF",
        "2 dari 4 kriteria terpenuhi",
        "A. Penilaian empat kriteria",
        "Nomor 188.45/412/I/2026",
        "Draf anggaran belum dikirim",
        "Lampiran 4. Riwayat verifikasi",
        "Skor: 25 + 25 + 0 + 0 = 50 dari 100.",
        IssuedPaper.objects.get().mark()["code"],
    ):
        assert told in text, told
    page = response.content.decode()
    assert f'href="/pokja/{pokja.pk}/2026/rapor.pdf"' in page
    assert f'href="/pokja/{pokja.pk}/2026/rapor.pdf?kertas=f4"' in page
    assert 'style="' not in page
    assert len(gzip.compress(response.content)) < LIGHT


def test_the_pokja_page_leads_here(pokja, officer):
    page = officer.client.get(f"/pokja/{pokja.pk}/2026/").content.decode()
    assert f'href="{url(pokja)}"' in page


def test_a_past_day_goes_along_to_the_pdf(pokja, officer):
    page = officer.client.get(url(pokja, query="?per=2026-03-11")).content.decode()
    assert f"/pokja/{pokja.pk}/2026/rapor.pdf?per=2026-03-11" in page
    assert f"/pokja/{pokja.pk}/2026/rapor.pdf?kertas=f4&amp;per=2026-03-11" in page
    assert "Keadaan per" in page


def test_names_never_become_markup(pokja, officer):
    Pokja.objects.filter(pk=pokja.pk).update(name="<script>alert(1)</script> #eval(2)")
    page = officer.client.get(url(pokja)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #eval(2)" in page


def test_a_pokja_without_any_evidence_has_its_rapor(pokja, officer):
    text = words(officer.client.get(url(pokja)))
    assert "0 dari 4 kriteria terpenuhi" in text
    assert text.count("tanpa batas waktu") >= 4
    assert "SK penetapan belum ada" in text
    assert "Belum ada rencana kerja yang dapat ditampilkan." in text
    assert "Belum ada riwayat." in text


@pytest.mark.parametrize("year", [1900, 2028])
def test_impossible_years_are_not_found(pokja, officer, year):
    assert officer.client.get(url(pokja, year)).status_code == 404


def test_observers_see_it_others_do_not(pokja, pengamat_makassar, operator_bone, client_of, client):
    assert client_of(pengamat_makassar).get(url(pokja)).status_code == 200
    assert client_of(operator_bone).get(url(pokja)).status_code == 404
    assert client.get(url(pokja)).status_code == 302

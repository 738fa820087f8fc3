"""The rapor PDF of a Pokja's year: what it says, to whom."""

import io
import re

import pikepdf
import pypdfium2
import pytest

from tests import makers

# Three years, the receipt, head, signer and code; on the page its frame beside them.
PAPER_QUERIES, PAGE_QUERIES = 53, 70


def pdf_text(response) -> str:
    pages = pypdfium2.PdfDocument(response.content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return re.sub(r"\s+", " ", text)


def url(pokja, year=2026, query=""):
    return f"/pokja/{pokja.pk}/{year}/rapor.pdf{query}"


def test_the_paper_says_what_the_page_says(pokja, officer, judge, complete):
    for name in ("sk", "rencana_kerja"):
        makers.verified(complete[name], officer.user, judge.user)
    response = officer.client.get(url(pokja))
    assert response["Content-Type"] == "application/pdf"
    assert (
        'filename="Rapor_Pokja-Bangga-Kencana_Kota-Makassar_2026.pdf"'
        in (response["Content-Disposition"])
    )
    text = pdf_text(response)
    for told in (
        "RAPOR EFEKTIVITAS POKJA BANGGA KENCANA",
        "Kota Makassar, Provinsi Sulawesi Selatan",
        "Data per tanggal : 12 Maret 2026 pukul 11.00 WITA",
        "BELUM EFEKTIF",
        "2 dari 4 kriteria terpenuhi",
        "Skor terverifikasi 50 dari 100",
        "A. Penilaian empat kriteria",
        "Nomor 188.45/412/I/2026, ditetapkan 14 Januari 2026, oleh Wali Kota Makassar",
        "Draf anggaran belum dikirim Kirim untuk diverifikasi OPD KB dan Bappeda",
        "Lampiran 1. Rencana kerja 2026",
        "1 Rapat koordinasi Dinas PPKB ✓ ✓ ✓ ✓",
        "Belum ada indikator yang dapat ditampilkan.",
        "Rencana kerja disetujui oleh verifikator Verifikator Sulsel",
        "Rubrik bawaan",
        "versi 1, SK Pokja.pdf",
        "disetujui Verifikator Sulsel, 12 Maret 2026 pukul 11.00 WITA",
        "Skor: 25 + 25 + 0 + 0 = 50 dari 100.",
        "Terbit 12 Maret 2026 pukul 11.00 WITA",
        "Halaman 1 dari",
    ):
        assert told in text, told


def test_it_is_a_sound_a4_document_with_a_title(pokja, officer, effective):
    response = officer.client.get(url(pokja))
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        width, height = (round(float(side)) for side in pdf.pages[0].mediabox[2:])
        assert (width, height) == (595, 842)
        assert str(pdf.docinfo["/Title"]) == "Rapor Pokja Bangga Kencana, Kota Makassar, 2026"
    text = pdf_text(response)
    assert text.count("EFEKTIF 4 dari 4 kriteria terpenuhi") == 1
    assert text.count("Naik kelas") == 0


def test_a_sample_installation_is_marked(pokja, officer, effective, monkeypatch):
    assert "data contoh" not in pdf_text(officer.client.get(url(pokja)))
    monkeypatch.setattr("apps.filing.rapor.is_sample", lambda: True)
    text = pdf_text(officer.client.get(url(pokja)))
    assert text.count("(data contoh)") >= 2


def test_an_observer_gets_verified_facts_only(
    pokja, officer, judge, complete, pengamat_makassar, client_of
):
    makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    text = pdf_text(client_of(pengamat_makassar).get(url(pokja)))
    assert "188.45/412/I/2026" not in text
    assert "Skor terverifikasi 25 dari 100" in text


def test_drafts_are_not_told_as_facts(pokja, officer, complete):
    text = pdf_text(officer.client.get(url(pokja)))
    assert "188.45/412/I/2026" not in text
    assert "Belum seluruhnya diverifikasi" not in text


def test_what_waits_is_said_under_the_title(pokja, officer, complete):
    from apps.evidence.services import submit

    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    text = pdf_text(officer.client.get(url(pokja)))
    assert "Belum seluruhnya diverifikasi" in text
    assert "dikirim 12 Maret 2026, belum diperiksa" in text


def test_words_of_people_never_become_layout(pokja, officer, effective):
    from apps.pokja.models import Pokja
    from apps.work_plans.models import Activity

    Pokja.objects.filter(pk=pokja.pk).update(name='#read("/etc/passwd") *Pokja* $x$ [a]')
    Activity.objects.update(name='<b>#panic("x")</b> \\ _rapat_', person_in_charge="#eval(1)")
    text = pdf_text(officer.client.get(url(pokja)))
    assert '#read("/etc/passwd") *Pokja* $x$ [a]' in text
    assert '<b>#panic("x")</b> \\ _rapat_ #eval(1)' in text


def test_a_decree_signed_by_an_acting_head_says_so(pokja, officer, judge):
    document = makers.make_document(pokja.region, officer.user)
    decree = makers.make_decree(
        pokja,
        officer.user,
        document=document,
        signer_status="pj",
        valid_until=None,
        validity_basis="sampai_dicabut",
    )
    makers.verified(decree, officer.user, judge.user)
    text = pdf_text(officer.client.get(url(pokja)))
    assert "oleh Pj. Wali Kota Makassar, berlaku sejak 14 Januari 2026, sampai dicabut" in text


def test_a_past_day_is_told_as_it_was_known(pokja, officer, effective, rubric):
    from datetime import UTC, datetime

    from apps.effectiveness.models import Rubric

    Rubric.objects.filter(pk=rubric.pk).update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
    text = pdf_text(officer.client.get(url(pokja, query="?per=2026-03-11")))
    assert "Keadaan per : 11 Maret 2026" in text
    assert "0 dari 4 kriteria terpenuhi" in text
    assert "188.45/412/I/2026" not in text


def test_a_year_without_rubric_says_so(pokja, officer, effective, rubric):
    rubric.delete()
    text = pdf_text(officer.client.get(url(pokja)))
    assert "TIDAK DAPAT DINILAI" in text
    assert "Skor" not in text


@pytest.mark.parametrize("year", [1900, 2028])
def test_impossible_years_are_not_found(pokja, officer, year):
    assert officer.client.get(url(pokja, year)).status_code == 404


def test_a_pokja_that_was_not_scored_has_no_rapor(pokja, officer):
    from datetime import date

    from apps.pokja.models import Pokja

    Pokja.objects.filter(pk=pokja.pk).update(formed_on=date(2026, 1, 1))
    assert officer.client.get(url(pokja, 2025)).status_code == 404


def test_another_regions_pokja_is_not_found(pokja, operator_bone, client_of):
    assert client_of(operator_bone).get(url(pokja)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_behind_the_paper_cost_nothing(pokja, officer, judge, django_assert_num_queries, rows):
    plan = makers.make_plan(pokja, officer.user, rows=[makers.ACTIVITY] * rows)
    makers.verified(plan, officer.user, judge.user)
    officer.client.get(url(pokja))  # the code is given once
    with django_assert_num_queries(PAPER_QUERIES):
        officer.client.get(url(pokja))
    with django_assert_num_queries(PAGE_QUERIES):
        officer.client.get(url(pokja).replace("rapor.pdf", "rapor/"))

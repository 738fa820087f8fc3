"""The rapor as a paper: page 1 complete on its own, its head, its signature, its code."""

import io
import re
from datetime import date

import pikepdf
import pypdfium2
import pytest

from apps.effectiveness.models import RubricCriterion
from apps.filing.rapor_gaps import ROOM, Task
from apps.papers.models import IssuedPaper, Letterhead, Signer
from apps.papers.registry import has_changed
from apps.pokja.models import Pokja
from tests import makers
from tests.filing.test_rapor import pdf_text, url

LONG = "Belum lengkap dan masih perlu diperbaiki bersama anggota Pokja lintas sektor"


def pages_of(response) -> list[str]:
    document = pypdfium2.PdfDocument(response.content)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [re.sub(r"\s+", " ", text) for text in texts]


@pytest.fixture
def office(regions):
    """Kop and signer of Sulawesi Selatan: the old name until 2025, the new one from then on."""
    for day, name in (("2019-01-01", "PERWAKILAN BKKBN LAMA"), ("2026-01-01", "PERWAKILAN BARU")):
        Letterhead.objects.create(
            province=regions.sulsel,
            valid_from=date.fromisoformat(day),
            institution=f"INSTANSI CONTOH\n{name}",
            address="Jalan Contoh 1",
            place="Makassar",
        )
    values = {"province": regions.sulsel, "position": "Kepala Perwakilan"}
    Signer.objects.create(name="Kepala Lama", valid_to=date(2025, 12, 31), **values)
    Signer.objects.create(
        name="Kepala Baru",
        valid_from=date(2026, 1, 1),
        nip="196905141995031002",
        **values | {"on_behalf": "Plt."},
    )


@pytest.fixture
def with_tasks(monkeypatch):
    """with_tasks(7): section B has that many rows of three lines each."""

    def make(count):
        rows = [
            Task(f"Kurang {at}. {LONG}", LONG, "OPD KB dan Bappeda", "31 Maret 2026")
            for at in range(1, count + 1)
        ]
        monkeypatch.setattr("apps.filing.rapor.tasks_of", lambda *told: rows)

    return make


# --- page 1 --------------------------------------------------------------------------------------


@pytest.mark.parametrize("paper", ["a4", "f4"])
@pytest.mark.parametrize("count", [0, 1, 4])
def test_page_one_holds_everything_with_up_to_four_gaps(
    pokja, officer, effective, office, with_tasks, count, paper
):
    with_tasks(count)
    first, second, *_ = pages_of(officer.client.get(url(pokja, query=f"?kertas={paper}")))
    for told in (
        "INSTANSI CONTOH PERWAKILAN BARU Jalan Contoh 1",
        "RAPOR EFEKTIVITAS POKJA BANGGA KENCANA",
        "4 dari 4 kriteria terpenuhi",
        "A. Penilaian empat kriteria",
        "B. Yang masih kurang dan cara memperbaiki",
        "Makassar, 12 Maret 2026 Plt. Kepala Perwakilan,",
        "Kepala Baru",
        "NIP 19690514 199503 1 002",
        IssuedPaper.objects.get().mark()["code"],
        f"Kurang {count}." if count else "Tidak ada. Semua kriteria terpenuhi.",
    ):
        assert told in first, told
    assert second.startswith("Lampiran 1. Rencana kerja 2026")


@pytest.mark.parametrize("count", [5, 9, 10, 11, 12, 13, 14, 30])
def test_the_signature_never_splits_nor_stands_alone(
    pokja, officer, effective, office, with_tasks, count
):
    with_tasks(count)
    pages = pages_of(officer.client.get(url(pokja)))
    (signed,) = [page for page in pages if "Kepala Baru" in page]
    for told in ("Makassar, 12 Maret 2026", "NIP 19690514", "kode", f"Kurang {count}."):
        assert told in signed, told
    rows = [page for page in pages if "Kurang " in page]
    assert sum(page.count("Kurang ") for page in rows) == count
    for page in rows:
        assert page.count("No. Yang kurang Cara memperbaiki Pelaksana Batas waktu") == 1
        assert page.index("No. Yang kurang") < page.index("Kurang ")
    assert "Lampiran" not in signed


@pytest.mark.parametrize(
    ("asked", "size", "ending"),
    [
        ("", (210, 297), "_2026.pdf"),
        ("?kertas=a4", (210, 297), "_2026.pdf"),
        ("?kertas=F4", (215, 330), "_2026_F4.pdf"),
        ("?kertas=a3", (210, 297), "_2026.pdf"),
        ("?kertas=%00", (210, 297), "_2026.pdf"),
        ("?kertas=f4&kertas=a3", (210, 297), "_2026.pdf"),
    ],
)
def test_a_paper_nobody_knows_is_a4(pokja, officer, asked, size, ending):
    response = officer.client.get(url(pokja, query=asked))
    assert ending in response["Content-Disposition"]
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox[2:]]
    assert tuple(round(side / 72 * 25.4) for side in box) == size


def test_without_letterhead_and_signer_dots_are_left_for_the_pen(pokja, officer):
    text = pages_of(officer.client.get(url(pokja)))[0]
    assert text.startswith("RAPOR EFEKTIVITAS POKJA BANGGA KENCANA")
    assert "……, 12 Maret 2026" in text
    assert "NIP ……" in text


def test_a_past_year_carries_the_name_of_then_and_is_not_dated_back(pokja, officer, office):
    text = pages_of(officer.client.get(url(pokja, 2025)))[0]
    assert "PERWAKILAN BKKBN LAMA" in text
    assert "PERWAKILAN BARU" not in text
    assert "Makassar, 12 Maret 2026" in text
    assert "Kepala Lama" not in text
    assert "Tanggal acuan : 31 Desember 2025" in text


def test_long_names_and_texts_stay_on_the_paper(pokja, officer, complete, office, judge):
    from apps.evidence.services import return_with_notes, submit

    long_name = "Pokja " + "Pembangunan-Keluarga-Berkualitas-Lintas-Sektor " * 3
    Pokja.objects.filter(pk=pokja.pk).update(name=long_name.strip()[:150])
    note = "Berkas pada halaman lampiran tidak terbaca sama sekali. " * 30
    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    return_with_notes(complete["sk"], actor=judge.user, revision=complete["sk"].revision, note=note)
    pages = pages_of(officer.client.get(url(pokja)))
    text = " ".join(pages)
    assert "Pembangunan-Keluarga-Berkualitas-Lintas-Sektor" in pages[0]
    assert "…" in text
    assert max(len(page) for page in pages) < 6000
    assert text.count("Berkas pada halaman lampiran") <= 3 * ROOM // len(
        "Berkas pada halaman lampiran tidak terbaca sama sekali. "
    )
    assert "Kepala Baru" in text


def test_criteria_of_another_rubric_are_rows_too(pokja, officer, effective, rubric, office):
    RubricCriterion.objects.filter(rubric=rubric).update(weight=20)
    RubricCriterion.objects.create(
        rubric=rubric,
        criterion="regulasi",
        check_code="regulasi_berlaku",
        name="Regulasi GDPK #read",
        weight=20,
        is_required=True,
        rule="Ada regulasi yang berlaku",
    )
    first = pages_of(officer.client.get(url(pokja)))[0]
    assert "A. Penilaian lima kriteria" in first
    assert "4 dari 5 kriteria terpenuhi" in first
    assert first.count("Regulasi GDPK #read") == 2  # the meter and the row
    assert "Regulasi belum tercatat" in first
    assert "0 / 20" in first


# --- the code ------------------------------------------------------------------------------------


def test_the_same_facts_are_the_same_file_under_the_same_code(pokja, officer, effective, client_of):
    import time_machine

    first = officer.client.get(url(pokja)).content
    with time_machine.travel("2026-03-13T02:00:00Z", tick=False):
        client = client_of(officer.user)
        assert client.get(url(pokja)).content == first
        client.get(url(pokja, query="?kertas=f4"))
        client.get(url(pokja).replace("rapor.pdf", "rapor/"))
    paper = IssuedPaper.objects.get()
    assert paper.told["status"] == "Efektif (4 dari 4 kriteria terpenuhi)"
    assert paper.told["kriteria"]["SK penetapan"] == "Terpenuhi"
    assert (paper.told["skor"], paper.title) == (
        100,
        "Rapor Pokja Bangga Kencana, Kota Makassar, 2026",
    )
    assert not has_changed(paper)


def test_other_facts_are_another_paper_and_the_old_one_is_known_to_be_old(
    pokja, officer, judge, complete
):
    officer.client.get(url(pokja))
    before = IssuedPaper.objects.get()
    makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    officer.client.get(url(pokja))
    after = IssuedPaper.objects.exclude(pk=before.pk).get()
    assert before.told["terpenuhi"] == "0 dari 4"
    assert after.told["terpenuhi"] == "1 dari 4"
    assert has_changed(before)
    assert not has_changed(after)


def test_what_anybody_may_check_names_no_person_and_no_draft(pokja, officer, judge, complete):
    makers.verified(complete["rencana_kerja"], officer.user, judge.user)
    officer.client.get(url(pokja))
    told = str(IssuedPaper.objects.get().told)
    assert judge.user.full_name not in told
    assert officer.user.full_name not in told
    assert "Draf" not in told


def test_a_past_day_is_a_paper_of_its_own(pokja, officer, effective, rubric):
    from datetime import UTC, datetime

    from apps.effectiveness.models import Rubric

    Rubric.objects.filter(pk=rubric.pk).update(published_at=datetime(2026, 1, 1, tzinfo=UTC))
    officer.client.get(url(pokja))
    text = pages_of(officer.client.get(url(pokja, query="?per=2026-03-11")))[0]
    assert "Data per tanggal" not in text
    paper = IssuedPaper.objects.get(per=date(2026, 3, 11))
    assert paper.told["terpenuhi"] == "0 dari 4"
    assert not has_changed(paper)


def test_the_checking_page_knows_the_code(pokja, officer, effective, client):
    officer.client.get(url(pokja))
    code = IssuedPaper.objects.get().code
    page = client.get(f"/periksa/{code}/").content.decode()
    assert "Pokja Bangga Kencana" in page
    assert "Efektif (4 dari 4 kriteria terpenuhi)" in page


def test_an_observer_reads_no_note_and_no_draft(
    pokja, officer, judge, complete, pengamat_makassar, client_of
):
    from apps.evidence.services import return_with_notes, submit

    submit(complete["sk"], actor=officer.user, revision=complete["sk"].revision)
    return_with_notes(
        complete["sk"], actor=judge.user, revision=complete["sk"].revision, note="Foto buram"
    )
    assert "Foto buram" in pdf_text(officer.client.get(url(pokja)))
    seen = pdf_text(client_of(pengamat_makassar).get(url(pokja)))
    assert "Foto buram" not in seen
    assert "Draf" not in seen
    assert "Rencana kerja Belum diisi Belum ada isian 0 / 25" in seen  # a draft is not told of
    assert "Isian SK dikembalikan Perbaiki, lalu kirim kembali" in seen


def test_a_new_version_that_waits_is_told_beside_the_verified_one(pokja, officer, effective):
    from apps.evidence.services import open_version, submit

    newer = open_version(effective["sk"], actor=officer.user)
    submit(newer, actor=officer.user, revision=newer.revision)
    text = pdf_text(officer.client.get(url(pokja)))
    assert "isian baru dikirim 12 Maret 2026, belum diperiksa" in text
    assert "4 dari 4 kriteria terpenuhi" in text

"""The text of documents: from the PDF itself, from a scan, and from files made to do harm."""

import io
import json
import os
import subprocess
import sys
import time

import pikepdf
import pytest

from apps.documents import isolated, reading
from apps.documents.models import PageText, Reading
from apps.documents.reading import ensure_text, folded, page_lines, read
from apps.documents.tasks import PARTS, prepare
from tests import textpages
from tests.makers import make_document, pdf_bytes
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db
State = Reading.State
PAPER = [[("c", "KEPUTUSAN BUPATI BONE"), "NOMOR : 188.45/412/HK/2025", "Tentang Pokja KB"]]


@pytest.fixture
def stored(regions, operator_bone):
    def store(content):
        return make_document(regions.bone, operator_bone, content=content)

    return store


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """A busy machine may need longer to begin a process than a page waits; how long a page waits
    is for one test alone."""
    kept = reading.QUICK
    monkeypatch.setattr(reading, "QUICK", 60)
    return kept


@pytest.fixture
def no_tesseract(monkeypatch):
    monkeypatch.setattr(reading.shutil, "which", lambda name: None)


@pytest.fixture
def ocr():
    if reading.tesseract() is None:
        message = "tesseract tidak ditemukan; pasang dengan: apt-get install tesseract-ocr-ind"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)


def state_of(document) -> str:
    return Reading.objects.get(document=document).state


def text_of(document) -> str:
    return "\n".join(page.text for page in document.page_texts.all())


def test_text_of_a_pdf_is_kept_by_line_with_its_place(stored):
    document = stored(textpages.text_pdf(PAPER))
    assert ensure_text(document).state == State.TEXT
    [(number, lines)] = page_lines(document)
    assert number == 1
    assert [line[4] for line in lines] == [
        "KEPUTUSAN BUPATI BONE",
        "NOMOR : 188.45/412/HK/2025",
        "Tentang Pokja KB",
    ]
    assert all(0 <= place <= 1 for line in lines for place in line[:4])
    assert lines[0][1] < lines[1][1] < lines[2][1]
    assert round(PageText.objects.get().ratio, 3) == round(842 / 595, 3)


def test_the_text_is_folded_for_searching(stored):
    document = stored(textpages.text_pdf(PAPER))
    read(document)
    text = document.reading.search_text
    assert text == "keputusan bupati bone nomor : 188.45/412/hk/2025 tentang pokja kb"
    assert folded("  KEPUTUSAN\u00a0 Bupati\nBone ") in text


def test_a_turned_and_cut_page_has_its_places_as_seen(stored):
    with pikepdf.open(io.BytesIO(textpages.text_pdf(PAPER))) as pdf:
        pdf.pages[0].Rotate = 180
        pdf.pages[0].CropBox = [0, 300, 595, 842]
        out = io.BytesIO()
        pdf.save(out)
    document = stored(out.getvalue())
    read(document)
    [(_, lines)] = page_lines(document)
    assert "Tentang" in lines[0][4]  # upside down: the last line is the highest
    assert lines[0][1] > 0.8
    assert lines[-1][3] > 0.9
    assert round(PageText.objects.get().ratio, 3) == round(542 / 595, 3)


def test_reading_twice_leaves_one_reading(stored):
    document = stored(textpages.text_pdf(PAPER * 2))
    read(document)
    first = page_lines(document)
    read(document)
    ensure_text(document)
    assert page_lines(document) == first
    assert Reading.objects.count() == 1
    assert document.page_texts.count() == 2


def test_the_request_reads_a_document_once(stored, monkeypatch):
    document = stored(textpages.text_pdf(PAPER))
    ensure_text(document)
    monkeypatch.setattr(isolated, "run", lambda *words, **options: pytest.fail("read again"))
    assert ensure_text(document).state == State.TEXT


def test_the_request_never_reads_a_scan_by_itself(stored, monkeypatch):
    document = stored(textpages.scan_pdf(PAPER))
    monkeypatch.setattr(reading.shutil, "which", lambda name: "/usr/bin/tesseract")
    assert ensure_text(document).state == State.WAITING
    monkeypatch.setattr(isolated, "run", lambda *words, **options: pytest.fail("read again"))
    assert ensure_text(document).state == State.WAITING


def test_a_scan_without_ocr_is_unreadable(stored, no_tesseract):
    document = stored(textpages.scan_pdf(PAPER))
    assert ensure_text(document).state == State.UNREADABLE
    read(document)
    assert state_of(document) == State.UNREADABLE
    assert text_of(document).strip() == ""


def test_a_line_printed_over_a_scan_is_no_text_of_it(stored, no_tesseract):
    """As apps for scanning and signing services do."""
    scan = pikepdf.open(io.BytesIO(textpages.scan_pdf(PAPER)))
    mark = pikepdf.open(io.BytesIO(textpages.text_pdf([["Dipindai dengan aplikasi X"]])))
    scan.pages[0].add_overlay(mark.pages[0])
    out = io.BytesIO()
    scan.save(out)
    assert ensure_text(stored(out.getvalue())).state == State.UNREADABLE


def test_a_scan_is_read_by_ocr_off_the_request(stored, ocr):
    document = stored(textpages.scan_pdf(PAPER, turn=0.5))
    read(document)
    assert state_of(document) == State.OCR
    assert "188.45/412/HK/2025" in text_of(document)
    [(_, lines)] = page_lines(document)
    number = next(line for line in lines if "NOMOR" in line[4])
    assert 0.08 < number[0] < 0.2
    assert 0.05 < number[1] < number[3] < 0.15


def test_a_signature_page_that_is_a_picture_is_read_as_well(stored, ocr):
    body = textpages.text_pdf([[*PAPER[0], *(f"Baris {n} dari badan SK" for n in range(9))]])
    scan = textpages.scan_pdf([["Ditetapkan di Watampone", "pada tanggal 7 Januari 2025"]])
    with pikepdf.open(io.BytesIO(body)) as pdf:
        pdf.pages.extend(pikepdf.open(io.BytesIO(scan)).pages)
        out = io.BytesIO()
        pdf.save(out)
    document = stored(out.getvalue())
    read(document)
    assert state_of(document) == State.TEXT
    assert "7 Januari 2025" in text_of(document)


def test_of_a_long_scan_the_first_and_last_pages_are_read(stored, monkeypatch):
    document = stored(pdf_bytes(pages=30))
    asked = []

    def run(program, path, *words, **options):
        if program == reading.READER:
            return real(program, path, *words, **options)
        asked.append(words[0])
        return b'{"ratio": 1.4, "words": [[0.1, 0.1, 0.5, 0.12, "TEMBUSAN-SURAT"]]}'

    real = isolated.run
    monkeypatch.setattr(isolated, "run", run)
    monkeypatch.setattr(reading.shutil, "which", lambda name: "/usr/bin/tesseract")
    read(document)
    assert asked == [*range(1, 11), *range(26, 31)]
    assert state_of(document) == State.OCR


def test_a_page_the_ocr_gives_up_on_leaves_the_others(stored, monkeypatch):
    document = stored(pdf_bytes(pages=3))
    real = isolated.run

    def run(program, path, *words, **options):
        if program == reading.READER:
            return real(program, path, *words, **options)
        if words[0] == 2:
            raise isolated.ProgramFailed("ocr.py")
        return b'{"ratio": 1.4, "words": [[0.1, 0.1, 0.5, 0.12, "TEMBUSAN-SURAT"]]}'

    monkeypatch.setattr(isolated, "run", run)
    monkeypatch.setattr(reading.shutil, "which", lambda name: "/usr/bin/tesseract")
    read(document)
    assert [number for number, lines in page_lines(document) if lines] == [1, 3]


def test_sixty_pages_are_read_of_a_longer_document(stored):
    document = stored(textpages.text_pdf([[f"Halaman {n} dari lampiran"] for n in range(1, 71)]))
    read(document)
    assert document.page_texts.count() == 60


def test_the_text_kept_has_a_limit(stored):
    row = "kata " * 30
    document = stored(textpages.text_pdf([[row] * 45] * 50))
    read(document)
    assert len(document.reading.search_text) <= reading.MAX_TEXT
    assert 20 < document.page_texts.count() < 50


@pytest.mark.parametrize(
    "words",
    [
        [[0.1, 0.1, 0.2, 0.12, "NO\x00MOR\ud800\u202e\x1f"]],
        [[-5, 9e9, 7, -3, "NOMOR"]],
        [[0.1, 0.1, 0.1, 0.1, "NOMOR"]],
    ],
)
def test_signs_and_places_that_cannot_be_kept_are_mended(stored, monkeypatch, words):
    """NUL and half of a pair of signs: a database refuses them, and a font can hold them."""
    document = stored(pdf_bytes())
    page = {"ratio": 1.4, "scan": False, "words": words * 12}
    monkeypatch.setattr(isolated, "run", lambda *a, **b: json.dumps([page]).encode())
    read(document)
    text = text_of(document)
    assert "NOMOR" in text
    assert not {"\x00", "\ud800", "\u202e", "\x1f"} & set(text)
    assert all(
        0 <= place <= 1 for _, lines in page_lines(document) for n in lines for place in n[:4]
    )


@pytest.mark.parametrize(
    "printed", [b"", b"{", b"[{}]", b'[{"ratio": 1, "words": [[1]]}]', b'"teks"', b"null", b"[0]"]
)
def test_a_reader_that_talks_nonsense_means_failed(stored, monkeypatch, printed):
    document = stored(pdf_bytes())
    monkeypatch.setattr(isolated, "run", lambda *words, **options: printed)
    read(document)
    assert state_of(document) == State.FAILED
    assert page_lines(document) == []


def test_a_reader_that_dies_costs_nothing_but_the_text(stored, monkeypatch):
    document = stored(pdf_bytes())

    def run(*words, **options):
        raise isolated.ProgramFailed("reader.py")

    monkeypatch.setattr(isolated, "run", run)
    assert ensure_text(document).state == State.WAITING  # the worker has more time
    read(document)
    assert state_of(document) == State.FAILED


def test_a_lost_file_is_unreadable_for_now_and_tried_again(stored):
    document = stored(textpages.text_pdf(PAPER))
    path = document.file.path
    os.rename(path, f"{path}.hilang")
    assert ensure_text(document).state == State.UNREADABLE
    os.rename(f"{path}.hilang", path)
    assert ensure_text(document).state == State.TEXT


def bomb(pdf):
    """Text drawn by a form that draws a form …, ten times each: a billion letters."""
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )
    inner = pdf.make_stream(b"BT /F1 8 Tf 20 20 Td (" + b"A" * 1000 + b") Tj ET")
    inner.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    for _ in range(6):
        inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        inner.BBox = [0, 0, 600, 800]
        outer = pdf.make_stream(b"/X Do " * 10)
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=inner))
        inner = outer
    pdf.pages[0].Contents = inner
    pdf.pages[0].Resources = inner.Resources


def test_a_bomb_of_text_is_held_within_the_limits(stored, patience, monkeypatch):
    monkeypatch.setattr(reading, "QUICK", patience)
    document = stored(pdf_bytes(change=bomb))
    started = time.monotonic()
    reading_ = ensure_text(document)
    assert time.monotonic() - started < reading.QUICK + 3
    assert reading_.state in (State.WAITING, State.TEXT)
    assert len(reading_.search_text) <= reading.MAX_TEXT


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.4\n%%EOF", os.urandom(4096), b"%PDF-" + b"9" * 99]
)
@pytest.mark.parametrize("program", [reading.READER, reading.OCR])
def test_the_programs_end_by_themselves_on_rubbish(tmp_path, content, program):
    path = tmp_path / "sampah.pdf"
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(path), "1", "/usr/bin/false"],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode != 0


def test_reading_is_part_of_what_the_worker_does(stored, tasks_at_once):
    document = stored(textpages.text_pdf(PAPER))
    prepare.enqueue(document.pk)
    assert read in PARTS
    assert state_of(document) == State.TEXT


def test_others_do_not_see_the_text(stored, cast):
    read(stored(textpages.text_pdf(PAPER)))
    assert PageText.objects.for_user(cast["operator_bone"]).count() == 1
    assert PageText.objects.for_user(cast["operator_makassar"]).count() == 0
    assert Reading.objects.for_user(cast["operator_banjarmasin"]).count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_who_read_at_once_do_no_harm(stored):
    document = stored(textpages.text_pdf(PAPER))
    results = at_once(*[lambda: ensure_text(document), lambda: read(document)] * 2)
    assert outcomes(results) == {"ok": 4}
    assert state_of(document) == State.TEXT
    assert document.page_texts.count() == 1

"""Files made to harm: each is kept unchanged or refused in one plain sentence, within limits."""

import io
import resource
from contextlib import contextmanager

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Dictionary, Name

from apps.documents import checks, inspector
from apps.documents.checks import DocumentRefused, check_files
from apps.documents.services import clean_name, store_document
from tests.documents import bombs
from tests.documents.signing import changed_after_signing, signed_pdf, signed_twice
from tests.makers import pdf_bytes

GIGABYTE = 1024**3
SECONDS = 5  # of the processor: what one file may take
SENTENCES = {
    "active": "Berkas SK memuat program atau perintah yang dapat berjalan sendiri. Cetak ulang ke "
    "PDF atau pindai, lalu unggah lagi",
    "damaged": "Berkas SK tidak dapat dibuka. Pindai ulang, lalu unggah lagi",
    "encrypted": "Berkas SK terkunci kata sandi. Unggah berkas tanpa kata sandi",
    "pages": "Berkas SK memuat lebih dari 2.000 halaman. Unggah bagian yang diperlukan saja",
    "heavy": "Berkas SK memuat lampiran atau susunan yang terlalu besar untuk diperiksa. Cetak "
    "ulang ke PDF atau pindai, lalu unggah lagi",
    "type": "Berkas SK harus PDF atau foto (JPG, PNG)",
}


def outcome(content):
    """The number of pages, or the code of the refusal, whose sentence is the right one."""
    try:
        return check_files([SimpleUploadedFile("sk.pdf", content)], "Berkas SK").pages
    except DocumentRefused as refused:
        assert refused.message == SENTENCES[refused.code]  # noqa: PT017  both ways are right
        return refused.code


@contextmanager
def within_limits():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    yield
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= SECONDS + 0.5


# --- bombs -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: bombs.pages(2000), {2000}),
        (lambda: bombs.pages(2001), {"pages"}),
        (lambda: bombs.pages(100_000), {"pages"}),
        (lambda: bombs.one_page_many_times(20_000), {"pages"}),
        (lambda: bombs.one_page_many_times(3_000_000), {"pages", "damaged", "heavy"}),
        (bombs.multiplying_tree, {"pages", "damaged"}),
        (lambda: bombs.multiplying_tree(levels=24, width=2), {"pages", "damaged"}),
        (bombs.endless_tree, {"pages", "damaged"}),
        (bombs.deep_tree, {"damaged"}),
        (bombs.lying_count, {1, "damaged"}),
    ],
    ids=[
        "2000",
        "2001",
        "100000",
        "same",
        "same-millions",
        "multiplying",
        "doubling",
        "endless",
        "deep",
        "lying",
    ],
)
def test_a_tree_of_pages_made_to_grow(make, expected):
    content = make()
    with within_limits():
        assert outcome(content) in expected


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (bombs.deep_arrays, {"damaged", "heavy"}),
        (bombs.deep_dictionaries, {"damaged", "heavy"}),
        (lambda: bombs.deep_arrays(300), {1}),
        (bombs.many_values, {"damaged", "heavy"}),
        (lambda: bombs.many_objects(400_000), {"damaged", "heavy"}),
    ],
    ids=["arrays", "dictionaries", "deep-but-sound", "values", "objects"],
)
def test_values_made_to_nest_or_to_swarm(make, expected):
    content = make()
    with within_limits():
        assert outcome(content) in expected


TWICE = "/Filter [/FlateDecode /FlateDecode]"
THRICE = "/Filter [/FlateDecode /FlateDecode /FlateDecode]"
WIDE = "/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 100000000 >>"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: bombs.attachment(bombs.zeros(2 * GIGABYTE)), {"damaged", "heavy"}),
        (lambda: bombs.attachment(bombs.zeros(2 * GIGABYTE, 2), TWICE), {"damaged", "heavy"}),
        (lambda: bombs.attachment(bombs.zeros(2 * GIGABYTE, 3), THRICE), {"damaged", "heavy"}),
        (lambda: bombs.attachment(bombs.zeros(2 * GIGABYTE), WIDE), {"damaged", "heavy"}),
        (lambda: bombs.attachment(b"\x00" * 99, "/Filter /LZWDecode"), {"damaged", "heavy", 1}),
        (lambda: bombs.form(bombs.zeros(2 * GIGABYTE)), {"damaged", "heavy"}),
        (lambda: bombs.packed_objects(bombs.zeros(2 * GIGABYTE)), {"damaged", "heavy"}),
        (lambda: bombs.packed_objects(bombs.zeros(2 * GIGABYTE, 2), TWICE), {"damaged", "heavy"}),
        (lambda: bombs.packed_table(bombs.zeros(2 * GIGABYTE)), {"damaged", "heavy"}),
        # What only a page draws is not unpacked here; the drawing has limits of its own.
        (lambda: bombs.page_content(bombs.zeros(2 * GIGABYTE)), {1}),
    ],
    ids=[
        "attached",
        "attached-twice",
        "attached-thrice",
        "predictor",
        "lzw",
        "form",
        "objects",
        "objects-twice",
        "table",
        "page",
    ],
)
def test_a_stream_that_unpacks_to_gigabytes(make, expected):
    content = make()
    with within_limits():
        assert outcome(content) in expected


@pytest.mark.django_db
def test_a_page_that_unpacks_to_gigabytes_is_not_drawn(regions):
    from apps.documents.pages import PageUnreadable, page_image

    content = bombs.page_content(bombs.zeros(2 * GIGABYTE))
    file = SimpleUploadedFile("sk.pdf", content)
    document = store_document(file, region=regions.bone, actor=None)
    try:
        assert page_image(document, 1).startswith(b"RIFF")
    except PageUnreadable:
        assert document.file.storage.exists(document.file.name)  # and can still be opened


# --- two things at once ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"MZ\x90\x00" + pdf_bytes(), "type"),
        (b"\x7fELF" + pdf_bytes(), "type"),
        (b"<script>alert(1)</script>" + pdf_bytes(), "type"),
        (b"PK\x03\x04" + pdf_bytes(), "type"),
        (pdf_bytes() + b"MZ\x90" + bytes(2000), "damaged"),
        (b"%PDF-1.7\nMZ\x90<script>" + bytes(50) + b"\n%%EOF", "damaged"),
        (b"\xff\xd8\xff\xe0" + pdf_bytes(), None),
        (b"\x89PNG\r\n\x1a\n" + pdf_bytes(), None),
    ],
)
def test_a_file_that_is_two_things_is_refused(content, expected):
    try:
        check_files([SimpleUploadedFile("sk.pdf", content)], "Berkas SK")
    except DocumentRefused as refused:
        found = (refused.code, refused.message)
    photo = "Foto 1 tidak dapat dibuka. Foto ulang halaman itu, lalu unggah lagi"
    assert found == ((expected, SENTENCES[expected]) if expected else ("damaged", photo))


def test_a_script_is_found_however_it_is_written():
    def act(name):
        return lambda pdf: pdf.Root.__setattr__(
            "OpenAction", Dictionary({"/S": Name(name), "/JS": "app.alert(1)"})
        )

    plain = pdf_bytes(change=act("/JavaScript"))
    packed = pdf_bytes(
        change=act("/JavaScript"), object_stream_mode=pikepdf.ObjectStreamMode.generate
    )
    escaped = pdf_bytes(change=act("/JavaScriptXX")).replace(b"/JavaScriptXX", b"/J#61vaScript")
    assert b"/JavaScript" not in packed
    assert b"/JavaScript" not in escaped
    assert [outcome(content) for content in (plain, packed, escaped)] == ["active"] * 3


# --- signed ----------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [signed_pdf, signed_twice, lambda: changed_after_signing(signed_pdf())]
)
def test_a_signed_file_is_kept_byte_for_byte(make, regions):
    content = make()
    file = SimpleUploadedFile("sk-tte.pdf", content)
    document = store_document(file, region=regions.bone, actor=None)
    with document.file.open("rb") as stored:
        assert stored.read() == content


# --- damaged at random -----------------------------------------------------------------------

WHOLE = pdf_bytes(
    pages=3,
    change=lambda pdf: pdf.attachments.__setitem__("a.xml", b"<anggota/>"),
    object_stream_mode=pikepdf.ObjectStreamMode.generate,
)
FLIPS = st.lists(
    st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(1, 255)), min_size=1, max_size=4
)


def flipped(flips):
    content = bytearray(WHOLE)
    for place, bits in flips:
        content[place] ^= bits
    return bytes(content)


@settings(max_examples=500, deadline=None)
@given(FLIPS)
def test_five_hundred_files_with_bytes_changed_are_kept_or_refused(flips):
    """By the same steps as ``check_files``, without a process for each."""
    content = flipped(flips)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "_inspected", lambda path: inspector.judged(io.BytesIO(content)))
        assert outcome(content) in (3, *SENTENCES)


@settings(max_examples=25, deadline=None)
@given(FLIPS)
def test_the_inspector_itself_survives_them(flips):
    assert outcome(flipped(flips)) in (3, *SENTENCES)


# --- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../../etc/passwd", "passwd"),
        ("C:\\fakepath\\SK.pdf", "SK.pdf"),
        ("SK\x00.pdf", "SK.pdf"),
        ("SK.pdf\r\nX-Lain: 1", "SK.pdf X-Lain: 1"),
        ("SK\u202e\u2066fdp.exe\u2069", "SKfdp.exe"),
        ("\u200fسند قرار\u200f.pdf", "سند قرار.pdf"),
        ("ᮞᮥᮛᮒ᮪ 🙂 决定.pdf", "ᮞᮥᮛᮒ᮪ 🙂 决定.pdf"),
        ("SK\u2028baris\x85baru.pdf", "SK baris baru.pdf"),
        ("..", "berkas.pdf"),
        (" . ", "berkas.pdf"),
        ("\ud800.pdf", ".pdf"),
        ("x" * 300, "x" * 255),
        ("SK." + "p" * 300, "SK." + "p" * 242 + "." + "p" * 9),
    ],
)
def test_a_name_is_shown_without_what_it_hides(given_name, shown):
    assert clean_name(given_name) == shown


@pytest.mark.parametrize("size", [10, 100_000])
@pytest.mark.parametrize("name", ["SK." + "p" * 250, "SK." + "ü" * 200, "x" * 300 + ".pdf"])
def test_a_long_name_does_not_break_a_plain_form(rf, name, size):
    file = SimpleUploadedFile("sk.pdf", bytes(size))
    file._name = name
    received = rf.post("/", {"file": file}).FILES["file"]
    assert received.size == size
    assert len(clean_name(received.name)) <= 255


@given(st.text(st.characters(), max_size=400))
def test_no_name_keeps_a_path_or_a_sign_that_cannot_be_seen(name):
    shown = clean_name(name)
    assert 0 < len(shown) <= 255
    assert not set("/\\\x00\r\n\u202e\u2028") & set(shown)
    assert clean_name(shown) == shown

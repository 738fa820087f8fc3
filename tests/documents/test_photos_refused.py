"""Photos that make no document: each refusal says which photo, and what to do."""

import random
import resource
import struct
import zlib

import pytest

from apps.documents.checks import DocumentRefused, check_files
from tests.documents.camera import photo, photo_bytes
from tests.makers import pdf_bytes, pdf_upload


def refusal(*files):
    with pytest.raises(DocumentRefused) as caught:
        check_files(list(files), "Berkas SK")
    return caught.value.message


def outcome(*files):
    """ "kept", or the sentence of the refusal."""
    try:
        check_files(list(files), "Berkas SK")
    except DocumentRefused as refused:
        return refused.message
    return "kept"


# --- refused ---------------------------------------------------------------------------------


def test_nothing_chosen_is_told():
    assert refusal() == "Pilih berkas terlebih dahulu"


def test_a_photo_cut_off_on_its_way_is_named_by_its_number():
    whole = photo_bytes(size=(800, 800))
    assert refusal(photo(), photo(content=whole[: len(whole) // 2])) == (
        "Foto 2 tidak dapat dibuka. Foto ulang halaman itu, lalu unggah lagi"
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_with_bytes_lost_or_changed_is_kept_or_refused_plainly(kind):
    whole, dice = photo_bytes(size=(64, 64), kind=kind), random.Random(9)  # noqa: S311
    for _ in range(12):
        broken = bytearray(whole)
        broken[dice.randrange(8, len(whole))] ^= 1 << dice.randrange(8)
        assert outcome(photo(content=bytes(broken))) in (
            "kept",
            "Foto 1 tidak dapat dibuka. Foto ulang halaman itu, lalu unggah lagi",
            "Berkas SK harus PDF atau foto (JPG, PNG)",
        )


def test_an_empty_photo_is_named():
    assert refusal(photo(), photo(content=b"")) == (
        "Foto 2 kosong. Foto ulang halaman itu, lalu unggah lagi"
    )


HEIC = b"\x00\x00\x00\x24ftyp%b\x00\x00\x00\x00mif1heic" + bytes(200)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (HEIC.replace(b"%b", b"heic"), "HEIC"),
        (HEIC.replace(b"%b", b"mif1"), "HEIC"),
        (HEIC.replace(b"%b", b"hevc"), "HEIC"),
        (HEIC.replace(b"%b", b"avif"), "AVIF"),
        (HEIC.replace(b"%b", b"mif1").replace(b"heic", b"avif"), "AVIF"),
    ],
)
def test_a_photo_of_the_iphone_kind_is_refused_with_advice(content, kind):
    assert refusal(photo("IMG_0001.jpg", content)) == (
        f"Berkas SK berupa foto {kind}, yang tidak dapat dibuka semua komputer. Kirim ulang "
        "sebagai JPG. Di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel"
    )


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a" + bytes(50),
        b"BM" + bytes(50),
        b"RIFF\x00\x00\x00\x00WEBPVP8 ",
        b"II*\x00" + bytes(50),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"PK\x03\x04" + bytes(50),
        b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(50),
        b"\x00",
    ],
)
def test_other_kinds_are_refused_whatever_their_name(content):
    assert refusal(photo("foto.jpg", content)) == "Berkas SK harus PDF atau foto (JPG, PNG)"
    assert refusal(photo(), photo("foto.jpg", content)) == (
        "Berkas SK harus PDF atau foto (JPG, PNG)"
    )


def test_photos_and_a_pdf_together_are_refused():
    assert refusal(photo(), pdf_upload()) == (
        "Pilih satu PDF atau beberapa foto, jangan keduanya sekaligus"
    )


def test_two_pdfs_are_refused():
    assert refusal(pdf_upload(), pdf_upload()) == (
        "Pilih satu PDF saja. Gabungkan dahulu bila Berkas SK terbagi dalam beberapa PDF"
    )


def test_twenty_photos_are_a_document_and_twenty_one_are_not():
    photos = [photo(size=(30, 40)) for _ in range(21)]
    assert check_files(photos[:20]).pages == 20
    assert refusal(*photos) == (
        "Paling banyak 20 foto. Pindai dokumen yang lebih panjang menjadi satu PDF"
    )


def test_the_limit_is_for_all_photos_together(settings):
    noise = photo(content=photo_bytes() + bytes(600 * 1024))
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    assert check_files([noise]).pages == 1
    assert refusal(noise, photo(content=photo_bytes() + bytes(600 * 1024))) == (
        "Semua foto bersama-sama berukuran 1,2 MB. Ukuran paling besar 1 MB"
    )


def png_bomb(width, height, *, bits=8, colour=0):
    """A PNG that claims a size and packs nothing but zeros."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    row = bytes(1 + width * bits // 8 * (4 if colour == 6 else 1))
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (png_bomb(20_000, 20_000, bits=1), "Foto 1 terlalu besar untuk dibuka, lebih dari 120"),
        (png_bomb(2**31 - 1, 1, bits=1), "Foto 1 terlalu besar untuk dibuka, lebih dari 120"),
        (png_bomb(2**31 - 1, 0, bits=1), "Foto 1 tidak dapat dibuka"),
    ],
    ids=["square", "strip", "nothing"],
)
def test_a_picture_made_to_fill_the_memory_is_refused_at_once(content, sentence):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refusal(photo(content=content)).startswith(sentence)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 5


def test_the_largest_picture_allowed_is_combined_or_refused_plainly():
    content = png_bomb(10_000, 12_000, colour=6)
    assert outcome(photo(content=content)) in (
        "kept",
        "Foto 1 terlalu besar untuk dibuka, lebih dari 120 megapiksel. Kecilkan ukuran foto pada "
        "kamera, lalu foto ulang",
    )


def test_a_pdf_renamed_to_a_photo_is_a_pdf():
    assert check_files([pdf_upload("foto.jpg", pdf_bytes(pages=3))]).pages == 3

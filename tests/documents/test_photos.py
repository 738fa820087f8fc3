"""Photos of pages become one PDF; each photo stays byte for byte (spec section 8)."""

import hashlib
import io

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from apps.documents.checks import check_files
from apps.documents.models import Document, Original
from apps.documents.photos import natural_order
from apps.documents.queries import other_uses
from apps.documents.services import store_document
from tests.documents.camera import BLUE, RED, WHITE, photo, photo_bytes
from tests.makers import make_decree, make_pokja


def drawn(files):
    """The pages of the document the files make, as images of 100 pixels width."""
    content = check_files(list(files)).pdf.open().read()
    pages = pypdfium2.PdfDocument(content)
    return [page.render(scale=100 / page.get_width()).to_pil().convert("RGB") for page in pages]


def near(colour, other):
    return all(abs(a - b) < 40 for a, b in zip(colour, other, strict=True))


def corners(image):
    """Upper left, upper right, lower left, lower right."""
    width, height = image.size
    return [image.getpixel((x, y)) for y in (9, height - 9) for x in (9, width - 9)]


# --- what becomes of them --------------------------------------------------------------------


def test_photos_become_a_document_of_as_many_pages_in_their_order():
    pages = drawn([photo(colour=RED), photo(kind="PNG", colour=WHITE), photo(size=(400, 300))])
    assert [near(corners(page)[3], RED) for page in pages] == [True, False, True]
    assert [page.height > page.width for page in pages] == [True, True, False]


def test_a_page_is_as_long_as_a4_and_its_image_not_larger_than_needed():
    made = check_files([photo(size=(3000, 4000))]).pdf
    with pikepdf.open(made.open()) as pdf:
        page = pdf.pages[0]
        assert [float(side) for side in page.mediabox] == [0, 0, 631.5, 842]
        image = page.Resources.XObject.Foto
        assert (image.Width, image.Height, image.Filter) == (1500, 2000, "/DCTDecode")


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_camera_was_held(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = Image.open(io.BytesIO(photo_bytes()))
    turned = upright.transpose(TURNED[orientation]) if orientation > 1 else upright
    out = io.BytesIO()
    turned.save(out, "JPEG", exif=exif)
    page = drawn([photo(content=out.getvalue())])[0]
    assert near(corners(page)[0], BLUE)
    assert [near(corner, RED) for corner in corners(page)[1:]] == [True] * 3
    assert page.height > page.width


T = Image.Transpose
TURNED = {2: T.FLIP_LEFT_RIGHT, 3: T.ROTATE_180, 4: T.FLIP_TOP_BOTTOM, 5: T.TRANSPOSE}
TURNED |= {6: T.ROTATE_90, 7: T.TRANSVERSE, 8: T.ROTATE_270}


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("CMYK", "JPEG"),
        ("L", "JPEG"),
        ("1", "PNG"),
        ("L", "PNG"),
        ("LA", "PNG"),
        ("P", "PNG"),
        ("RGBA", "PNG"),
    ],
)
def test_every_kind_of_colour_is_readable(mode, kind):
    page = drawn([photo(mode=mode, kind=kind)])[0]
    expected = Image.new("RGB", (1, 1), RED).convert(mode).convert("RGB").getpixel((0, 0))
    if mode != "1":  # dots
        assert near(corners(page)[3], expected)


def test_sixteen_bits_of_grey_keep_their_shades():
    image = Image.new("I;16", (300, 400), 128 * 256)
    out = io.BytesIO()
    image.save(out, "PNG")
    assert near(corners(drawn([photo(content=out.getvalue())])[0])[0], (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_is_white_paper(mode):
    image = Image.new("RGBA", (300, 400), (0, 0, 0, 0)).convert(mode)
    out = io.BytesIO()
    image.save(out, "PNG", **({"transparency": image.getpixel((0, 0))} if mode == "P" else {}))
    assert corners(drawn([photo(content=out.getvalue())])[0])[0] == WHITE


def test_of_a_moving_picture_the_first_frame_is_the_page():
    frames = [Image.new("RGB", (300, 400), colour) for colour in (RED, BLUE)]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:])
    assert near(corners(drawn([photo(content=out.getvalue())])[0])[0], RED)


def test_a_photo_of_several_pictures_as_phones_make_them_is_one_page():
    frames = [Image.new("RGB", (300, 400), colour) for colour in (RED, BLUE)]
    out = io.BytesIO()
    frames[0].save(out, "MPO", save_all=True, append_images=frames[1:])
    assert len(drawn([photo(content=out.getvalue())])) == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 2)])
def test_a_strip_is_a_page_too(size):
    assert len(drawn([photo(size=size, kind="PNG")])) == 1


def test_the_same_photos_give_the_same_bytes():
    made = [check_files([photo(), photo(colour=WHITE)]).pdf.open().read() for _ in range(2)]
    assert made[0] == made[1]
    assert b"Date" not in made[0]


def test_the_content_tells_the_kind_not_the_name():
    assert check_files([photo("foto.jpg", kind="PNG")]).photo_kinds == ["png"]
    assert check_files([photo("sk.pdf")]).photo_kinds == ["jpg"]


def test_photos_are_put_in_the_order_people_count():
    names = ["foto 10.jpg", "Foto 2.jpg", "foto 1.jpg", "IMG_0009.JPG", "a.jpg", "foto.jpg"]
    assert natural_order(names) == [
        "a.jpg",
        "foto 1.jpg",
        "Foto 2.jpg",
        "foto 10.jpg",
        "foto.jpg",
        "IMG_0009.JPG",
    ]
    files = [photo("2.jpg"), photo("10.jpg"), photo("١.jpg"), photo("1.jpg")]
    assert [file.name for file in natural_order(files)][:3] == ["1.jpg", "2.jpg", "10.jpg"]


# --- kept ------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_each_photo_stays_byte_for_byte_beside_the_document(regions, operator_bone):
    contents = [photo_bytes(), photo_bytes(colour=WHITE, kind="PNG")]
    files = [photo("halaman 1.jpg", contents[0]), photo("halaman 2.jpg", contents[1])]
    document = store_document(files, region=regions.bone, actor=operator_bone)
    assert (document.pages, document.original_name) == (2, "halaman 1.jpg dan 1 foto lain")
    with document.file.open("rb") as file, pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 2
    with document.file.open("rb") as file:
        content = file.read()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (document.size, document.sha256)
    kept = list(document.originals.all())
    assert [(row.number, row.format, row.original_name, row.size) for row in kept] == [
        (1, "jpg", "halaman 1.jpg", len(contents[0])),
        (2, "png", "halaman 2.jpg", len(contents[1])),
    ]
    for row, content in zip(kept, contents, strict=True):
        with row.file.open("rb") as file:
            assert file.read() == content
        assert row.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.django_db
def test_one_photo_gives_the_document_its_name(regions):
    document = store_document([photo("sampul.jpg")], region=regions.bone, actor=None)
    assert (document.original_name, document.originals.count()) == ("sampul.jpg", 1)
    long = store_document([photo("a" * 300 + ".jpg"), photo()], region=regions.bone, actor=None)
    assert long.original_name == "a" * 235 + ".jpg dan 1 foto lain"


@pytest.mark.django_db
def test_photos_and_document_go_together_when_what_follows_fails(regions, media_root, monkeypatch):
    def fail(self, **options):
        raise RuntimeError

    monkeypatch.setattr(Original, "save", fail)
    with pytest.raises(RuntimeError):
        store_document([photo(), photo()], region=regions.bone, actor=None)
    assert Document.objects.count() == 0
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
def test_the_same_photo_in_another_document_is_found(
    regions, operator_bone, operator_makassar, django_assert_num_queries
):
    page = photo_bytes()
    documents = [
        store_document([photo(content=page), photo(colour=WHITE)], region=region, actor=None)
        for region in (regions.bone, regions.makassar)
    ]
    other = store_document(
        [photo(colour=BLUE), photo(content=page)], region=regions.bone, actor=None
    )
    alone = store_document([photo(colour=(9, 9, 9))], region=regions.bone, actor=None)
    bone, makassar = make_pokja(regions.bone, "bone"), make_pokja(regions.makassar, "makassar")
    gdpk = make_pokja(regions.bone, "gdpk", "Pokja GDPK")
    first = make_decree(bone, operator_bone, document=documents[0])
    second = make_decree(makassar, operator_makassar, document=other, number="2")
    third = make_decree(gdpk, operator_bone, document=alone, number="3")
    with django_assert_num_queries(2):
        assert other_uses(documents[0], first) == ["SK Pokja Bangga Kencana, Kota Makassar"]
    assert other_uses(other, second) == ["SK Pokja Bangga Kencana, Kabupaten Bone"]
    assert other_uses(alone, third) == []

"""Images of pages: made once, kept, never wider than the scope of their document."""

import io
import random

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from PIL import Image

from apps.audit.models import Entry
from apps.documents import pages
from apps.documents.isolated import ProgramFailed
from apps.documents.models import Document
from apps.documents.pages import (
    PageUnreadable,
    image_name,
    page_image,
    unreadable_among,
    weight_of,
)
from apps.documents.renderer import draw
from tests.makers import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def cached(settings):
    """A cache that keeps, as the portal has it."""
    backend = "django.core.cache.backends.locmem.LocMemCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "uji-halaman"}}


@pytest.fixture
def document(regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar, pages=2)


def test_a_page_becomes_a_small_webp_of_reading_width(document):
    image = Image.open(io.BytesIO(page_image(document, 1)))
    assert image.format == "WEBP"
    assert abs(image.width - 900) <= 1  # the drawing rounds up to whole pixels
    assert len(page_image(document, 1)) <= 80 * 1024


@pytest.mark.parametrize(("width", "most"), pages.WEIGHTS.items())
def test_larger_images_keep_to_their_weight(document, width, most):
    image = page_image(document, 1, width)
    assert abs(Image.open(io.BytesIO(image)).width - width) <= 1
    assert len(image) <= most


@pytest.mark.parametrize(
    ("size", "rotation", "shape"),
    [
        ((842, 595), 0, 900 / 636),
        ((595, 842), 90, 900 / 636),
        ((595, 842), 180, 636 / 900),
        ((3, 3), 0, 1),
        ((14400, 3), 0, 900),
        ((3, 14400), 0, 1 / 4050),
    ],
    ids=["wide", "turned", "upside down", "tiny", "a line", "a strip"],
)
def test_pages_of_any_shape_are_drawn(tmp_path, size, rotation, shape):
    import pikepdf

    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=size).rotate(rotation, relative=False)
    pdf.save(tmp_path / "satu.pdf")
    image = Image.open(io.BytesIO(draw(str(tmp_path / "satu.pdf"), 1, 900, 80 * 1024)))
    assert image.width / image.height == pytest.approx(shape, rel=0.02)


def test_a_page_full_of_noise_keeps_to_the_weight(tmp_path):
    import pikepdf

    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842))
    noise = random.Random(1).randbytes(900 * 1272 * 3)  # noqa: S311 - noise
    picture = pikepdf.Stream(
        pdf,
        noise,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=900,
        Height=1272,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )
    page.add_resource(picture, pikepdf.Name.XObject, name=pikepdf.Name("/I"))
    page.contents_add(b"q 595 0 0 842 0 0 cm /I Do Q")
    pdf.save(tmp_path / "satu.pdf")
    image = draw(str(tmp_path / "satu.pdf"), 1, 900, 80 * 1024)
    assert len(image) <= 80 * 1024
    assert Image.open(io.BytesIO(image)).width > 400


def test_a_page_is_drawn_once_and_again_when_its_image_is_lost(document, monkeypatch):
    drawn = []
    usual = pages._drawn
    monkeypatch.setattr(pages, "_drawn", lambda *args: drawn.append(args[1]) or usual(*args))
    first = page_image(document, 2)
    assert page_image(document, 2) == first
    assert drawn == [2]
    document.file.storage.delete(f"halaman/{document.uuid.hex[:2]}/{document.uuid}/2.webp")
    assert page_image(document, 2) == first
    assert drawn == [2, 2]


def test_a_part_of_an_image_is_not_taken_for_the_page(document):
    """What a crash, or somebody writing at this moment, left in the store."""
    first = page_image(document, 1)
    storage, name = document.file.storage, image_name(document, 1)
    for part in (first[:200], b"", b"RIFF"):
        storage.delete(name)
        storage.save(name, ContentFile(part))
        assert page_image(document, 1) == first
        with storage.open(name) as kept:
            assert kept.read() == first


def test_two_who_draw_the_same_page_leave_one_image(document, monkeypatch):
    usual = pages._drawn

    def slow(document, number, width, weight):
        image = usual(document, number, width, weight)
        pages._keep(document.file.storage, image_name(document, number, width), image)
        return image

    monkeypatch.setattr(pages, "_drawn", slow)
    assert page_image(document, 1)
    folder = image_name(document, 1).rsplit("/", 1)[0]
    assert document.file.storage.listdir(folder)[1] == ["1.webp"]


def test_the_first_pages_are_drawn_off_the_request(regions, operator_makassar, tasks_at_once):
    document = make_document(regions.makassar, operator_makassar, pages=5)
    storage = document.file.storage
    drawn = [storage.exists(image_name(document, number)) for number in range(1, 6)]
    assert drawn == [True, True, True, False, False]


def test_the_weight_of_images_is_told_from_what_is_drawn(document, cached):
    assert weight_of(document, [1, 2]) == (2 * 80 * 1024, False)
    known = len(page_image(document, 1))
    assert weight_of(document, [1, 2]) == (known + 80 * 1024, False)
    cache.clear()  # another process: the store knows
    known += len(page_image(document, 2))
    cache.clear()
    assert weight_of(document, [1, 2]) == (known, True)
    assert weight_of(document, []) == (0, True)


@pytest.mark.parametrize("number", [0, 3, -1])
def test_pages_that_are_not_there_are_refused(document, number):
    with pytest.raises(IndexError):
        page_image(document, number)


def test_a_file_that_cannot_be_drawn_leaves_nothing_behind_and_says_so(
    regions, operator_makassar, client_of, cached
):
    broken = Document.objects.create(
        region=regions.makassar,
        file=ContentFile(b"%PDF-1.7 rusak", "x.pdf"),
        sha256="0" * 64,
        original_name="x.pdf",
        size=14,
        pages=1,
        uploaded_by=operator_makassar,
    )
    for _ in range(2):
        with pytest.raises(PageUnreadable):
            page_image(broken, 1)
    assert not broken.file.storage.exists("halaman")
    assert unreadable_among(broken, [1, 2]) == {1}
    answer = client_of(operator_makassar).get(f"/berkas/{broken.uuid}/hal-1.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/svg+xml")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "Halaman 1 tidak dapat digambar" in answer.content.decode()


def test_a_page_that_failed_is_not_tried_again_at_once(document, monkeypatch, cached):
    tried = []

    def fail(*args):
        tried.append(args)
        raise ProgramFailed("renderer.py")

    monkeypatch.setattr(pages.isolated, "run", fail)
    for _ in range(3):
        with pytest.raises(PageUnreadable):
            page_image(document, 1)
    assert len(tried) == 1


def test_the_image_answers_with_safe_headers_and_the_first_page_is_on_record(
    document, operator_makassar, client_of
):
    client = client_of(operator_makassar)
    answer = client.get(f"/berkas/{document.uuid}/hal-1.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, no-cache"
    assert answer["X-Content-Type-Options"] == "nosniff"
    other = client.get(f"/berkas/{document.uuid}/hal-2.webp")
    assert other["Cache-Control"] == "private, max-age=86400, immutable"
    assert Entry.objects.filter(action="Membuka berkas").count() == 1


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_a_page_beyond_the_last_is_404(document, operator_makassar, client_of, number):
    answer = client_of(operator_makassar).get(f"/berkas/{document.uuid}/hal-{number}.webp")
    assert answer.status_code == 404


@pytest.mark.parametrize("width", ["901", "0", "-900", "9" * 50, "NaN", "", "900px"])
def test_widths_that_are_not_offered_are_404(document, operator_makassar, client_of, width):
    client = client_of(operator_makassar)
    assert client.get(f"/berkas/{document.uuid}/hal-1.webp?lebar={width}").status_code == 404
    assert client.get(f"/berkas/{document.uuid}/hal-1.webp?lebar=1350").status_code == 200


def test_pages_of_another_region_are_404(document, operator_bone, client_of):
    answer = client_of(operator_bone).get(f"/berkas/{document.uuid}/hal-1.webp")
    assert answer.status_code == 404

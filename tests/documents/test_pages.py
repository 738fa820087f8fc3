"""Images of pages: made once, kept, never wider than the scope of their document."""

import io

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from apps.audit.models import Entry
from apps.documents import pages
from apps.documents.models import Document
from apps.documents.pages import PageUnreadable, page_image
from tests.makers import make_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar, pages=2)


def test_a_page_becomes_a_small_webp_of_reading_width(document):
    image = Image.open(io.BytesIO(page_image(document, 1)))
    assert image.format == "WEBP"
    assert abs(image.width - 900) <= 1  # the drawing rounds up to whole pixels
    assert len(page_image(document, 1)) <= 80 * 1024


def test_a_page_is_drawn_once_and_again_when_its_image_is_lost(document, monkeypatch):
    drawn = []
    draw = pages._drawn
    monkeypatch.setattr(pages, "_drawn", lambda *args: drawn.append(args[1]) or draw(*args))
    first = page_image(document, 2)
    assert page_image(document, 2) == first
    assert drawn == [2]
    document.file.storage.delete(f"halaman/{document.uuid.hex[:2]}/{document.uuid}/2.webp")
    assert page_image(document, 2) == first
    assert drawn == [2, 2]


@pytest.mark.parametrize("number", [0, 3, -1])
def test_pages_that_are_not_there_are_refused(document, number):
    with pytest.raises(IndexError):
        page_image(document, number)


def test_a_file_that_cannot_be_drawn_leaves_nothing_behind(regions, operator_makassar):
    broken = Document.objects.create(
        region=regions.makassar,
        file=ContentFile(b"%PDF-1.7 rusak", "x.pdf"),
        sha256="0" * 64,
        original_name="x.pdf",
        size=14,
        pages=1,
        uploaded_by=operator_makassar,
    )
    with pytest.raises(PageUnreadable):
        page_image(broken, 1)
    assert not broken.file.storage.exists("halaman")


def test_the_image_answers_with_safe_headers_and_the_first_page_is_on_record(
    document, operator_makassar, client_of
):
    client = client_of(operator_makassar)
    answer = client.get(f"/berkas/{document.uuid}/hal-1.webp")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    client.get(f"/berkas/{document.uuid}/hal-2.webp")
    assert Entry.objects.filter(action="Membuka berkas").count() == 1


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_a_page_beyond_the_last_is_404(document, operator_makassar, client_of, number):
    answer = client_of(operator_makassar).get(f"/berkas/{document.uuid}/hal-{number}.webp")
    assert answer.status_code == 404


def test_pages_of_another_region_are_404(document, operator_bone, client_of):
    answer = client_of(operator_bone).get(f"/berkas/{document.uuid}/hal-1.webp")
    assert answer.status_code == 404

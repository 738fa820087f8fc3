"""Pages on paper: A4 and F4, nothing cut, no navigation, address and sample mark printed."""

import pypdfium2
import pytest

PAPERS = {"a4": ("210mm", "297mm"), "f4": ("215mm", "330mm")}


def printed(visitor, path, paper, *, landscape=False):
    """The PDF as Chromium prints it, without the browser's own backgrounds."""
    visitor.open(path)
    width, height = PAPERS[paper]
    return pypdfium2.PdfDocument(
        visitor.page.pdf(width=width, height=height, landscape=landscape, print_background=False)
    )


def words(document):
    return [page.get_textpage().get_text_range() for page in document]


def assert_nothing_cut(document):
    """Every letter lies on its paper."""
    for page in document:
        wide, high = page.get_size()
        text = page.get_textpage()
        for number in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(number)
            assert left >= 0
            assert bottom >= 0
            assert right <= wide
            assert top <= high


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "path", ["/dasbor/73/{year}/", "/pokja/", "/pokja/{7308-KKB}/{year}/", "/buku/{book_year}/73/"]
)
def test_a_page_on_paper_is_whole_and_says_where_it_is_from(visitor_of, path, paper):
    visitor = visitor_of("koordinator.sulsel")
    document = printed(visitor, path, paper)
    assert_nothing_cut(document)
    told = words(document)
    assert "Data contoh." in told[0]
    assert "Tugas saya" not in told[0]
    assert visitor.page.url in "".join(told[-1].split())
    assert f"{len(told)} / {len(told)}" in told[-1]


@pytest.mark.parametrize("paper", PAPERS)
def test_slides_stand_one_on_a_page(visitor_of, paper):
    visitor = visitor_of("koordinator.sulsel")
    document = printed(visitor, "/dasbor/73/{year}/saji/?slide=2", paper, landscape=True)
    assert_nothing_cut(document)
    assert len(document) == visitor.page.locator(".saji-one").count()

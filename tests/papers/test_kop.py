"""What stands on every official paper: kop, signature, code, and the foot of each page."""

from pathlib import Path

import pypdfium2
import pytest

from apps.core.typeset import pdf
from apps.papers.emblems import emblem_text
from apps.papers.qr import qr_svg
from tests.papers.test_emblem import image_bytes

TEMPLATE = """#import "/papers/kop.typ": *
#let data = json(bytes(sys.inputs.data))
#show: halaman.with(data.paper, data.name, data.made, data.sample)
#kop(data.head)
#judul(data.title, [Tahun 2026], data.sample, data.notice)
#for row in data.rows [#row \\ ]
#penutup(data.signature, data.mark)
"""
HEAD = {
    "lines": ["INSTANSI CONTOH", "PERWAKILAN CONTOH"],
    "address": "Jalan Contoh 1",
    "contact": "Telepon (0411) 1",
    "emblem": "",
}
SIGNATURE = {
    "lines": ["Makassar, 12 Maret 2026", "Kepala Perwakilan,"],
    "name": "Nama Contoh",
    "rank": "Pembina",
    "nip": "NIP 19690514 199503 1 002",
}
MARK = {
    "code": "7F3K-92QD",
    "address": "https://pokja.uji.test/periksa/7F3K92QD/",
    "form": "pokja.uji.test/periksa/",
    "qr": qr_svg("https://pokja.uji.test/periksa/7F3K92QD/"),
    "issued": "12 Maret 2026 pukul 08.00 WITA",
}
DATA = {
    "paper": "a4",
    "name": "Rapor Pokja Kampung KB",
    "made": "Terbit 12 Maret 2026",
    "sample": False,
    "head": HEAD,
    "title": "Rapor Pokja",
    "notice": "",
    "rows": ["Satu baris"],
    "signature": SIGNATURE,
    "mark": MARK,
}


@pytest.fixture
def pages(settings, tmp_path):
    """pages(**changes): the text of each page, and the size of the first in millimetres."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "papers").symlink_to(Path(settings.BASE_DIR) / "templates" / "papers")
    (folder / "uji.typ").write_text(TEMPLATE)
    settings.BASE_DIR = tmp_path

    def make(**changes):
        document = pypdfium2.PdfDocument(pdf("uji.typ", DATA | changes))
        size = tuple(round(points / 72 * 25.4) for points in document[0].get_size())
        texts = [page.get_textpage().get_text_range() for page in document]
        document.close()
        return [" ".join(text.split()) for text in texts], size

    return make


@pytest.mark.parametrize(("paper", "size"), [("a4", (210, 297)), ("f4", (215, 330))])
def test_the_paper_is_as_large_as_asked_for(pages, paper, size):
    texts, found = pages(paper=paper)
    assert (found, len(texts)) == (size, 1)


def test_everything_stands_on_the_page(pages):
    text = pages()[0][0]
    for told in (
        "INSTANSI CONTOH PERWAKILAN CONTOH Jalan Contoh 1 Telepon (0411) 1",
        "RAPOR POKJA Tahun 2026",
        "Makassar, 12 Maret 2026 Kepala Perwakilan,",
        "Nama Contoh Pembina NIP 19690514 199503 1 002",
        "membuka pokja.uji.test/periksa/ dan menulis kode 7F3K-92QD.",
        "Diterbitkan 12 Maret 2026 pukul 08.00 WITA.",
        "Rapor Pokja Kampung KB. Terbit 12 Maret 2026",
        "Halaman 1 dari 1",
    ):
        assert told in text
    assert "data contoh" not in text


def test_sample_and_notice_are_marked(pages):
    text = pages(sample=True, notice="Belum seluruhnya diverifikasi")[0][0]
    assert "Tahun 2026 (data contoh)" in text
    assert "Belum seluruhnya diverifikasi" in text
    assert "Rapor Pokja Kampung KB (data contoh)" in text


def test_a_paper_without_head_signature_and_code_is_one_too(pages):
    text = pages(head=None, signature=None, mark=None)[0][0]
    assert "Satu baris" in text
    assert "Periksa keaslian" not in text


def test_without_qr_the_code_stands_alone(pages):
    assert "7F3K-92QD" in pages(mark=MARK | {"qr": ""})[0][0]


@pytest.mark.parametrize("count", range(40, 62, 3))
def test_a_signature_is_never_torn_apart(pages, count):
    texts = pages(rows=[f"Baris {number}" for number in range(count)])[0]
    last = texts[-1]
    assert "Makassar, 12 Maret 2026" in last
    assert "NIP 19690514 199503 1 002" in last
    assert "7F3K-92QD" in last
    assert f"Halaman {len(texts)} dari {len(texts)}" in last


def test_an_emblem_is_drawn(pages, settings, tmp_path):
    """The blue square of the test image is on the page; without one nothing coloured is."""
    pages()

    def blue(emblem):
        document = pypdfium2.PdfDocument(pdf("uji.typ", DATA | {"head": HEAD | {"emblem": emblem}}))
        image = document[0].render(scale=1).to_pil().convert("RGB")
        document.close()
        return sum(count for count, (red, _, blue) in image.getcolors(1 << 20) if blue - red > 60)

    assert blue("") == 0
    assert blue(emblem_text(image_bytes())) > 1500


def test_words_of_people_cannot_become_typesetting(pages):
    evil = '#panic("x") $x$ *b* ]) #read("/papers/kop.typ")'
    text = pages(
        head=HEAD | {"lines": [evil]}, signature=SIGNATURE | {"name": evil}, title=evil, rows=[evil]
    )[0][0]
    assert text.count('#panic("x") $x$ *b*') == 3

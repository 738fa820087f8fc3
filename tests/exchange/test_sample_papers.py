"""The sample SK on paper: laid out like a real one, marked, and read back as its record says."""

import pytest
from django.core.management import call_command

from apps.core.formats import decree_key, format_date
from apps.decrees.models import Decree
from apps.decrees.reading import candidates
from apps.documents.lines import lines_of
from apps.documents.models import Reading
from apps.documents.reader import read_file
from apps.documents.reading import page_lines
from apps.effectiveness.builtin import load_builtin_rubric
from apps.exchange.sample import paper
from apps.indicators.catalogue import load_catalogue
from apps.regions.services import load_regions

pytestmark = pytest.mark.django_db


ROWS = [("c", "KEPUTUSAN BUPATI BONE"), "NOMOR 188.45/1/2026", None, (330, "ttd (contoh)")]


@pytest.fixture
def decrees(settings):
    settings.DEBUG = True
    load_regions()
    load_catalogue()
    load_builtin_rubric()
    call_command("contoh", verbosity=0)
    rows = Decree.objects.exclude(document=None).select_related("document", "evidence__region")
    return list(rows.order_by("pk"))


def pages_of(decree) -> list:
    found = enumerate(read_file(decree.document.file.path), start=1)
    return [(number, lines_of(page["words"], page["ratio"])) for number, page in found]


def values_of(pages) -> dict:
    merged = {}
    for candidate in candidates(pages):
        merged |= candidate.values
    return merged


def is_read_right(decree) -> bool:
    got = values_of(page_lines(decree.document))
    end = format_date(decree.valid_until) if decree.valid_until else ""
    return decree_key(got["number"]) == decree_key(decree.number) and (
        got["issued_on"],
        got["title"].casefold(),
        got["signer_status"],
        got["signer_name"],
        got["valid_until"],
    ) == (
        format_date(decree.issued_on),
        decree.title.casefold(),
        decree.signer_status,
        decree.signer_name,
        end,
    )


def test_the_sample_is_read_back_as_its_records_say(decrees):
    """All from the text kept beside the file, some from the file itself; one is a scan."""
    texts = [decree for decree in decrees if hasattr(decree.document, "reading")]
    assert len(texts) > 100
    assert [decree.number for decree in texts if not is_read_right(decree)] == []
    for decree in texts[:: len(texts) // 5]:
        pages = pages_of(decree)
        assert values_of(pages) == values_of(page_lines(decree.document))
        assert all("DATA CONTOH" in lines[0][4] for _, lines in pages)
    assert Reading.objects.filter(search_text__contains="susunan keanggotaan").count() > 100

    [scan] = set(decrees) - set(texts)
    assert [page["scan"] for page in read_file(scan.document.file.path)] == [True, True]
    assert scan.document.size < 400 * 1024


def test_the_places_told_are_those_of_the_file(tmp_path):
    path = tmp_path / "contoh.pdf"
    path.write_bytes(paper.text_pdf([paper.place(ROWS)]))
    [page] = read_file(str(path))
    found = lines_of(page["words"], page["ratio"])
    told = paper.lines_of(paper.place(ROWS))
    assert [line[4] for line in found] == [line[4] for line in told]
    for one, other in zip(found, told, strict=True):
        assert one[:4] == pytest.approx(other[:4], abs=0.01)


def test_the_same_rows_give_the_same_bytes():
    pages = [paper.place(ROWS)]
    assert paper.text_pdf(pages) == paper.text_pdf(pages)
    assert paper.scan_pdf(pages) == paper.scan_pdf(pages)

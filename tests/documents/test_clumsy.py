"""PDFs as odd programs write them: readable everywhere, so kept; locked in odd ways, so told."""

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from apps.documents.checks import check_pdf
from tests.documents.test_checks import refusal
from tests.makers import pdf_bytes, pdf_upload


def without(content: bytes, old: bytes, new: bytes) -> bytes:
    """The same length, so that the table of contents still points to the right places."""
    assert old in content
    assert len(old) == len(new)
    return content.replace(old, new, 1)


def with_direct_page(pdf):
    pdf.Root.Pages.Kids.append(
        Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 595, 842]), Resources=Dictionary())
    )
    pdf.Root.Pages.Count = 2


def test_a_key_that_is_no_utf8_is_no_damage():
    content = pdf_bytes(change=lambda pdf: pdf.docinfo.__setitem__(Name("/Kunci"), "nilai"))
    assert check_pdf(pdf_upload(content=without(content, b"/Kunci", b"/K\xe9nci"))) == 1


def test_a_page_without_its_size_is_read_as_every_reader_does():
    content = pdf_bytes()
    assert check_pdf(pdf_upload(content=without(content, b"/MediaBox", b"/MediaBax"))) == 1


def test_a_page_written_straight_into_the_tree_counts():
    assert check_pdf(pdf_upload(content=pdf_bytes(change=with_direct_page))) == 2


def test_a_script_under_a_key_that_is_no_utf8_is_found():
    def change(pdf):
        pdf.Root.Kunci = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))

    content = without(pdf_bytes(change=change), b"/Kunci", b"/K\xe9nci")
    assert refusal(content)[0] == "active"


@pytest.mark.parametrize("handler", ["Adobe.PubSec", "Entrust.PPKEF"])
def test_a_file_locked_for_the_certificates_of_certain_readers_is_told_as_locked(handler):
    def change(pdf):
        pdf.trailer.Encrypt = pdf.make_indirect(
            Dictionary(Filter=Name(f"/{handler}"), V=4, SubFilter=Name("/adbe.pkcs7.s5"))
        )

    plain = pdf_bytes(change=change)
    if b"/Encrypt" not in plain:  # the writer drops it: put it into the trailer by hand
        locked = b"/Encrypt << /Filter /" + handler.encode() + b" /V 4 >> /Root"
        plain = plain.replace(b"/Root", locked, 1)
    assert refusal(plain)[0] == "encrypted"

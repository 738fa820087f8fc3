"""What is kept and what is refused, with files made here (spec section 8)."""

import re
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pikepdf import Array, Dictionary, Name

from apps.documents.checks import DocumentRefused, check_pdf
from tests.makers import pdf_bytes, pdf_upload


def refusal(content, name="sk.pdf"):
    with pytest.raises(DocumentRefused) as caught:
        check_pdf(SimpleUploadedFile(name, content), "Berkas SK")
    return caught.value.code, caught.value.message


def attach(pdf, name, content):
    pdf.attachments[name] = pikepdf.AttachedFileSpec(pdf, content, filename=name)


def open_action(action):
    def change(pdf):
        pdf.Root.OpenAction = Dictionary(action)

    return change


def test_a_sound_pdf_gives_its_number_of_pages():
    assert check_pdf(pdf_upload(pages=3)) == 3


def test_the_name_does_not_matter_only_the_content():
    assert check_pdf(pdf_upload("foto.jpg")) == 1


def test_an_empty_file_is_refused():
    assert refusal(b"") == ("empty", "Berkas SK kosong. Pilih berkas lain")


def test_a_file_that_is_no_pdf_is_refused_whatever_its_name():
    assert refusal(b"GIF89a bukan") == ("type", "Berkas SK harus PDF")


def test_a_pdf_that_does_not_begin_at_the_first_byte_is_refused():
    assert refusal(b"\n" + pdf_bytes()) == ("type", "Berkas SK harus PDF")


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_a_file_cut_off_on_its_way_is_refused(share):
    whole = pdf_bytes(pages=5)
    assert refusal(whole[: int(len(whole) * share)]) == (
        "damaged",
        "Berkas SK tidak dapat dibuka. Pindai ulang, lalu unggah lagi",
    )


def test_a_file_with_its_middle_missing_is_refused():
    whole = pdf_bytes(pages=5)
    assert refusal(whole[:200] + whole[300:])[0] == "damaged"


HAND_MADE = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n"
    b"3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>\nendobj\n"
    b"4 0 obj\n<< /Length 33 >>\nstream\nBT /F1 12 Tf (halo SK 188) Tj ET \n\nendstream\nendobj\n"
    b"trailer\n<< /Root 1 0 R /Size 5 >>\nstartxref\nPLACE\n%%EOF\n"
)


@pytest.mark.parametrize("place", [0, 123])
def test_a_wrong_table_of_contents_alone_is_no_damage(place):
    assert check_pdf(pdf_upload(content=HAND_MADE.replace(b"PLACE", b"%d" % place))) == 1


def test_a_wrong_table_hides_no_script():
    scripted = HAND_MADE.replace(b"PLACE", b"0").replace(
        b"/Pages 2 0 R >>", b"/Pages 2 0 R /OpenAction << /S /JavaScript /JS (a) >> >>", 1
    )
    assert refusal(scripted)[0] == "active"


def test_a_lost_piece_of_a_stream_is_damage_also_where_the_table_is_wrong():
    assert refusal(HAND_MADE.replace(b"PLACE", b"0").replace(b"halo SK", b""))[0] == "damaged"


def test_a_bare_page_without_resources_is_accepted():
    def strip(pdf):
        for page in pdf.pages:
            if "/Resources" in page.obj:
                del page.obj["/Resources"]

    assert check_pdf(SimpleUploadedFile("sk.pdf", pdf_bytes(change=strip))) == 1


def test_a_beginning_and_an_end_around_nothing_are_refused():
    assert refusal(b"%PDF-1.7\n%%EOF")[0] == "damaged"


@pytest.mark.parametrize(("owner", "user"), [("pemilik", "rahasia"), ("pemilik", "")])
def test_an_encrypted_file_is_refused_even_where_it_opens_without_a_word(owner, user):
    content = pdf_bytes(encryption=pikepdf.Encryption(owner=owner, user=user))
    assert refusal(content) == (
        "encrypted",
        "Berkas SK terkunci kata sandi. Unggah berkas tanpa kata sandi",
    )


def test_a_file_of_exactly_the_limit_is_kept_and_one_byte_more_is_not(settings):
    content = pdf_bytes()
    settings.UPLOAD_MAX_BYTES = len(content)
    assert check_pdf(pdf_upload(content=content)) == 1
    settings.UPLOAD_MAX_BYTES = len(content) - 1
    assert refusal(content)[0] == "size"


def test_the_size_is_told_with_the_limit(settings):
    settings.UPLOAD_MAX_BYTES = 1024 * 1024
    assert refusal(b"%PDF-" + b"0" * int(1.5 * 1024 * 1024)) == (
        "size",
        "Berkas SK berukuran 1,5 MB. Ukuran paling besar 1 MB",
    )


@pytest.mark.parametrize(
    "change",
    [
        open_action({"/S": Name.JavaScript, "/JS": "app.alert(1)"}),
        open_action({"/S": Name.Launch, "/F": "cmd.exe"}),
        open_action({"/S": Name.GoTo, "/Next": Dictionary({"/S": Name.JavaScript})}),
        open_action({"/S": Name.GoTo, "/Next": Array([Dictionary({"/S": Name.Launch})])}),
        lambda pdf: pdf.Root.__setattr__(
            "Names", Dictionary(JavaScript=Dictionary(Names=Array([])))
        ),
        lambda pdf: pdf.pages[0].obj.__setattr__("AA", Dictionary(O=Dictionary(S=Name.JavaScript))),
        lambda pdf: pdf.trailer.__setattr__("Perintah", Dictionary(S=Name.Launch)),
        lambda pdf: pdf.Root.__setattr__(
            "AcroForm", Dictionary(XFA=pdf.make_stream(b"<xdp><SCRIPT>x</SCRIPT></xdp>"))
        ),
    ],
    ids=["script", "launch", "next", "array", "names", "page", "trailer", "xfa"],
)
def test_active_content_is_refused_wherever_it_stands(change):
    assert refusal(pdf_bytes(change=change))[0] == "active"


def test_active_content_that_no_page_leads_to_is_refused():
    def change(pdf):
        pdf.Root.Rahasia = pdf.make_indirect(Dictionary(A=Dictionary(S=Name.Launch)))

    content = re.sub(
        rb"/Rahasia \d+ 0 R", lambda found: b" " * len(found[0]), pdf_bytes(change=change)
    )
    assert refusal(content)[0] == "active"


def test_active_content_inside_compressed_objects_is_refused():
    content = pdf_bytes(
        change=open_action({"/S": Name.JavaScript}),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    assert b"JavaScript" not in content
    assert refusal(content)[0] == "active"


def test_a_name_disguised_by_hexadecimal_signs_is_refused():
    plain = pdf_bytes(change=open_action({"/S": Name("/JavaScriptXX")}))
    disguised = plain.replace(b"/JavaScriptXX", b"/J#61vaScript")
    assert len(disguised) == len(plain)
    assert refusal(disguised)[0] == "active"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("pasang.exe", b"MZ\x90"),
        ("surat.pdf.bat", b"echo"),
        ("surat.pdf .", b"MZ\x90"),
        ("daftar.xlsx", b"MZ\x90"),
        ("catatan.txt", b"#!/bin/sh"),
        ("tanpa-akhiran", b"x"),
    ],
)
def test_an_attached_program_is_refused(name, content):
    assert refusal(pdf_bytes(change=lambda pdf: attach(pdf, name, content)))[0] == "active"


def test_attached_data_is_kept():
    content = pdf_bytes(change=lambda pdf: attach(pdf, "anggota.xml", b"<anggota/>"))
    assert check_pdf(pdf_upload(content=content)) == 1


def test_a_script_in_an_attached_pdf_is_refused():
    inner = pdf_bytes(change=open_action({"/S": Name.JavaScript}))
    assert refusal(pdf_bytes(change=lambda pdf: attach(pdf, "dalam.pdf", inner)))[0] == "active"


def test_an_attached_pdf_without_a_script_is_kept():
    content = pdf_bytes(change=lambda pdf: attach(pdf, "dalam.pdf", pdf_bytes()))
    assert check_pdf(pdf_upload(content=content)) == 1


def test_a_reader_that_is_killed_counts_as_a_damaged_file(monkeypatch):
    monkeypatch.setattr("apps.documents.checks.INSPECTOR", Path("tidak-ada.py"))
    assert refusal(pdf_bytes())[0] == "damaged"

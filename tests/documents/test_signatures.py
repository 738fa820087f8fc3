"""Electronic signatures: what is found, and that the words are no stronger than that."""

import time

import pikepdf
import pytest

from apps.documents import isolated, signatures, tte
from apps.documents.models import Reading, Signature
from apps.documents.signature_words import KNOWN, NONE, UNKNOWN, heading, one_line
from apps.documents.texts import document_checks
from tests.documents import signing
from tests.makers import make_decree, make_document, make_pokja, pdf_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def store(regions, operator_makassar):
    """store(content): the file as a document of Makassar, nobody has looked at it yet."""

    def make(content=None):
        content = pdf_bytes() if content is None else content
        return make_document(regions.makassar, operator_makassar, content=content)

    return make


@pytest.fixture
def trust(tmp_path, settings):
    """The administrator has put the certificate of "Penerbit Contoh" into the folder."""
    folder = tmp_path / "sertifikat"
    folder.mkdir()
    (folder / "akar.der").write_bytes(signing.root_certificate())
    (folder / "rusak.pem").write_bytes(b"bukan sertifikat")
    (folder / "catatan.txt").write_text("bukan sertifikat juga")
    settings.TTE_TRUST_DIR = str(folder)


def found(document):
    signatures.check(document)
    return [
        (one.number, one.signer, one.issuer, one.integrity, one.chain_known)
        for one in Signature.objects.filter(document=document)
    ]


def checked(document):
    return signatures.known_of(type(document).objects.get(pk=document.pk))


def without_contents(signed, put=b"00" * 200):
    """The value of the signature itself spoiled; the signed bytes stand as they were."""
    at = signed.index(b"/Contents <") + len(b"/Contents <")
    return signed[:at] + put + signed[at + len(put) :]


ISSUER = signing.ISSUER


def test_a_file_without_a_signature_has_none(store):
    document = store()
    assert found(document) == []
    known = checked(document)
    assert (known.done, heading(known), one_line(known)) == (True, NONE, (True, NONE))


def test_a_signature_over_the_whole_file_is_intact(store):
    document = store(signing.signed_pdf())
    assert found(document) == [(1, "Penanda Contoh", ISSUER, "utuh", False)]
    assert document.signatures.get().signed_at is not None
    assert one_line(checked(document)) == (
        True,
        f"Tanda tangan elektronik Penanda Contoh: utuh sejak ditandatangani; {UNKNOWN}",
    )


def test_a_second_signature_extends_what_the_first_has_signed(store):
    document = store(signing.signed_twice())
    assert found(document) == [
        (1, "Penanda Contoh", ISSUER, "ditambah", False),
        (2, "Penanda Kedua", ISSUER, "utuh", False),
    ]
    assert heading(checked(document)) == "2 tanda tangan elektronik (TTE)"
    assert one_line(checked(document))[0] is True


@pytest.mark.parametrize(
    "change", [signing.changed_after_signing, signing.overwritten_after_signing]
)
def test_a_file_changed_after_signing_is_told(store, change, trust):
    document = store(change(signing.signed_pdf()))
    assert found(document) == [(1, "Penanda Contoh", ISSUER, "berubah", False)]
    fine, sentence = one_line(checked(document))
    assert fine is False
    assert sentence.startswith(
        "Tanda tangan elektronik Penanda Contoh: berubah setelah ditandatangani; "
    )
    assert (
        heading(checked(document))
        == "1 tanda tangan elektronik (TTE), 1 berubah setelah ditandatangani"
    )


def test_a_second_signature_over_a_change_does_not_heal_the_first(store):
    changed = signing.changed_after_signing(signing.signed_pdf())
    document = store(signing.signed_pdf(changed, name="Penanda Kedua", field="TandaTangan2"))
    assert [row[3] for row in found(document)] == ["berubah", "utuh"]


def test_a_spoiled_signature_cannot_be_checked(store):
    document = store(without_contents(signing.signed_pdf()))
    assert found(document) == [(1, "", "", "tidak_diketahui", False)]
    assert one_line(checked(document)) == (
        False,
        "Tanda tangan elektronik nama tidak terbaca: tidak dapat diperiksa",
    )


def test_one_spoiled_signature_leaves_the_other_readable(store):
    document = store(without_contents(signing.signed_twice()))
    told = {(row[1], row[3]) for row in found(document)}
    assert ("", "tidak_diketahui") in told
    assert len(told) == 2


@pytest.mark.parametrize("tail", [b"\n% sisipan\n%%EOF\n", b"\nstartxref\n0\n%%EOF\n"])
def test_bytes_put_behind_a_signature_never_pass_as_intact(store, tail, regions):
    document = store()
    with document.file.storage.open(document.file.name, "wb") as file:  # past the upload's checks
        file.write(signing.signed_pdf() + tail)
    assert {row[3] for row in found(document)} <= {"berubah", "tidak_diketahui"}
    assert found(document) != []


def test_a_chain_is_known_only_by_the_folder_of_the_administrator(store, trust):
    document = store(signing.signed_pdf())
    assert found(document) == [(1, "Penanda Contoh", ISSUER, "utuh", True)]
    assert one_line(checked(document))[1].endswith(KNOWN)


def test_a_folder_that_is_missing_knows_no_chain(store, settings, tmp_path):
    settings.TTE_TRUST_DIR = str(tmp_path / "tidak-ada")
    assert found(store(signing.signed_pdf()))[0][3:] == ("utuh", False)


def test_a_name_in_a_certificate_is_shown_without_direction_marks(store):
    document = store(signing.signed_pdf(name="Bupati \u202eenoB\u202c\x07"))
    assert found(document)[0][1] == "Bupati enoB"


@pytest.mark.parametrize("key", [b"/ByteRange", b"/#42yteRang#65", b"/B#79te#52ange"])
def test_the_key_of_a_signature_is_found_however_it_is_spelled(key):
    assert tte._MARK.search(b"<< %s [0 1 2 3] >>" % key)


def with_fields(pdf, kids):
    """A form whose fields lead on and on, and the key that makes the program look."""
    first = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Sig, T=b"a"))
    first.Kids = kids(pdf, first)
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[first], ByteRange=[0, 1, 2, 3])


def in_a_circle(pdf, field):
    return [field, field]


def bottomless(pdf, field):
    for number in range(5000):
        field = pdf.make_indirect(pikepdf.Dictionary(T=str(number), Kids=[field]))
    return [field]


@pytest.mark.parametrize("kids", [in_a_circle, bottomless])
def test_a_hostile_file_costs_its_own_process_only(regions, operator_makassar, kids):
    content = pdf_bytes(change=lambda pdf: with_fields(pdf, kids))
    document = make_document(regions.makassar, operator_makassar)
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(content)
    began = time.monotonic()
    told = {row[3] for row in found(document)}
    assert told <= {"tidak_diketahui"}
    assert time.monotonic() - began < isolated.TIME_LIMIT


def test_a_program_that_dies_leaves_a_signature_that_cannot_be_checked(store, monkeypatch):
    def dies(*words, **more):
        raise isolated.ProgramFailed("tte.py")

    document = store(signing.signed_pdf())
    monkeypatch.setattr(isolated, "run", dies)
    assert found(document) == [(1, "", "", "tidak_diketahui", False)]


def test_a_page_goes_on_without_what_takes_too_long(store, monkeypatch):
    def hangs(*words, time_limit, **more):
        assert time_limit == 5
        raise isolated.ProgramFailed("tte.py")

    document = store()
    monkeypatch.setattr(isolated, "run", hangs)
    assert signatures.ensure_checked(document) == (False, [])
    assert not Reading.objects.filter(document=document).exists()


def test_a_lost_file_is_not_called_unsigned(store):
    document = store()
    document.file.storage.delete(document.file.name)
    with pytest.raises(FileNotFoundError):
        signatures.check(document)
    assert signatures.ensure_checked(document).done is False


def test_a_page_looks_once(store, monkeypatch):
    document = store(signing.signed_pdf())
    assert [one.integrity for one in signatures.ensure_checked(document).signatures] == ["utuh"]
    monkeypatch.setattr(isolated, "run", None)
    again = type(document).objects.get(pk=document.pk)
    assert signatures.ensure_checked(again).done is True


def test_looking_again_replaces_and_leaves_the_rest_of_the_reading(store, trust):
    document = store(signing.signed_twice())
    Reading.objects.create(document=document, state="teks", search_text="sk bupati")
    assert len(found(document)) == len(found(document)) == 2
    reading = Reading.objects.get(document=document)
    assert (reading.state, reading.search_text) == ("teks", "sk bupati")


@pytest.mark.usefixtures("tasks_at_once")
def test_it_is_looked_at_off_the_request(regions, operator_makassar):
    content = signing.signed_pdf()
    document = make_document(regions.makassar, operator_makassar, content=content)
    assert document.signatures.get().integrity == "utuh"


# --- where it is shown -----------------------------------------------------------------------


def test_the_checks_of_an_item_have_one_line_once_it_is_known(store, operator_makassar):
    document = store(signing.changed_after_signing(signing.signed_pdf()))
    item = make_decree(make_pokja(document.region), operator_makassar, document=document)
    assert document_checks(document, item) == [(True, "PDF terbaca, 1 halaman")]
    signatures.check(document)
    document.refresh_from_db()
    fine, sentence = document_checks(type(document).objects.get(pk=document.pk), item)[1]
    assert (fine, sentence[:40]) == (False, "Tanda tangan elektronik Penanda Contoh: ")

"""Which files go together, what each refusal says and is called, what is looked at once only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.documents import isolated, photos
from apps.documents.checks import REFUSALS, DocumentRefused, Intake, check_files, check_pdf
from apps.documents.incoming import JPEG, PNG
from tests.documents.camera import photo
from tests.makers import pdf_bytes, pdf_upload

WHAT = "Berkas SK"


def refusal(*files, check=lambda files: check_files(list(files), WHAT)):
    """(code, sentence) of files that are not kept."""
    with pytest.raises(DocumentRefused) as caught:
        check(files)
    return caught.value.code, caught.value.message


def refusal_of_a_pdf(upload):
    return refusal(upload, check=lambda files: check_pdf(*files, WHAT))


def upload(content, name="sk.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def inspections(monkeypatch):
    """The paths that the inspector was asked about; it finds three pages in each."""
    asked = []

    def run(program, path):
        asked.append(path)
        return '{"pages": 3}'

    monkeypatch.setattr(isolated, "run", run)
    return asked


# --- what goes together ----------------------------------------------------------------------


def test_a_pdf_is_kept_as_it_came():
    file = pdf_upload(pages=2)
    assert check_files([file]) == Intake([file], file, 2, [])


def test_photos_come_with_their_kinds_and_as_many_pages():
    files = [photo(), photo(kind="PNG")]
    found = check_files(files)
    assert (found.files, found.pages, found.photo_kinds) == (files, 2, [JPEG, PNG])
    assert found.pdf not in files
    assert check_files([photo()]).photo_kinds == [JPEG]


def test_files_that_do_not_go_together_are_told_apart():
    one, two = pdf_upload(), pdf_upload()
    assert refusal() == ("empty", "Pilih berkas terlebih dahulu")
    assert refusal(one, two) == (
        "mixed",
        "Pilih satu PDF saja. Gabungkan dahulu bila Berkas SK terbagi dalam beberapa PDF",
    )
    mixed = ("mixed", "Pilih satu PDF atau beberapa foto, jangan keduanya sekaligus")
    assert refusal(pdf_upload(), photo()) == refusal(photo(), pdf_upload()) == mixed
    assert refusal(upload(b"GIF89a")) == ("type", "Berkas SK harus PDF atau foto (JPG, PNG)")
    assert refusal(photo(), upload(b"GIF89a"))[0] == "type"


def test_what_is_empty_is_told_alone_and_among_others():
    assert refusal(upload(b"")) == ("empty", "Berkas SK kosong. Pilih berkas lain")
    assert refusal(photo(), photo(), photo(content=b"")) == (
        "empty",
        "Foto 3 kosong. Foto ulang halaman itu, lalu unggah lagi",
    )


def test_a_file_the_disk_had_no_room_for_is_not_called_empty():
    lost = upload(b"")
    lost.is_lost = True
    code, sentence = refusal(photo(), lost)
    assert code == "full"
    assert "kosong" not in sentence


def test_twenty_photos_and_no_more(monkeypatch):
    monkeypatch.setattr(photos, "combined", lambda files: pdf_upload())
    assert check_files([photo() for _ in range(photos.MOST)]).pages == photos.MOST
    assert refusal(*[photo() for _ in range(photos.MOST + 1)]) == (
        "many",
        "Paling banyak 20 foto. Pindai dokumen yang lebih panjang menjadi satu PDF",
    )


def test_the_limit_is_for_one_file_and_for_all_photos_together(settings, monkeypatch):
    monkeypatch.setattr(photos, "combined", lambda files: pdf_upload())
    file, pair = pdf_upload(), [photo(), photo()]
    settings.UPLOAD_MAX_BYTES = file.size
    assert check_files([file]).pages == check_pdf(file) == 1
    settings.UPLOAD_MAX_BYTES = file.size - 1
    assert refusal(pdf_upload())[0] == refusal_of_a_pdf(pdf_upload())[0] == "size"
    assert refusal(pdf_upload())[1].startswith("Berkas SK berukuran ")
    assert refusal_of_a_pdf(pdf_upload())[1].startswith("Berkas SK berukuran ")
    settings.UPLOAD_MAX_BYTES = sum(each.size for each in pair)
    assert check_files(pair).pages == 2
    settings.UPLOAD_MAX_BYTES -= 1
    code, sentence = refusal(photo(), photo())
    assert (code, sentence.partition(" berukuran ")[0]) == ("size", "Semua foto bersama-sama")


def test_a_pdf_alone_takes_no_photo():
    assert refusal_of_a_pdf(photo()) == ("type", "Berkas SK harus PDF")
    assert refusal_of_a_pdf(upload(b"")) == ("empty", "Berkas SK kosong. Pilih berkas lain")


# --- what is looked at once ------------------------------------------------------------------


def test_a_form_and_the_service_behind_it_look_once(inspections):
    file = pdf_upload()
    first = check_files([file])
    assert check_files([file]) is first
    assert check_files((file,)) is first
    assert check_pdf(file) == first.pages == 3
    assert len(inspections) == 1


def test_other_company_is_looked_at_anew(monkeypatch):
    monkeypatch.setattr(photos, "combined", lambda files: pdf_upload())
    one, two = photo(), photo()
    assert check_files([one]).pages == 1
    assert check_files([one, two]).pages == 2
    with pytest.raises(DocumentRefused):
        check_files([one, pdf_upload()])


def test_a_number_of_pages_that_is_known_is_believed(inspections):
    file = pdf_upload()
    file.checked_pages = 7
    assert check_pdf(file) == check_files([file]).pages == 7
    assert inspections == []


def test_after_the_look_the_file_is_read_from_its_beginning():
    file = pdf_upload()
    check_pdf(file)
    assert file.read() == pdf_bytes()
    assert file.checked_pages == 1


# --- what the reader says --------------------------------------------------------------------


def test_the_end_is_looked_for_in_the_last_kilobyte_only(inspections):
    end = b"%%EOF"
    within = upload(b"%PDF-1.7" + end + bytes(1024 - len(end)))
    assert check_pdf(within) == 3
    beyond = upload(b"%PDF-1.7" + end + bytes(1024 - len(end) + 1))
    damaged = ("damaged", "Berkas SK tidak dapat dibuka. Pindai ulang, lalu unggah lagi")
    assert refusal_of_a_pdf(beyond) == refusal(beyond) == damaged
    assert len(inspections) == 1
    assert check_pdf(upload(b"%PDF-1.7" + end)) == 3  # shorter than what is looked at


@pytest.mark.parametrize("reason", sorted(REFUSALS))
def test_each_finding_of_the_reader_has_its_sentence(reason, monkeypatch):
    monkeypatch.setattr(isolated, "run", lambda *_: f'{{"refused": "{reason}"}}')
    assert refusal_of_a_pdf(pdf_upload()) == (
        reason,
        REFUSALS[reason].format(what=WHAT, most="2.000"),
    )


@pytest.mark.parametrize("trouble", [isolated.ProgramFailed("mati"), ValueError("bukan JSON")])
def test_a_reader_that_dies_or_babbles_has_met_a_damaged_file(trouble, monkeypatch):
    def run(*_):
        raise trouble

    monkeypatch.setattr(isolated, "run", run)
    file = pdf_upload()
    assert refusal_of_a_pdf(file)[0] == "damaged"
    assert not hasattr(file, "checked_pages")

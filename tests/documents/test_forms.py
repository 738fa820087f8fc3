"""The file field of a form: PDF or photos, what need not be sent again, whose files those are."""

import io
import json
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from PIL import Image

from apps.core.rowforms import DraftForm
from apps.documents.forms import DocumentFormMixin
from apps.documents.known_files import share_words
from apps.documents.models import Document, Upload
from tests import makers

pytestmark = pytest.mark.django_db

SIZES = {"hal 1.jpg": (90, 100), "hal 2.jpg": (90, 200), "hal 10.jpg": (90, 300)}


class ProofForm(DraftForm, DocumentFormMixin):
    what = "Berkas SK"
    file_help = "SK lengkap dengan lampiran"
    file_missing = "Pilih berkas SK"

    def __init__(self, *args, region, user, held=None, **kwargs):
        self.region, self.user, self.held_document = region, user, held
        super().__init__(*args, **kwargs)


@pytest.fixture
def fill(regions, operator_makassar):
    """fill(file, …, document="…"): the form as Makassar's officer posts it."""

    def make(*files, document=(), held=None, user=operator_makassar, **options):
        data = QueryDict(mutable=True)
        data.setlist("document", [str(code) for code in document])
        files = MultiValueDict({"file": list(files)} if files else {})
        return ProofForm(data, files, region=regions.makassar, user=user, held=held, **options)

    return make


def photo(name, size=(90, 120), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, "white").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def errors(form):
    form.is_valid()
    return form.errors.get_json_data().get("file", [])


def sentences(form):
    return [error["message"] for error in errors(form)]


def test_photos_become_one_document_in_the_order_people_count(fill, operator_makassar):
    form = fill(*(photo(name, SIZES[name]) for name in ("hal 10.jpg", "hal 1.jpg", "hal 2.jpg")))
    assert form.is_valid()
    document = form.take_document(actor=operator_makassar)
    assert document.pages == 3
    kept = document.originals.values_list("number", "original_name")
    assert list(kept) == [(1, "hal 1.jpg"), (2, "hal 2.jpg"), (3, "hal 10.jpg")]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Pilih berkas SK"),
        ([makers.pdf_upload(content=b"")], "Berkas SK kosong. Pilih berkas lain"),
        (
            [makers.pdf_upload(), photo("foto.jpg")],
            "Pilih satu PDF atau beberapa foto, jangan keduanya sekaligus",
        ),
        (
            [makers.pdf_upload("a.pdf"), makers.pdf_upload("b.pdf")],
            "Pilih satu PDF saja. Gabungkan dahulu bila Berkas SK terbagi dalam beberapa PDF",
        ),
        (
            [photo(f"{number}.jpg") for number in range(21)],
            "Paling banyak 20 foto. Pindai dokumen yang lebih panjang menjadi satu PDF",
        ),
        (
            [SimpleUploadedFile("surat.docx", b"PK\x03\x04 bukan PDF")],
            "Berkas SK harus PDF atau foto (JPG, PNG)",
        ),
    ],
    ids=["tidak ada", "kosong", "campur", "dua pdf", "21 foto", "docx"],
)
def test_what_cannot_be_taken_is_told_at_the_field(fill, files, sentence):
    assert sentences(fill(*files)) == [sentence]
    assert Document.objects.count() == 0


def test_limit_and_kinds_are_told_as_they_are_set(fill, settings):
    settings.UPLOAD_MAX_BYTES = 10 * 1024 * 1024
    form = fill()
    assert form["file"].label == "Berkas SK (PDF atau foto)"
    assert form["file"].help_text == (
        "SK lengkap dengan lampiran. PDF, atau foto tiap halaman (JPG, PNG, paling banyak 20), "
        "paling besar 10 MB"
    )
    control = str(form["file"])
    assert " multiple" in control
    assert 'accept=".pdf,.jpg,.jpeg,.png,.heic,.heif,' in control
    rules = form.upload_rules
    assert (rules["limit"], rules["most"]) == (10 * 1024 * 1024, 20)
    assert json.loads(rules["sentences"])["large"] == (
        "Semua foto bersama-sama berukuran {size}. Ukuran paling besar 10 MB"
    )


def test_a_sound_file_of_a_wrong_form_is_kept_once(fill, operator_makassar):
    form = fill(photo("a.jpg"), photo("b.jpg"))
    assert form.is_valid()
    form.keep_file(actor=operator_makassar)
    document = Document.objects.get()
    assert form.kept_document == document
    assert form["document"].value() == str(document.uuid)
    again = fill(document=[document.uuid])
    assert again.is_valid()
    assert again.take_document(actor=operator_makassar) == document
    assert Document.objects.count() == 1


def test_a_file_of_the_same_request_wins_over_the_one_carried_along(
    fill, regions, operator_makassar
):
    held = makers.make_document(regions.makassar, operator_makassar)
    form = fill(makers.pdf_upload("baru.pdf", pages=3), document=[held.uuid])
    assert form.is_valid()
    assert form.take_document(actor=operator_makassar).original_name == "baru.pdf"


def test_the_choice_from_the_list_wins_over_the_hidden_code(fill, regions, operator_makassar):
    first, second = (
        makers.make_document(regions.makassar, operator_makassar, name=name)
        for name in ("satu.pdf", "dua.pdf")
    )
    form = fill(document=[second.uuid, first.uuid])
    assert form.is_valid()
    assert form.take_document(actor=operator_makassar) == first


def test_files_of_the_region_can_be_used_by_its_people(fill, regions, operator_makassar, make_user):
    colleague = make_user("operator", regions.makassar, "rekan")
    used = makers.make_document(regions.makassar, colleague, name="dipakai.pdf")
    makers.make_decree(makers.make_pokja(regions.makassar), colleague, document=used)
    own = makers.make_document(regions.makassar, operator_makassar, name="sendiri.pdf")
    makers.make_document(regions.makassar, colleague, name="belum dipakai.pdf")
    makers.make_document(regions.bone, operator_makassar, name="daerah lain.pdf")
    form = fill()
    assert [item.original_name for item in form.known_documents] == ["sendiri.pdf", "dipakai.pdf"]
    assert sentences(fill(document=[used.uuid])) == []
    form = fill(document=[own.uuid], held=used)
    form.is_valid()
    assert form.known_documents == []


@pytest.mark.parametrize("whose", ["rekan", "daerah lain", "tidak ada", "bukan kode"])
def test_a_code_of_a_foreign_file_is_left_out(fill, regions, operator_makassar, make_user, whose):
    colleague = make_user("operator", regions.makassar, "rekan")
    codes = {
        "rekan": lambda: makers.make_document(regions.makassar, colleague).uuid,
        "daerah lain": lambda: makers.make_document(regions.bone, operator_makassar).uuid,
        "tidak ada": uuid.uuid4,
        "bukan kode": lambda: "../../etc/passwd",
    }
    form = fill(document=[codes[whose]()])
    assert "Pilih berkas SK" in sentences(form)
    assert form.kept_document is None


def test_the_list_ends_after_the_twenty_newest(fill, regions, operator_makassar):
    for number in range(22):
        makers.make_document(regions.makassar, operator_makassar, name=f"{number}.pdf")
    names = [document.original_name for document in fill().known_documents]
    assert names == [f"{number}.pdf" for number in range(21, 1, -1)]


@pytest.mark.parametrize("rows", [1, 5])
def test_the_lists_cost_a_query_each(
    fill, regions, operator_makassar, django_assert_num_queries, rows
):
    for number in range(rows):
        makers.make_document(regions.makassar, operator_makassar, name=f"{number}.pdf")
        begun(operator_makassar, regions.makassar, f"{number}.pdf")
    form = fill()
    assert operator_makassar.scope.sees_all is False
    with django_assert_num_queries(2):
        assert len(form.known_documents) == len(form.unfinished) == rows


def begun(user, region, name, received=5, size=9):
    return Upload.objects.create(user=user, region=region, name=name, size=size, received=received)


def test_unfinished_uploads_are_those_of_this_person_and_region(
    fill, regions, operator_makassar, make_user
):
    colleague = make_user("operator", regions.makassar, "rekan")
    mine = begun(operator_makassar, regions.makassar, "SK.pdf")
    begun(operator_makassar, regions.makassar, "nol.pdf", received=0)
    begun(operator_makassar, regions.bone, "lain.pdf")
    begun(colleague, regions.makassar, "rekan.pdf")
    done = begun(operator_makassar, regions.makassar, "jadi.pdf", received=9)
    done.document = makers.make_document(regions.makassar, operator_makassar)
    done.save()
    assert fill().unfinished == [(mine, "5 dari 9 byte")]


def test_the_page_names_what_need_not_be_sent_again(regions, operator_makassar, client_of, today):
    pokja = makers.make_pokja(regions.makassar)
    known = makers.make_document(regions.makassar, operator_makassar, name="SK <lama>.pdf")
    begun(operator_makassar, regions.makassar, "SK baru.pdf", 12_687_769, 22_439_526)
    answer = client_of(operator_makassar).get(f"/pokja/{pokja.pk}/2026/isi/sk/")
    page = answer.content.decode()
    assert page.count("SK baru.pdf: 12,1 dari 21,4 MB sudah diterima") == 1
    assert page.count(f'type="radio" name="document" value="{known.uuid}"') == 1
    assert page.count("SK &lt;lama&gt;.pdf") == 1
    # The hidden code stands before the choice: of two codes the last one counts.
    assert page.index('type="hidden" name="document"') < page.index('type="radio" name="document"')


@pytest.mark.parametrize(
    ("received", "size", "words"),
    [
        (12_687_769, 22_439_526, "12,1 dari 21,4 MB"),
        (655_360, 22_439_526, "640 KB dari 21,4 MB"),
        (512, 2048, "512 byte dari 2 KB"),
    ],
)
def test_how_much_of_a_file_is_here_in_words(received, size, words):
    assert share_words(Upload(received=received, size=size)) == words

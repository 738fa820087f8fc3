"""The form of an SK: what it takes, what it refuses in which words, what it keeps."""

from datetime import date

import pytest
from django.utils.datastructures import MultiValueDict

from apps.decrees.forms import DecreeForm
from apps.decrees.services import save_decree
from apps.documents.models import Document
from apps.verification.models import Evidence
from tests.makers import make_decree, make_document, make_pokja, pdf_upload, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

TYPED = {
    "number": "188.45/412/I/2026",
    "issued_on": "14 Januari 2026",
    "title": "Pembentukan Pokja Bangga Kencana",
    "role": "establish",
    "parent_number": "",
    "signer_choice": "kepala_daerah",
    "signer_other": "",
    "signer_status": "definitif",
    "signer_name": "Nama Contoh",
    "valid_from": "",
    "valid_until": "31-12-2028",
    "validity_basis": "tertulis",
}


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


@pytest.fixture
def fill(pokja, operator_makassar):
    """fill(number="…", file=…): the form with everything right except what is given."""

    def make(evidence=None, file=..., draft=False, **changes):
        typed = TYPED | {"coverage": [str(pokja.pk)]} | changes
        data = MultiValueDict(
            {name: value if isinstance(value, list) else [value] for name, value in typed.items()}
        )
        file = pdf_upload() if file is ... else file
        files = MultiValueDict({"file": [file]} if file else {})
        return DecreeForm(
            data, files, pokja=pokja, user=operator_makassar, evidence=evidence, draft=draft
        )

    return make


def errors(form):
    form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


def test_a_complete_form_gives_what_the_service_wants(fill, pokja, operator_makassar):
    form = fill()
    assert errors(form) == {}
    document = form.take_document(actor=operator_makassar)
    evidence = save_decree(
        None,
        form.decree_data(),
        actor=operator_makassar,
        pokja=form.coverage_rows(),
        document=document,
    )
    decree = evidence.decree
    assert (decree.number, decree.number_key) == ("188.45/412/I/2026", "188/45/412/i/2026")
    assert (decree.issued_on, decree.valid_from, decree.valid_until) == (
        date(2026, 1, 14),
        date(2026, 1, 14),
        date(2028, 12, 31),
    )
    assert (decree.signer_position, decree.signer_status) == ("Wali Kota Makassar", "definitif")
    assert (decree.document, decree.document.original_name) == (document, "SK Pokja.pdf")
    assert [(row.pokja, row.role) for row in decree.coverage.all()] == [(pokja, "establish")]
    assert (evidence.title, evidence.region) == ("SK Pokja Bangga Kencana", pokja.region)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"number": " "}, "number", "Isi nomor SK seperti tertulis pada kepala SK"),
        ({"issued_on": ""}, "issued_on", "Isi tanggal ditetapkan, misalnya 24 Juli 2023"),
        (
            {"issued_on": "31/02/2026"},
            "issued_on",
            "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023",
        ),
        (
            {"issued_on": "13 Maret 2026"},
            "issued_on",
            "Tanggal ditetapkan tidak boleh setelah hari ini, 12 Maret 2026",
        ),
        ({"title": ""}, "title", "Isi tentang apa SK ini"),
        ({"coverage": []}, "coverage", "Pilih Pokja yang diatur SK ini"),
        ({"role": "amend"}, "parent_number", "Isi nomor SK yang diubah atau dicabut"),
        (
            {"role": "revoke", "parent_number": "188.45 / 412 / I / 2026"},
            "parent_number",
            "SK tidak dapat mengubah atau mencabut dirinya sendiri",
        ),
        (
            {"role": "merestui"},
            "role",
            "Pilih apakah SK ini membentuk, mengubah, atau mencabut",
        ),
        (
            {"signer_choice": ""},
            "signer_choice",
            "Pilih pejabat yang menandatangani SK",
        ),
        (
            {"signer_choice": "lainnya"},
            "signer_other",
            "Isi jabatan yang menandatangani SK",
        ),
        (
            {"valid_until": "13 Januari 2026"},
            "valid_until",
            "Tanggal akhir berlaku harus setelah tanggal ditetapkan, 14 Januari 2026",
        ),
        (
            {"valid_from": "1 Februari 2026", "valid_until": "31 Januari 2026"},
            "valid_until",
            "Tanggal akhir berlaku harus setelah tanggal mulai berlaku, 1 Februari 2026",
        ),
        (
            {"valid_until": ""},
            "valid_until",
            "Isi tanggal akhir berlaku, atau pilih dasar masa berlaku yang lain",
        ),
        ({"file": None}, "file", "Pilih berkas SK"),
        ({"file": pdf_upload(content=b"")}, "file", "Berkas SK kosong. Pilih berkas lain"),
        (
            {"file": pdf_upload(content=b"GIF89a")},
            "file",
            "Berkas SK harus PDF atau foto (JPG, PNG)",
        ),
    ],
)
def test_each_mistake_is_told_at_its_field(fill, changes, field, message):
    assert errors(fill(**changes)) == {field: [message]}


@pytest.mark.parametrize("basis", ["tahun_anggaran", "sampai_dicabut"])
def test_an_end_need_not_be_written(fill, basis):
    assert errors(fill(valid_until="", validity_basis=basis)) == {}


@pytest.mark.parametrize("role", ["amend", "revoke"])
def test_a_decree_that_changes_another_needs_no_end(fill, role):
    assert errors(fill(role=role, parent_number="188.45/1/2024", valid_until="")) == {}


def test_an_sk_issued_today_is_no_future(fill):
    assert errors(fill(issued_on="12/03/2026")) == {}


@pytest.mark.parametrize("day", ["14/01/2026", "14 Jan 2026"])
def test_the_end_may_be_the_day_it_begins(fill, day):
    assert errors(fill(valid_until=day)) == {}


def test_a_draft_may_lack_everything(fill, pokja):
    form = fill(draft=True, file=None, coverage=[], **dict.fromkeys(TYPED, ""))
    assert errors(form) == {}
    assert form.coverage_rows() == [(pokja, "establish", "")]


def test_a_draft_is_still_told_what_is_wrong(fill):
    form = fill(draft=True, file=None, issued_on="kemarin", valid_until="1 Januari 2020")
    assert list(errors(form)) == ["issued_on"]


def test_a_draft_of_an_amendment_names_what_it_amends(fill):
    form = fill(draft=True, role="amend")
    assert errors(form) == {"parent_number": ["Isi nomor SK yang diubah atau dicabut"]}


def test_fields_that_are_needed_never_say_optional(fill):
    form = fill(draft=True)
    form.is_valid()
    assert [name for name, field in form.fields.items() if field.required] == [
        "number",
        "issued_on",
        "validity_basis",
        "signer_choice",
        "title",
        "file",
        "coverage",
        "role",
    ]


# --- who signs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "position", "status"),
    [
        ("kepala_daerah", "Wali Kota Makassar", ""),
        ("sekda", "Sekretaris Daerah Kota Makassar", "an"),
        ("kepala_opd", "Kepala OPD KB Kota Makassar", ""),
        ("lainnya", "Camat Tamalate", ""),
    ],
)
def test_the_usual_signers_are_picked_and_others_written(fill, choice, position, status):
    form = fill(signer_choice=choice, signer_other="Camat Tamalate", signer_status="")
    assert errors(form) == {}
    data = form.decree_data()
    assert (data["signer_position"], data["signer_status"]) == (position, status)


@pytest.mark.parametrize(
    ("level", "head"),
    [
        ("sulsel", "Gubernur Sulawesi Selatan"),
        ("bone", "Bupati Bone"),
        ("makassar", "Wali Kota Makassar"),
    ],
)
def test_the_head_of_the_region_follows_from_its_level(regions, admin, level, head):
    pokja = make_pokja(getattr(regions, level), level)
    form = DecreeForm(pokja=pokja, user=admin)
    assert form.fields["signer_choice"].choices[0] == ("kepala_daerah", head)


# --- which Pokja -----------------------------------------------------------------------------


def test_the_pokja_of_the_page_is_ticked_and_those_of_its_region_are_on_offer(
    regions, pokja, operator_makassar
):
    other = make_pokja(regions.makassar, "makassar-gdpk", "Pokja GDPK")
    gone = make_pokja(regions.makassar, "makassar-lama", "Pokja lama")
    gone.dissolved_on = date(2025, 1, 1)
    gone.save()
    make_pokja(regions.bone, "bone")
    form = DecreeForm(pokja=pokja, user=operator_makassar)
    assert form.fields["coverage"].choices == [
        (str(pokja.pk), "Pokja Bangga Kencana"),
        (str(other.pk), "Pokja GDPK"),
    ]
    assert form["coverage"].value() == [str(pokja.pk)]


def test_a_pokja_of_another_region_is_refused(fill, regions, pokja):
    foreign = make_pokja(regions.bone, "bone")
    form = fill(coverage=[str(pokja.pk), str(foreign.pk)])
    assert errors(form) == {"coverage": ["Pilih Pokja dari daftar"]}


def test_one_sk_for_several_pokja(fill, regions, pokja):
    other = make_pokja(regions.makassar, "makassar-gdpk", "Pokja GDPK")
    form = fill(coverage=[str(pokja.pk), str(other.pk)])
    assert errors(form) == {}
    assert form.coverage_rows() == [(pokja, "establish", ""), (other, "establish", "")]


# --- what is stored already ------------------------------------------------------------------


@pytest.fixture
def stored(regions, pokja, operator_makassar):
    """A draft that amends for one Pokja and establishes another, as a file may give it."""
    other = make_pokja(regions.makassar, "makassar-gdpk", "Pokja GDPK")
    evidence = make_decree(
        pokja,
        operator_makassar,
        document=make_document(regions.makassar, operator_makassar),
        signer_position="Sekretaris Daerah Kota Makassar",
    )
    return save_decree(
        evidence,
        {},
        actor=operator_makassar,
        revision=evidence.revision,
        pokja=[(pokja, "amend", "188.45/1/2024"), (other, "establish", "")],
    )


def test_the_form_shows_what_is_stored(stored, pokja, operator_makassar):
    form = DecreeForm(pokja=pokja, user=operator_makassar, evidence=stored)
    shown = {name: form[name].value() for name in form.fields}
    assert {name: shown[name] for name in ("number", "issued_on", "signer_choice", "role")} == {
        "number": "188.45/412/I/2026",
        "issued_on": "14 Januari 2026",
        "signer_choice": "sekda",
        "role": "amend",
    }
    assert (shown["parent_number"], shown["revision"]) == ("188.45/1/2024", stored.revision)


def test_roles_that_nobody_touched_stay_each_as_it_is(fill, stored):
    rows = stored.decree.coverage.all()
    form = fill(
        evidence=stored,
        file=None,
        coverage=[str(row.pokja_id) for row in rows],
        role="amend",
        parent_number="188.45/1/2024",
    )
    assert errors(form) == {}
    assert [(role, parent) for _, role, parent in form.coverage_rows()] == [
        ("amend", "188.45/1/2024"),
        ("establish", ""),
    ]


def test_the_file_there_is_stays_when_no_other_is_chosen(fill, stored, operator_makassar):
    form = fill(evidence=stored, file=None)
    assert errors(form) == {}
    assert form.take_document(actor=operator_makassar) is None
    evidence = save_decree(
        stored,
        form.decree_data(),
        actor=operator_makassar,
        revision=stored.revision,
        pokja=form.coverage_rows(),
    )
    assert evidence.decree.document == stored.decree.document


# --- a file on an error page -----------------------------------------------------------------


def test_a_sound_file_need_not_be_sent_again_when_another_field_is_wrong(fill, operator_makassar):
    form = fill(number="")
    assert errors(form) == {"number": ["Isi nomor SK seperti tertulis pada kepala SK"]}
    form.keep_file(actor=operator_makassar)
    kept = Document.objects.get()
    assert (form["document"].value(), form.kept_document) == (str(kept.uuid), kept)
    again = fill(file=None, document=str(kept.uuid))
    assert errors(again) == {}
    assert again.take_document(actor=operator_makassar) == kept


@pytest.mark.parametrize("owner", ["operator_bone", "verifikator_sulsel"])
def test_the_file_of_somebody_else_is_not_taken(fill, regions, cast, owner):
    theirs = make_document(regions.makassar, cast[owner])
    form = fill(file=None, document=str(theirs.uuid))
    assert errors(form) == {"file": ["Pilih berkas SK"]}


def test_a_damaged_code_is_no_file(fill):
    assert "file" not in errors(fill(document="x"))


# --- numbers in use --------------------------------------------------------------------------


def test_a_number_in_use_is_a_warning_only(fill, regions, operator_makassar):
    other = make_pokja(regions.makassar, "makassar-gdpk", "Pokja GDPK")
    make_decree(other, operator_makassar, number="188.45 / 0412 / i / 2026")
    form = fill()
    assert errors(form) == {}
    assert form.number_warning() == (
        "Nomor SK 188.45/412/I/2026 sudah dipakai Pokja GDPK Kota Makassar. "
        "Periksa kembali nomornya"
    )


@pytest.mark.parametrize(
    ("where", "fields"),
    [("bone", {}), ("makassar", {"issued_on": date(2025, 1, 14)})],
)
def test_the_number_of_another_region_or_year_is_no_warning(fill, regions, admin, where, fields):
    make_decree(make_pokja(getattr(regions, where), "lain"), admin, **fields)
    form = fill()
    form.is_valid()
    assert form.number_warning() == ""


def test_the_versions_of_an_sk_do_not_warn_of_each_other(
    fill, pokja, operator_makassar, verifikator_sulsel
):
    from apps.evidence.services import open_version

    document = make_document(pokja.region, operator_makassar)
    first = make_decree(pokja, operator_makassar, document=document)
    verified(first, operator_makassar, verifikator_sulsel)
    draft = open_version(first, actor=operator_makassar)
    form = fill(evidence=Evidence.objects.get(pk=draft.pk))
    form.is_valid()
    assert form.number_warning() == ""

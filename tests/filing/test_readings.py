"""What was read from the file, beside the SK form: offered, taken by a click, never by itself."""

import pytest

from apps.decrees.models import Decree
from apps.documents import reading
from apps.documents.models import Reading
from apps.documents.reading import ensure_text
from apps.effectiveness.builtin import load_builtin_rubric
from apps.verification.models import Citation
from tests import textpages
from tests.makers import make_budget, make_decree, make_document, make_pokja

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions, today):
    load_builtin_rubric()
    return make_pokja(regions.bone, code="bone-kkb", name="Pokja Kampung KB")


@pytest.fixture
def document(regions, operator_bone):
    return make_document(
        regions.bone, operator_bone, content=textpages.text_pdf(textpages.decree())
    )


@pytest.fixture
def officer(client_of, operator_bone):
    return client_of(operator_bone)


def step(pokja, name="sk"):
    return f"/pokja/{pokja.pk}/2026/isi/{name}/"


def part(document, step="sk", look=0):
    return f"/berkas/{document.uuid}/terbaca/?isian={step}&ke={look}"


def answers(pokja, document, **more):
    """The form as a browser sends it, with nothing filled in but the file."""
    blank = {
        "number": "",
        "issued_on": "",
        "title": "",
        "valid_until": "",
        "validity_basis": "tertulis",
        "signer_other": "",
        "signer_status": "",
        "signer_name": "",
        "valid_from": "",
        "role": "establish",
        "parent_number": "",
        "coverage": [str(pokja.pk)],
        "document": str(document.uuid),
        "revision": "0",
        "bukti": "",
    }
    return blank | more


def test_the_part_lists_each_value_with_words_page_and_button(officer, document):
    page = officer.get(part(document)).content.decode()
    assert "Terbaca dari berkas" in page
    for words in (
        "188.45/412/I/2025",
        "7 Januari 2025",
        "31 Desember 2027",
        "Bupati Bone",
        "Pembentukan Kelompok Kerja Kampung Keluarga Berkualitas Kabupaten Bone",
        "Drs. ANDI CONTOH, M.Si.",
    ):
        assert words in page
    assert page.count('name="pakai"') == 7  # six values and "Pakai semua yang kosong"
    assert f'/berkas/{document.uuid}/hal-2.webp"' in page
    assert "Halaman 1: “NOMOR : 188.45/412/I/2025”" in page
    assert "style=" not in page


def test_the_part_is_for_those_who_may_fill_in(client_of, document, cast):
    answered = {
        name: client_of(user).get(part(document)).status_code for name, user in cast.items()
    }
    assert {name for name, status in answered.items() if status == 200} == {
        "operator_bone",
        "verifikator_sulsel",
        "verifikator2_sulsel",
        "koordinator_sulsel",
        "admin",
    }
    assert answered["pusat"] == 403
    assert answered["operator_makassar"] == answered["verifikator_kalsel"] == 404


@pytest.mark.parametrize(
    "query", ["isian=lain", "isian=sk&ke=%F0", "isian=sk&ke=-1", "ke=9999999", "ke=123abc"]
)
def test_odd_questions_are_answered_calmly(officer, document, query):
    response = officer.get(f"/berkas/{document.uuid}/terbaca/?{query}")
    assert response.status_code == (404 if "lain" in query else 200)


def test_a_scan_waits_for_the_worker_and_asks_again(officer, regions, operator_bone, monkeypatch):
    monkeypatch.setattr(reading.shutil, "which", lambda name: "/usr/bin/tesseract")
    content = textpages.scan_pdf(textpages.decree()[:1])
    scan = make_document(regions.bone, operator_bone, content=content)
    page = officer.get(part(scan)).content.decode()
    assert "Berkas sedang dibaca" in page
    assert f'data-lagi="/berkas/{scan.uuid}/terbaca/?isian=sk&amp;ke=1"' in page
    last = officer.get(part(scan, look=40)).content.decode()
    assert "data-lagi" not in last
    assert "Isi dahulu" in last


def test_a_scan_without_ocr_says_so(officer, regions, operator_bone, monkeypatch):
    monkeypatch.setattr(reading.shutil, "which", lambda name: None)
    content = textpages.scan_pdf(textpages.decree()[:1])
    scan = make_document(regions.bone, operator_bone, content=content)
    page = officer.get(part(scan)).content.decode()
    assert "Berkas ini tidak terbaca, isi manual." in page
    assert "pakai" not in page


def test_a_file_that_is_no_decree_offers_nothing(officer, regions, operator_bone):
    content = textpages.text_pdf([["Notula rapat koordinasi", "Hadir: 12 orang"]])
    other = make_document(regions.bone, operator_bone, content=content)
    page = officer.get(part(other)).content.decode()
    assert "tidak ditemukan pada teks berkas ini" in page


def test_the_decree_of_another_region_is_told(officer, regions, operator_bone):
    content = textpages.text_pdf(textpages.decree(post=("BUPATI WAJO,",)))
    other = make_document(regions.bone, operator_bone, content=content)
    page = officer.get(part(other)).content.decode()
    assert "bukan kepala daerah Kabupaten Bone" in page


def test_the_form_fills_nothing_by_itself(officer, pokja, document):
    ensure_text(document)
    page = officer.post(step(pokja), answers(pokja, document) | {"lanjut": "1"})
    form = page.context["form"]
    assert form["number"].value() == ""
    assert form["issued_on"].value() == ""
    assert "Terbaca dari berkas" in page.content.decode()
    assert Decree.objects.count() == 0


def test_without_javascript_a_button_fills_one_field_and_keeps_the_others(officer, pokja, document):
    sent = answers(pokja, document, title="Judul saya", signer_name="Saya") | {"pakai": "number"}
    response = officer.post(step(pokja), sent)
    form = response.context["form"]
    assert response.status_code == 200
    assert form["number"].value() == "188.45/412/I/2025"
    assert form["title"].value() == "Judul saya"
    assert form["signer_name"].value() == "Saya"
    assert form["issued_on"].value() == ""
    assert form.kept_document == document
    assert "1 isian terisi dari berkas, belum disimpan" in response.content.decode()
    assert "autofocus" in str(form["number"])
    assert Decree.objects.count() == 0


def test_without_javascript_all_blank_fields_can_be_filled_at_once(officer, pokja, document):
    sent = answers(pokja, document, title="Judul saya") | {"pakai": "kosong"}
    form = officer.post(step(pokja), sent).context["form"]
    assert form["title"].value() == "Judul saya"
    assert form["number"].value() == "188.45/412/I/2025"
    assert form["issued_on"].value() == "7 Januari 2025"
    assert form["valid_until"].value() == "31 Desember 2027"
    assert form["signer_choice"].value() == "kepala_daerah"
    assert form["signer_status"].value() == "definitif"


def test_a_file_sent_with_the_button_is_kept(officer, pokja):
    from tests.makers import pdf_upload

    content = textpages.text_pdf(textpages.decree())
    sent = answers(pokja, make_nothing()) | {"pakai": "number", "file": pdf_upload(content=content)}
    response = officer.post(step(pokja), sent)
    assert response.context["form"].kept_document is not None
    assert "Terbaca dari berkas" in response.content.decode()


def make_nothing():
    from types import SimpleNamespace

    return SimpleNamespace(uuid="")


@pytest.mark.parametrize("asked", ["", "coverage", "pakai", "number'--", "x" * 5000])
def test_a_button_nobody_made_changes_nothing(officer, pokja, document, asked):
    response = officer.post(step(pokja), answers(pokja, document) | {"pakai": asked})
    assert response.status_code == 200
    assert response.context["form"]["number"].value() == ""


def test_the_first_button_of_the_form_saves(officer, pokja, document):
    """Enter in a field presses it: that must not be a button that fills something in."""
    page = officer.post(step(pokja), answers(pokja, document) | {"pakai": "number"})
    body = page.content.decode().split('<form class="pk-card"')[1]
    assert body.index('name="lanjut"') < body.index('name="pakai"')


def test_what_was_saved_as_read_is_noted_with_its_place(officer, pokja, document):
    ensure_text(document)
    sent = answers(pokja, document, number="188.45 / 412 / I / 2025", issued_on="8/1/2025")
    officer.post(step(pokja), sent | {"draf": "1"})
    evidence = Decree.objects.get().evidence
    found = {row.field: (row.page, row.quote) for row in evidence.citations.all()}
    assert found == {"number": (1, "NOMOR : 188.45/412/I/2025")}


def test_a_value_changed_later_loses_its_place(officer, pokja, document, operator_bone):
    ensure_text(document)
    officer.post(step(pokja), answers(pokja, document, number="188.45/412/I/2025") | {"draf": "1"})
    evidence = Decree.objects.get().evidence
    assert evidence.citations.count() == 1
    again = {"revision": str(evidence.revision), "bukti": str(evidence.pk), "draf": "1"}
    officer.post(step(pokja), answers(pokja, document, number="188.45/413/I/2025") | again)
    assert Citation.objects.count() == 0


def test_a_draft_with_the_same_values_says_so(officer, pokja, document, operator_bone):
    evidence = make_decree(
        pokja,
        operator_bone,
        document=document,
        number="188.45/412/I/2025",
        issued_on=None,
        valid_from=None,
    )
    page = officer.get(f"{step(pokja)}?bukti={evidence.pk}").content.decode()
    assert "Sama dengan isian" in page
    assert 'value="issued_on" data-isi=' in page
    assert 'value="number" data-isi=' not in page


def test_the_budget_only_tells_whether_its_file_can_be_read(
    officer, pokja, document, operator_bone
):
    make_budget(pokja, operator_bone, document=document)
    page = officer.get(step(pokja, "anggaran")).content.decode()
    assert "Teks berkas ini terbaca" in page
    assert "pakai" not in page
    assert Reading.objects.get().state == Reading.State.TEXT


def test_reading_costs_few_queries(officer, document, django_assert_num_queries):
    officer.get(part(document))
    # session, person, roles, document; reading, pages counted, text
    with django_assert_num_queries(7):
        officer.get(part(document))

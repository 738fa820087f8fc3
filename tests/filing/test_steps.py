"""The four steps through the test client: good input, bad input, and what stays on the page."""

import re
from datetime import date
from decimal import Decimal

import pytest

from apps.verification.models import Evidence
from tests import makers
from tests.filing import pages


@pytest.fixture
def step(officer, pokja):
    """Post to a step of the Pokja as its officer."""

    def post(slug, data, query=""):
        return officer.client.post(pages.step_url(pokja, slug) + query, data)

    return post


def test_a_complete_decree_is_saved_and_leads_to_the_plan(step, pokja, officer):
    response = step("sk", pages.decree(pokja))
    assert response.url == pages.step_url(pokja, "rencana-kerja")
    item = Evidence.objects.get()
    assert (item.status, item.created_by) == ("draft", officer.user)
    assert item.decree.issued_on == date(2026, 2, 9)
    assert item.decree.valid_from == date(2026, 2, 9)
    assert item.decree.document.original_name == "SK Pokja.pdf"


def test_a_decree_that_ends_before_it_begins_is_refused_and_nothing_typed_is_lost(step, pokja):
    response = step("sk", pages.decree(pokja, valid_until="31 Desember 2025"))
    assert response.status_code == 200
    assert pages.title(response) == (
        "Galat: Langkah 1 dari 4, SK penetapan, Pokja Bangga Kencana 2026 "
        "· Portal Pokja Bangga Kencana"
    )
    assert pages.errors(response) == [
        "Tanggal akhir berlaku harus setelah tanggal ditetapkan, 9 Februari 2026"
    ]
    page = response.content.decode()
    assert page.count('href="#id_valid_until"') == 1
    assert page.count('value="188.45/161/II/2026"') == 1
    assert page.count('value="31 Desember 2025"') == 1
    assert Evidence.objects.count() == 0


def test_the_file_of_a_wrong_form_need_not_be_sent_again(step, pokja):
    first = step("sk", pages.decree(pokja, valid_until="31 Desember 2025"))
    assert pages.words(first).count("Berkas sudah diterima: SK Pokja.pdf") == 1
    code = re.search(r'name="document" value="([^"]+)"', first.content.decode()).group(1)
    second = step("sk", pages.decree(pokja, file=None, document=code))
    assert second.status_code == 302
    assert Evidence.objects.get().decree.document.original_name == "SK Pokja.pdf"


def test_a_file_that_is_no_pdf_is_refused_at_its_field(step, pokja):
    fake = makers.pdf_upload(content=b"PK\x03\x04 bukan pdf")
    response = step("sk", pages.decree(pokja, file=fake))
    assert pages.errors(response) == ["Berkas SK harus PDF atau foto (JPG, PNG)"]
    assert response.content.decode().count('href="#id_file"') == 1
    assert Evidence.objects.count() == 0


def test_a_date_that_is_none_stays_as_it_was_typed(step, pokja):
    response = step("sk", pages.decree(pokja, issued_on="31 Februari 2026", button="draf"))
    assert pages.errors(response) == [
        "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023"
    ]
    assert response.content.decode().count('value="31 Februari 2026"') == 1


def test_a_draft_keeps_what_there_is(step, pokja, officer):
    response = step("sk", {"number": "188.45/9/2026", "bukti": "", "revision": "0", "draf": "1"})
    item = Evidence.objects.get()
    assert response.url == f"{pages.step_url(pokja, 'sk')}?bukti={item.pk}"
    assert item.decree.number == "188.45/9/2026"
    page = pages.words(officer.client.get(response.url))
    assert page.count("Draf tersimpan pukul 11.00 WITA.") == 2  # flash, and under the heading


def test_an_empty_decree_names_every_missing_field_once(step, pokja):
    response = step(
        "sk",
        {
            "bukti": "",
            "revision": "0",
            "lanjut": "1",
            "role": "establish",
            "validity_basis": "sampai_dicabut",
        },
    )
    assert pages.errors(response) == [
        "Isi nomor SK seperti tertulis pada kepala SK",
        "Isi tanggal ditetapkan, misalnya 24 Juli 2023",
        "Pilih pejabat yang menandatangani SK",
        "Isi tentang apa SK ini",
        "Pilih berkas SK",
        "Pilih Pokja yang diatur SK ini",
    ]


def test_a_decree_cannot_cover_the_pokja_of_another_region(step, pokja, regions):
    foreign = makers.make_pokja(regions.bone, "bone-x", "Pokja Bone")
    response = step("sk", pages.decree(pokja, coverage=[str(pokja.pk), str(foreign.pk)]))
    assert pages.errors(response) == ["Pilih Pokja dari daftar"]
    assert Evidence.objects.count() == 0


def test_another_decree_is_added_beside_the_verified_one(step, pokja, officer, effective):
    response = step("sk", pages.decree(pokja, number="188.45/200/2026"), "?sk=baru")
    assert response.status_code == 302
    assert Evidence.objects.filter(kind="decree").count() == 2
    page = officer.client.get(pages.step_url(pokja, "sk"))
    assert {item.title for item in page.context["siblings"]} == {
        "SK 188.45/200/2026",
        "SK 188.45/412/I/2026",
    }


def test_a_plan_is_saved_with_its_money_and_quarters(step, pokja):
    response = step("rencana-kerja", pages.rows("kegiatan", pages.ACTIVITY))
    assert response.url == pages.step_url(pokja, "indikator")
    row = Evidence.objects.get().work_plan.activities.get()
    assert (row.budget, row.months) == (Decimal("12500000.00"), 0b000111000111)


def test_a_negative_amount_is_refused_and_kept(step, pokja):
    response = step("rencana-kerja", pages.rows("kegiatan", pages.ACTIVITY | {"budget": "-5000"}))
    assert pages.errors(response) == ["Nilai rupiah tidak boleh kurang dari 0"]
    assert response.content.decode().count('value="-5000"') == 1
    assert Evidence.objects.count() == 0


def test_a_row_is_added_without_saving_and_without_losing_anything(step, pokja):
    response = step("rencana-kerja", pages.rows("kegiatan", pages.ACTIVITY, button="tambah"))
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("Hapus kegiatan 2") == 1
    assert page.count('value="Rapat koordinasi"') == 1
    assert pages.errors(response) == []
    assert Evidence.objects.count() == 0


def test_a_plan_without_activities_is_saved_but_does_not_go_on(step, pokja, officer):
    response = step("rencana-kerja", pages.rows("kegiatan", {"name": ""}))
    assert response.url.endswith("&lengkapi=1")
    page = officer.client.get(response.url)
    assert pages.errors(page) == ["Rencana kerja 2026 belum memuat kegiatan"]
    assert pages.title(page).startswith("Galat: ") is True


def test_indicators_are_picked_from_the_catalogue(step, pokja):
    indicator = makers.make_indicator()
    row = {"indicator": str(indicator.pk), "target": "2,1", "source": "PK"}
    response = step("indikator", pages.rows("indikator", row))
    assert response.url == pages.step_url(pokja, "anggaran")
    assert Evidence.objects.get().indicator_set.targets.get().target == Decimal("2.1")


def test_a_budget_is_saved_and_leads_to_the_check_when_all_else_is_done(step, pokja, complete):
    budget = complete["anggaran"]
    row = {"fund_source": "apbd_kabkota", "ceiling": "Rp 85.000.000,00"}
    response = step(
        "anggaran",
        pages.rows(
            "baris", row, stage="murni", bukti=str(budget.pk), revision=str(budget.revision)
        ),
    )
    assert response.url == f"/pokja/{pokja.pk}/2026/isi/periksa/"
    assert Evidence.objects.get(pk=budget.pk).budget.lines.get().ceiling == Decimal("85000000.00")


def test_a_later_stage_stands_beside_the_first(step, pokja, officer, effective):
    row = {"fund_source": "apbd_kabkota", "ceiling": "50.000.000"}
    data = pages.rows("baris", row, stage="perubahan", file=makers.pdf_upload("DPPA.pdf"))
    assert step("anggaran", data, "?tahap=perubahan").status_code == 302
    assert Evidence.objects.filter(kind="budget").count() == 2
    page = officer.client.get(pages.step_url(pokja, "anggaran") + "?tahap=pergeseran")
    assert page.context["form"].initial["stage"] == "pergeseran"


# --- two people ------------------------------------------------------------------------------


def test_a_stale_form_overwrites_nothing_and_keeps_what_was_typed(
    step, pokja, verifikator_sulsel, complete
):
    plan = complete["rencana_kerja"]
    seen = plan.revision
    makers.make_plan(
        pokja,
        verifikator_sulsel,
        evidence=plan,
        revision=seen,
        rows=[makers.ACTIVITY | {"name": "Tulisan orang lain"}],
    )
    response = step(
        "rencana-kerja",
        pages.rows(
            "kegiatan",
            pages.ACTIVITY | {"name": "Tulisan saya"},
            bukti=str(plan.pk),
            revision=str(seen),
        ),
    )
    assert response.status_code == 409
    page = pages.words(response)
    assert page.count("Isian ini sudah diubah oleh Verifikator Sulsel pada pukul 11.00 WITA.") == 1
    assert page.count("Tulisan orang lain") == 1
    assert response.content.decode().count('value="Tulisan saya"') == 1
    assert Evidence.objects.get(pk=plan.pk).work_plan.activities.get().name == "Tulisan orang lain"
    # Saving once more is an informed decision: the page carries the newest revision.
    assert pages.hidden(response, "revision") == str(seen + 1)


def test_a_mistake_in_a_stale_form_does_not_hide_that_it_is_stale(
    step, pokja, verifikator_sulsel, complete
):
    plan = complete["rencana_kerja"]
    seen = plan.revision
    makers.make_plan(pokja, verifikator_sulsel, evidence=plan, revision=seen)
    wrong = step(
        "rencana-kerja",
        pages.rows(
            "kegiatan", pages.ACTIVITY | {"budget": "x"}, bukti=str(plan.pk), revision=str(seen)
        ),
    )
    assert pages.hidden(wrong, "revision") == str(seen)


def test_two_people_who_begin_the_same_plan_meet_in_a_conflict(step, pokja, complete):
    response = step("rencana-kerja", pages.rows("kegiatan", pages.ACTIVITY))
    assert response.status_code == 409
    assert response.content.decode().count('value="Rapat koordinasi"') == 1


def test_what_was_sent_meanwhile_cannot_be_written(step, pokja, officer, complete):
    from apps.evidence.services import submit

    plan = complete["rencana_kerja"]
    seen = plan.revision
    submit(plan, actor=officer.user, revision=seen)
    response = step(
        "rencana-kerja",
        pages.rows("kegiatan", pages.ACTIVITY, bukti=str(plan.pk), revision=str(seen)),
    )
    assert response.status_code == 409
    assert pages.words(response).count("Isian ini tidak dapat diubah lagi") == 1


@pytest.mark.parametrize("revision", ["", "x", "9" * 40, "-1", "٣"])
def test_a_revision_that_is_none_is_stale(step, pokja, complete, revision):
    plan = complete["rencana_kerja"]
    response = step(
        "rencana-kerja",
        pages.rows("kegiatan", pages.ACTIVITY, bukti=str(plan.pk), revision=revision),
    )
    assert response.status_code == 409


# --- what is shown where nothing may be written ----------------------------------------------


def test_a_verified_item_is_shown_and_opens_a_new_version(officer, pokja, effective):
    page = officer.client.get(pages.step_url(pokja, "rencana-kerja"))
    assert pages.words(page).count("memerlukan verifikasi ulang") == 1
    plan = effective["rencana_kerja"]
    url = f"/pokja/{pokja.pk}/2026/bukti/{plan.pk}/versi-baru/"
    assert officer.client.get(url).status_code == 405
    response = officer.client.post(url)
    draft = Evidence.objects.get(family=plan.family, version=2)
    assert response.url == f"{pages.step_url(pokja, 'rencana-kerja')}?bukti={draft.pk}"
    form = officer.client.get(response.url)
    assert form.content.decode().count('value="Rapat koordinasi"') == 1


def test_the_verifiers_words_stand_at_their_field(officer, judge, pokja, complete):
    from apps.evidence.services import return_with_notes, submit
    from apps.verification.services import FieldNote

    decree = complete["sk"]
    submit(decree, actor=officer.user, revision=decree.revision)
    return_with_notes(
        decree,
        actor=judge.user,
        revision=decree.revision,
        note="Lihat catatan",
        notes=(FieldNote(field="number", text="Nomor tidak sama"),),
    )
    page = officer.client.get(pages.step_url(pokja, "sk")).content.decode()
    assert page.count('<a href="#id_number">Nomor tidak sama.</a>') == 1
    assert page.count("Catatan verifikator:</strong> Nomor tidak sama.") == 1
    assert page.count("<li>Lihat catatan</li>") == 1
    assert page.count("Dikembalikan oleh Verifikator Sulsel.") == 1


# --- who -------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["sk", "rencana-kerja", "indikator", "anggaran", "periksa"])
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("operator_makassar", 200),
        ("verifikator_sulsel", 200),
        ("koordinator_sulsel", 200),
        ("admin", 200),
        ("pengamat_makassar", 403),
        ("pusat", 403),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_who_may_open_the_steps(request, client_of, pokja, slug, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.get(pages.step_url(pokja, slug)).status_code == status


def test_on_behalf_is_said_on_the_page(judge, pokja):
    page = pages.words(judge.client.get(pages.step_url(pokja, "sk")))
    assert page.count("Anda mengisi atas nama Kota Makassar") == 1


@pytest.mark.parametrize("query", ["?bukti=999", "?bukti=abc", "?bukti=" + "9" * 30])
def test_unknown_items_are_not_found(officer, pokja, query):
    assert officer.client.get(pages.step_url(pokja, "sk") + query).status_code == 404


def test_an_item_of_another_step_or_pokja_is_not_found(officer, pokja, complete):
    other = makers.make_pokja(pokja.region, "lain", "Pokja Lain")
    plan = complete["rencana_kerja"]
    query = f"?bukti={plan.pk}"
    assert officer.client.get(pages.step_url(pokja, "indikator") + query).status_code == 404
    assert officer.client.get(pages.step_url(other, "rencana-kerja") + query).status_code == 404


def test_unknown_steps_and_years_are_not_found(officer, pokja):
    assert officer.client.get(pages.step_url(pokja, "lainnya")).status_code == 404
    assert officer.client.get(pages.step_url(pokja, "sk", 1999)).status_code == 404


def folds(response):
    return [fold.is_open for fold in response.context["editor"].folds]


def test_rare_fields_of_a_decree_open_only_where_they_must_be_seen(step, pokja, officer):
    url = pages.step_url(pokja, "sk")
    assert folds(officer.client.get(url)) == [False, False, False]
    assert folds(officer.client.get(f"{url}?isian=coverage")) == [False, True, False]
    assert folds(officer.client.get(f"{url}?isian=in_process_since")) == [False, False, True]
    wrong = step("sk", pages.decree(pokja, signer_name="", signer_status="", role="amend"))
    assert folds(wrong) == [False, True, False]
    other = step(
        "sk", pages.decree(pokja, signer_name="", signer_status="", signer_choice="lainnya")
    )
    assert folds(other) == [True, False, False]


def test_the_end_of_a_decree_is_not_called_optional(officer, pokja):
    page = pages.words(officer.client.get(pages.step_url(pokja, "sk")))
    assert page.count("Berlaku sampai dengan Kosongkan bila SK tidak menyebut batas waktu") == 1


def test_a_decree_sent_twice_makes_one_draft(step, pokja):
    sent = {name: value for name, value in pages.decree(pokja).items() if name != "file"}
    assert step("sk", sent | {"file": makers.pdf_upload()}).status_code == 302
    again = step("sk", sent | {"file": makers.pdf_upload()})
    assert again.status_code == 409
    assert Evidence.objects.count() == 1
    # Another SK of the same Pokja is still another one.
    other = sent | {"number": "188.45/999/2026", "file": makers.pdf_upload()}
    assert step("sk", other).status_code == 302
    assert Evidence.objects.count() == 2


def test_a_decree_about_other_pokja_only_is_not_written_here(step, pokja):
    neighbour = makers.make_pokja(pokja.region, "makassar-lain", "Pokja Lain")
    response = step("sk", pages.decree(pokja, coverage=[str(neighbour.pk)]))
    assert pages.errors(response) == [
        f"Sertakan {pokja.name}, atau isi SK ini dari halaman Pokja yang diaturnya"
    ]
    assert Evidence.objects.count() == 0

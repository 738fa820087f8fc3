"""Check and send: what is sent, what stays behind, and what two people make of it."""

import pytest

from apps.verification.models import Evidence
from tests import makers
from tests.filing import pages


def review_url(pokja, year=2026):
    return f"/pokja/{pokja.pk}/{year}/isi/periksa/"


def tick(*items, **changes):
    data = {"statement": "on"}
    for item in items:
        data |= {f"send_{item.pk}": "on", f"revision_{item.pk}": str(item.revision)}
    return {name: value for name, value in (data | changes).items() if value is not None}


def statuses():
    return sorted(Evidence.objects.values_list("status", flat=True))


def test_all_ready_criteria_are_sent_at_once(pokja, officer, complete):
    response = officer.client.post(review_url(pokja), tick(*complete.values()))
    assert statuses() == ["submitted"] * 4
    page = officer.client.get(response.url)
    text = pages.words(page)
    assert text.count("Terkirim pada 12 Maret 2026 pukul 11.00 WITA.") == 1
    assert [row["label"] for row in page.context["rows"]] == [
        "SK penetapan",
        "Rencana kerja",
        "Indikator",
        "Anggaran",
    ]
    assert page.context["rows"][0]["number"].startswith("TT-2026-") is True


def test_each_criterion_can_be_sent_alone(pokja, officer, complete):
    officer.client.post(review_url(pokja), tick(complete["indikator"]))
    assert Evidence.objects.get(status="submitted") == complete["indikator"]


def test_the_statement_must_be_ticked(pokja, officer, complete):
    response = officer.client.post(review_url(pokja), tick(complete["sk"], statement=None))
    assert pages.errors(response) == ["Centang pernyataan sebelum mengirim"]
    assert statuses() == ["draft"] * 4


def test_at_least_one_criterion_must_be_picked(pokja, officer, complete):
    response = officer.client.post(review_url(pokja), tick())
    assert pages.errors(response) == ["Pilih paling sedikit satu kriteria untuk dikirim"]


def test_what_is_not_ready_stays_behind_and_says_why(pokja, officer):
    plan = makers.make_plan(pokja, officer.user)
    makers.make_decree(pokja, officer.user)  # without its file
    response = officer.client.get(review_url(pokja))
    assert response.context["left_behind"] == (
        "SK, indikator, dan anggaran belum siap dan tidak ikut dikirim."
    )
    decree = response.context["sections"][0]
    assert [(url.split("#")[1], gap.message) for url, gap in decree.blocking] == [
        ("id_file", "Pilih berkas SK")
    ]
    officer.client.post(review_url(pokja), tick(plan))
    assert statuses() == ["draft", "submitted"]


def test_nothing_ready_cannot_be_sent(pokja, officer):
    response = officer.client.post(review_url(pokja), tick())
    assert pages.errors(response) == ["Belum ada kriteria yang siap dikirim"]


def test_the_outlook_counts_what_is_sent(pokja, officer, complete):
    outlook = officer.client.get(review_url(pokja)).context["outlook"]
    assert (outlook.count, outlook.effective) == (4, True)
    assert [look.short for _, look in outlook.looks] == ["Akan dikirim"] * 4


def test_an_expired_decree_is_not_promised_to_count(pokja, officer):
    from datetime import date

    document = makers.make_document(pokja.region, officer.user)
    makers.make_decree(pokja, officer.user, document=document, valid_until=date(2026, 2, 1))
    response = officer.client.get(review_url(pokja))
    assert response.context["outlook"].count == 0
    assert response.context["sections"][0].ready is True


def test_an_edit_since_the_page_was_opened_stops_the_sending(pokja, officer, judge, complete):
    seen = tick(*complete.values())
    plan = complete["rencana_kerja"]
    makers.make_plan(pokja, judge.user, evidence=plan, revision=plan.revision)
    response = officer.client.post(review_url(pokja), seen)
    assert response.status_code == 409
    assert statuses() == ["draft"] * 4


def test_sending_twice_is_told(pokja, officer, complete):
    seen = tick(complete["rencana_kerja"])
    officer.client.post(review_url(pokja), seen)
    assert officer.client.post(review_url(pokja), seen).status_code == 409


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("pengamat_makassar", 403),
        ("pusat", 403),
        ("operator_bone", 404),
        ("verifikator_kalsel", 404),
    ],
)
def test_others_cannot_send(request, client_of, pokja, complete, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.post(review_url(pokja), tick(complete["sk"])).status_code == status
    assert statuses() == ["draft"] * 4


def test_a_confirmation_without_sent_items_leads_back(pokja, officer, complete):
    url = f"/pokja/{pokja.pk}/2026/isi/terkirim/?bukti={complete['sk'].pk}&bukti=x"
    assert officer.client.get(url).url == f"/pokja/{pokja.pk}/2026/"


def test_a_year_in_which_the_pokja_does_not_exist_is_not_filled_in(pokja, officer):
    from datetime import date

    pokja.formed_on = date(2026, 1, 1)
    pokja.save(update_fields=["formed_on"])
    assert officer.client.get(review_url(pokja, 2025)).url == f"/pokja/{pokja.pk}/2025/"
    assert officer.client.get(pages.step_url(pokja, "sk", 2025)).url == f"/pokja/{pokja.pk}/2025/"


def test_the_period_is_one_line_and_money_is_spelt_out(pokja, officer, complete):
    sections = officer.client.get(review_url(pokja)).context["sections"]
    decree = {row["label"]: row["value"] for row in sections[0].rows}
    assert decree["Masa berlaku"] == "14 Januari 2026 – 31 Desember 2028"
    labels = [row["label"] for section in sections for row in section.rows]
    assert {"Tahun", "Berlaku mulai", "Berlaku sampai dengan"} & set(labels) == set()
    spelt = [row for section in sections for row in section.rows if row.get("note")]
    assert [row["label"] for row in spelt] == [
        row["label"]
        for section in sections
        for row in section.rows
        if row["value"].startswith("Rp")
    ]
    assert spelt[-1]["note"].endswith(" rupiah") is True


# --- the most frequent mistakes of the kind --------------------------------------------------


@pytest.fixture
def returned_before(regions, operator_bone, judge):
    """A plan of Bone in the same province that came back for three coded reasons."""
    from apps.evidence.services import return_with_notes, submit
    from apps.verification.models import ReturnReason
    from apps.verification.services import FieldNote

    codes = ("rk-penanggung-jawab", "rk-waktu", "uji-lain")
    reasons = [
        ReturnReason.objects.create(code=code, kind="work_plan", label=f"Alasan {code}", order=at)
        for at, code in enumerate(codes)
    ]
    plan = makers.make_plan(makers.make_pokja(regions.bone, code="bone"), operator_bone)
    submit(plan, actor=operator_bone, revision=plan.revision)
    notes = tuple(FieldNote(reason=reason) for reason in reasons)
    return return_with_notes(plan, actor=judge.user, revision=plan.revision, notes=notes)


def test_without_returns_nothing_is_asked(pokja, officer, complete):
    assert "periksa_" not in officer.client.get(review_url(pokja)).content.decode()


def test_the_frequent_mistakes_are_shown_with_what_the_portal_can_tell(
    pokja, officer, complete, returned_before
):
    page = officer.client.get(review_url(pokja))
    plan = next(part for part in page.context["sections"] if part.item.kind == "work_plan")
    assert [(looked.mistake.code, looked.is_fine) for looked in plan.looked] == [
        ("rk-penanggung-jawab", True),
        ("rk-waktu", True),
        ("uji-lain", None),
    ]
    text = pages.words(page)
    assert "Isian ini sudah diisi pada semua kegiatan." in text
    assert "Hal ini sudah saya periksa" in text


def test_what_the_portal_cannot_tell_must_be_ticked(pokja, officer, complete, returned_before):
    plan = complete["rencana_kerja"]
    response = officer.client.post(review_url(pokja), tick(*complete.values()))
    told = "Centang setelah memeriksa kesalahan tersering pada Rencana kerja"
    assert pages.errors(response) == [told]
    assert response.content.decode().count(told) == 2  # in the summary and beside the box
    assert statuses() == ["draft"] * 4 + ["returned"]
    officer.client.post(review_url(pokja), tick(*complete.values(), **{f"periksa_{plan.pk}": "on"}))
    assert statuses() == ["returned"] + ["submitted"] * 4
    sent = plan.history.get(action="submit")
    assert sent.note == "Sudah memeriksa kesalahan tersering: Alasan uji-lain."


def test_what_stays_behind_needs_no_tick(pokja, officer, complete, returned_before):
    officer.client.post(review_url(pokja), tick(complete["indikator"]))
    assert complete["indikator"].history.get(action="submit").note == ""

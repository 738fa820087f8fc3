import re
from datetime import timedelta

import pytest
import time_machine

from apps.verification.enums import Status
from tests import makers
from tests.conftest import TODAY


def address(evidence, query=""):
    return f"/verifikasi/{evidence.pk}/{query}"


# --- who may open it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("verifikator_sulsel", 200),
        ("koordinator_sulsel", 200),
        ("pusat", 200),
        ("admin", 200),
        ("operator_makassar", 403),
        ("operator_bone", 404),
        ("operator_sulsel", 404),
        ("pengamat_makassar", 404),
        ("verifikator_kalsel", 404),
        ("operator_banjarmasin", 404),
    ],
)
def test_who_may_open_a_waiting_item(client_of, cast, decree, name, status):
    assert client_of(cast[name]).get(address(decree)).status_code == status


def test_an_observer_sees_that_a_verified_item_is_there_but_not_this_page(
    client_of, pengamat_makassar, verifikator_sulsel, decree
):
    from apps.evidence.services import verify

    verify(decree, actor=verifikator_sulsel, revision=decree.revision)
    assert client_of(pengamat_makassar).get(address(decree)).status_code == 403


@pytest.mark.parametrize(
    ("name", "obstacle"),
    [
        ("verifikator_sulsel", ""),
        ("koordinator_sulsel", ""),
        ("pusat", "Berkas kabupaten/kota diverifikasi oleh provinsinya. Anda dapat membacanya."),
        ("admin", "Berkas kabupaten/kota diverifikasi oleh provinsinya. Anda dapat membacanya."),
    ],
)
def test_who_may_judge_it_and_who_only_reads(client_of, cast, decree, name, obstacle):
    page = client_of(cast[name]).get(address(decree)).context
    assert page["screen"].obstacle == obstacle
    assert bool(page["form"]) == (not obstacle)


def test_ones_own_entry_is_read_only_and_stays_free_for_others(
    client_of, verifikator_sulsel, pokja, send
):
    own = send(makers.make_plan(pokja, verifikator_sulsel), verifikator_sulsel)
    page = client_of(verifikator_sulsel).get(address(own)).context
    assert page["form"] is None
    assert page["screen"].obstacle == (
        "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."
    )
    own.refresh_from_db()
    assert own.opened_at is None


def test_an_item_open_at_somebody_else_can_be_read_meanwhile(
    client_of, verifikator_sulsel, verifikator2_sulsel, decree
):
    with time_machine.travel(TODAY, tick=False):
        client_of(verifikator_sulsel).get(address(decree))
        page = client_of(verifikator2_sulsel).get(address(decree)).context
    assert page["form"] is None
    assert page["screen"].obstacle == (
        "Sedang diperiksa oleh Verifikator Sulsel sejak pukul 11.00 WITA. Anda dapat membacanya; "
        "bila belum diputuskan, Anda dapat memeriksanya mulai pukul 11.20 WITA."
    )
    with time_machine.travel(TODAY + timedelta(minutes=21), tick=False):
        assert client_of(verifikator2_sulsel).get(address(decree)).context["form"]
    decree.refresh_from_db()
    assert decree.opened_by == verifikator2_sulsel


# --- what it shows ---------------------------------------------------------------------------


def test_opening_is_remembered_so_that_the_officer_cannot_withdraw(
    client_of, verifikator_sulsel, operator_makassar, decree
):
    from apps.evidence.services import withdraw
    from apps.verification.services import StepRefused

    client_of(verifikator_sulsel).get(address(decree))
    decree.refresh_from_db()
    assert decree.opened_by == verifikator_sulsel
    with pytest.raises(StepRefused):
        withdraw(decree, actor=operator_makassar, revision=decree.revision)


def test_an_sk_shows_its_values_its_file_and_who_sent_it(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    with time_machine.travel(TODAY, tick=False):
        file = makers.make_document(pokja.region, operator_makassar, pages=2)
        sent = send(makers.make_decree(pokja, operator_makassar, document=file))
    page = client_of(verifikator_sulsel).get(address(sent))
    screen = page.context["screen"]
    assert screen.full_title == "SK penetapan, Pokja GDPK, Kota Makassar"
    assert page.context["sent"] == "Dikirim 12 Maret 2026 pukul 11.00 WITA oleh Operator Makassar"
    assert [(point.field, point.value) for point in screen.points][:2] == [
        ("number", "188.45/412/I/2026"),
        ("issued_on", "14 Januari 2026"),
    ]
    assert file.sha256 in page.content.decode()


def test_a_plan_is_judged_row_by_row(client_of, verifikator_sulsel, plan):
    screen = client_of(verifikator_sulsel).get(address(plan)).context["screen"]
    assert [(point.field, point.label, point.value) for point in screen.points] == [
        ("kegiatan-0-name", "Kegiatan 1", "Rapat koordinasi")
    ]
    assert screen.table.rows[0][0] == "1"


def test_a_budget_is_judged_by_stage_proof_and_lines(client_of, verifikator_sulsel, budget):
    screen = client_of(verifikator_sulsel).get(address(budget)).context["screen"]
    assert [(point.field, point.value) for point in screen.points] == [
        ("stage", "Murni"),
        ("file", screen.facts[-1].value),
        ("baris-0-ceiling", "Rp\u00a040.000.000"),
    ]


def test_a_long_table_is_judged_as_a_whole(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    rows = [makers.ACTIVITY | {"name": f"Kegiatan {number}"} for number in range(16)]
    sent = send(makers.make_plan(pokja, operator_makassar, rows=rows))
    screen = client_of(verifikator_sulsel).get(address(sent)).context["screen"]
    assert [point.label for point in screen.points] == [
        "Tahun",
        "Jumlah kegiatan",
        "Triwulan terisi",
        "Anggaran kegiatan",
    ]


def test_a_declaration_of_nothing_shows_its_reason(
    client_of, verifikator_sulsel, pokja, operator_makassar
):
    from apps.evidence.services import declare_nil

    nil = declare_nil(pokja, 2026, "anggaran", "Belum dialokasikan", actor=operator_makassar)
    screen = client_of(verifikator_sulsel).get(address(nil)).context["screen"]
    assert [point.value for point in screen.points] == ["Anggaran", "2026", "Belum dialokasikan"]


# --- what changed since the return -----------------------------------------------------------


@pytest.fixture
def sent_again(decree, operator_makassar, verifikator_sulsel, pokja, send):
    """The SK returned for its number, then sent again with these changes."""
    from apps.evidence.services import return_with_notes
    from apps.verification.services import FieldNote

    def act(document=None, **changes):
        note = FieldNote(field="number", text="Nomor berbeda")
        return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision, notes=(note,))
        fixed = makers.make_decree(
            pokja,
            operator_makassar,
            evidence=decree,
            document=document,
            revision=decree.revision,
            **changes,
        )
        return send(fixed)

    return act


def presets(page):
    return {point.field for point in page.context["screen"].points if point.is_preset}


def test_only_what_changed_must_be_marked_again(client_of, verifikator_sulsel, sent_again):
    again = sent_again(number="188.45/413/I/2026")
    page = client_of(verifikator_sulsel).get(address(again))
    assert page.context["screen"].changes == [
        ("Nomor SK", "188.45/412/I/2026", "188.45/413/I/2026")
    ]
    assert presets(page) == {
        "issued_on",
        "title",
        "coverage",
        "signer_choice",
        "valid_from",
        "valid_until",
        "file",
    }


def test_what_the_return_complained_about_is_not_ticked_when_left_as_it_was(
    client_of, verifikator_sulsel, sent_again
):
    again = sent_again(title="Pembentukan Pokja GDPK")
    page = client_of(verifikator_sulsel).get(address(again))
    assert {"number", "title"} & presets(page) == set()
    assert "issued_on" in presets(page)


def test_a_new_file_must_be_compared_with_every_value(
    client_of, verifikator_sulsel, sent_again, regions, operator_makassar
):
    file = makers.make_document(regions.makassar, operator_makassar, name="baru.pdf", pages=4)
    again = sent_again(document=file)
    assert presets(client_of(verifikator_sulsel).get(address(again))) == set()


def test_a_changed_row_of_a_table_loses_its_tick(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    from apps.evidence.services import return_with_notes

    rows = [makers.ACTIVITY, makers.ACTIVITY | {"name": "Pelatihan"}]
    sent = send(makers.make_plan(pokja, operator_makassar, rows=rows))
    return_with_notes(sent, actor=verifikator_sulsel, revision=sent.revision, note="Perbaiki")
    rows[1] = rows[1] | {"output": "2 pelatihan"}
    again = send(
        makers.make_plan(pokja, operator_makassar, rows=rows, evidence=sent, revision=sent.revision)
    )
    assert presets(client_of(verifikator_sulsel).get(address(again))) == {"kegiatan-0-name"}


def test_another_scan_of_the_same_name_is_another_file(
    client_of, verifikator_sulsel, sent_again, pokja, operator_makassar
):
    from apps.documents.services import store_document

    def slightly_other(pdf):
        pdf.docinfo["/Title"] = "Pindai kedua"

    content = makers.pdf_bytes(2, slightly_other)
    file = store_document(
        makers.pdf_upload(content=content), region=pokja.region, actor=operator_makassar
    )
    page = client_of(verifikator_sulsel).get(address(sent_again(document=file)))
    assert "Isi berkas (sidik SHA-256)" in [row[0] for row in page.context["screen"].changes]
    assert presets(page) == set()


def test_a_changed_row_of_a_long_table_unticks_its_sums(
    client_of, verifikator_sulsel, pokja, operator_makassar, send
):
    from apps.evidence.services import return_with_notes

    rows = [makers.ACTIVITY | {"name": f"Kegiatan {at}"} for at in range(20)]
    sent = send(makers.make_plan(pokja, operator_makassar, rows=rows))
    return_with_notes(sent, actor=verifikator_sulsel, revision=sent.revision, note="Perbaiki")
    rows[18] = rows[18] | {"output": "2 pelatihan"}
    again = send(
        makers.make_plan(pokja, operator_makassar, rows=rows, evidence=sent, revision=sent.revision)
    )
    page = client_of(verifikator_sulsel).get(address(again))
    assert [row[0] for row in page.context["screen"].changes] == ["Kegiatan 19: Keluaran"]
    assert presets(page) == set()


def test_an_undone_return_leaves_no_difference_and_ticks_nothing(
    client_of, verifikator_sulsel, decree
):
    from apps.evidence.services import return_with_notes, undo

    return_with_notes(decree, actor=verifikator_sulsel, revision=decree.revision, note="Perbaiki")
    undo(decree, actor=verifikator_sulsel, revision=decree.revision)
    page = client_of(verifikator_sulsel).get(address(decree))
    assert (page.context["screen"].changes, page.context["screen"].notes) == (None, [])
    assert presets(page) == set()


def test_an_item_whose_return_left_no_record_of_its_content_shows_no_difference(
    client_of, verifikator_sulsel, sent_again
):
    again = sent_again(number="188.45/413/I/2026")
    again.history.update(snapshot={})
    page = client_of(verifikator_sulsel).get(address(again))
    assert page.context["screen"].changes is None
    assert presets(page) == set()
    assert [note.sentence for note in page.context["screen"].notes] == ["Nomor berbeda."]


# --- its place in the queue ------------------------------------------------------------------


def test_the_head_tells_the_place_in_the_same_filter(
    client_of, verifikator_sulsel, decree, plan, budget
):
    client = client_of(verifikator_sulsel)
    place = client.get(address(plan)).context["place"]
    assert (place.number, place.total, place.previous, place.next) == (2, 3, decree.pk, budget.pk)
    page = client.get(address(plan, "?jenis=work_plan"))
    place = page.context["place"]
    assert (place.number, place.total, place.previous, place.next) == (1, 1, None, None)
    assert page.context["query"] == "?jenis=work_plan"


# --- decided items ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "can_cancel"),
    [("verifikator_sulsel", False), ("koordinator_sulsel", True), ("pusat", True), ("admin", True)],
)
def test_a_decided_item_is_read_only_and_some_may_cancel(client_of, cast, decree, name, can_cancel):
    from apps.evidence.services import verify

    verify(decree, actor=cast["verifikator2_sulsel"], revision=decree.revision)
    page = client_of(cast[name]).get(address(decree)).context
    assert page["form"] is None
    assert page["screen"].can_cancel == can_cancel
    assert [event.action for event in page["history"]] == ["verify", "submit", "create"]


def test_a_draft_can_be_read_by_the_province(
    client_of, verifikator_sulsel, pokja, operator_makassar
):
    draft = makers.make_plan(pokja, operator_makassar)
    page = client_of(verifikator_sulsel).get(address(draft)).context
    assert (page["form"], page["sent"]) == (None, "Tahun 2026. Belum dikirim")
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT


def test_no_two_elements_share_an_id(client_of, verifikator_sulsel, plan):
    page = client_of(verifikator_sulsel).get(address(plan)).content.decode()
    names = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(names) == sorted(set(names))


def test_the_same_file_elsewhere_leads_to_both_side_by_side(
    client_of, verifikator_sulsel, operator_bone, regions, decree
):
    document = decree.decree.document
    client = client_of(verifikator_sulsel)
    assert "berdampingan" not in client.get(address(decree)).text
    twin = makers.make_document(regions.bone, operator_bone, pages=2)
    assert twin.sha256 == document.sha256
    other = makers.make_decree(
        makers.make_pokja(regions.bone, "bone-bk"), operator_bone, document=twin
    )
    page = client.get(address(decree)).text
    assert f"Berkas yang sama dipakai juga pada {other.title}" in page
    assert f'href="/dokumen/{document.uuid}/#h-sama"' in page
    shown = client.get(f"/dokumen/{document.uuid}/").text
    assert 'id="h-sama"' in shown
    assert f"/dokumen/{document.uuid}/banding/{twin.uuid}/" in shown


def test_the_same_file_in_another_province_is_told_without_its_name(
    client_of, cast, regions, decree
):
    place = regions.banjarmasin
    twin = makers.make_document(place, cast["operator_banjarmasin"], pages=2)
    pokja = makers.make_pokja(place, "bjm-bk")
    other = makers.make_decree(pokja, cast["operator_banjarmasin"], document=twin)
    page = client_of(cast["verifikator_sulsel"]).get(address(decree)).text
    assert "Berkas yang sama dipakai juga pada bukti di provinsi lain" in page
    assert other.title not in page
    assert "berdampingan" not in page

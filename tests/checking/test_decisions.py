import pytest

from apps.verification.enums import Action, Status
from apps.verification.models import Note
from tests import makers


def approve(client, evidence, posted, query=""):
    return client.post(f"/verifikasi/{evidence.pk}/setujui/{query}", posted)


def give_back(client, evidence, posted, query=""):
    return client.post(f"/verifikasi/{evidence.pk}/kembalikan/{query}", posted)


def flashes(response):
    from django.contrib.messages import get_messages

    return [str(message) for message in get_messages(response.wsgi_request)]


def errors(response):
    return {name: list(found) for name, found in response.context["form"].errors.items()}


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


# --- approving -------------------------------------------------------------------------------


def test_approving_leads_to_the_next_item_of_the_same_filter(
    judge, verifikator_sulsel, decree, plan, budget, marks
):
    response = approve(judge, decree, marks(decree), "?jenis=budget")
    decree.refresh_from_db()
    assert (decree.status, decree.decided_by) == (Status.VERIFIED, verifikator_sulsel)
    assert (response.status_code, response.url) == (303, f"/verifikasi/{budget.pk}/?jenis=budget")
    assert flashes(response) == ["SK Pokja GDPK Kota Makassar disetujui."]


def test_the_last_item_leads_back_to_the_queue(judge, decree, marks):
    assert approve(judge, decree, marks(decree)).url == "/verifikasi/"


def test_the_queue_goes_on_from_the_top_before_it_ends(judge, decree, plan, marks):
    assert approve(judge, plan, marks(plan)).url == f"/verifikasi/{decree.pk}/"


def test_approving_with_open_checks_counts_them(judge, decree, marks):
    response = approve(judge, decree, marks(decree, cek_2=None, cek_4=None, cek_5=None))
    assert errors(response) == {"cek_2": ["Tandai 3 pemeriksaan yang belum diisi"]}
    assert response.content.decode().count("Tandai 3 pemeriksaan") == 2  # summary and field
    assert "<title>Galat: " in response.content.decode()
    decree.refresh_from_db()
    assert decree.status == Status.SUBMITTED


def test_approving_with_a_mismatch_is_refused(judge, decree, marks):
    response = approve(judge, decree, marks(decree, cek_3="tidak"))
    assert errors(response) == {
        "cek_3": ["Ada pemeriksaan bertanda Tidak. Kembalikan berkas atau ubah tandanya"]
    }


def test_approving_with_a_ticked_reason_is_refused(judge, decree, marks, reason):
    response = approve(judge, decree, marks(decree, alasan=[reason.code]))
    assert errors(response) == {
        "alasan": [
            "Ada alasan pengembalian yang tercentang. Kembalikan berkas atau hapus centangnya"
        ]
    }


def test_a_mismatch_is_told_before_what_is_still_open(judge, decree, marks):
    response = approve(judge, decree, marks(decree, cek_1=None, cek_3="tidak"))
    assert list(errors(response)) == ["cek_3"]


def test_what_was_marked_and_written_stays_after_an_error(judge, decree, marks):
    response = approve(judge, decree, marks(decree, cek_2=None, catatan="Sudah saya telepon"))
    form = response.context["form"]
    assert (form["cek_1"].value(), form["catatan"].value()) == ("sesuai", "Sudah saya telepon")


# --- returning -------------------------------------------------------------------------------


def test_returning_without_a_note_is_refused(judge, decree, marks):
    response = give_back(judge, decree, marks(decree))
    assert errors(response) == {
        "catatan": ["Tulis catatan agar petugas tahu apa yang harus diperbaiki"]
    }


def test_notes_hang_on_their_fields(judge, decree, marks, reason):
    posted = marks(
        decree,
        cek_1="tidak",
        catatan_1="Pada SK tertulis 188.45/421",
        cek_2="tidak",
        cek_3="tidak",
        alasan_3=reason.code,
        alasan=[reason.code],
        catatan="Lihat halaman 3",
    )
    response = give_back(judge, decree, posted)
    assert (response.status_code, response.url) == (303, "/verifikasi/")
    assert flashes(response) == [
        "SK Pokja GDPK Kota Makassar dikembalikan kepada petugas Kota Makassar."
    ]
    returned = decree.history.get(action=Action.RETURN)
    assert returned.note == "Lihat halaman 3"
    assert [(note.field, note.sentence) for note in returned.notes.select_related("reason")] == [
        ("number", "Pada SK tertulis 188.45/421."),
        ("issued_on", "Tanggal ditetapkan tidak sesuai dengan berkas."),
        ("title", "Lampiran belum ada."),
        ("", "Lampiran belum ada."),
        ("", "Lihat halaman 3."),
    ]


def test_a_note_beside_a_value_that_matches_is_left_out(judge, decree, marks):
    posted = marks(decree, catatan_1="tadi salah lihat", catatan="Lampiran tidak terbaca")
    give_back(judge, decree, posted)
    assert list(Note.objects.values_list("field", "text")) == [("", "Lampiran tidak terbaca")]


def test_a_note_without_a_mark_is_kept(judge, decree):
    posted = {"revision": decree.revision, "catatan_1": "Nomor tidak terbaca"}
    give_back(judge, decree, posted)
    assert list(Note.objects.values_list("field", "text")) == [("number", "Nomor tidak terbaca")]


def test_what_was_returned_is_kept_to_show_the_difference_later(judge, decree, marks):
    give_back(judge, decree, marks(decree, catatan="Perbaiki nomor"))
    assert decree.history.get(action=Action.RETURN).snapshot["Nomor SK"] == "188.45/412/I/2026"


def test_a_reason_of_another_kind_is_not_taken(judge, plan, marks, reason):
    response = give_back(judge, plan, marks(plan, alasan=[reason.code]))
    assert errors(response) == {"alasan": ["Pilih alasan yang sering dari daftar"]}


# --- who ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("koordinator_sulsel", 303),
        ("pusat", 403),
        ("admin", 403),
        ("operator_makassar", 403),
        ("operator_bone", 404),
        ("pengamat_makassar", 404),
        ("verifikator_kalsel", 404),
    ],
)
@pytest.mark.parametrize("act", [approve, give_back])
def test_who_may_decide(client_of, cast, decree, marks, act, name, status):
    posted = marks(decree, catatan="" if act is approve else "Lengkapi")
    assert act(client_of(cast[name]), decree, posted).status_code == status


def test_the_national_office_judges_the_province_level(
    client_of, pusat, verifikator_sulsel, regions, operator_sulsel, send, marks
):
    own = makers.make_pokja(regions.sulsel, code="sulsel-bk", name="Pokja Sulsel")
    sent = send(makers.make_plan(own, operator_sulsel), operator_sulsel)
    assert approve(client_of(verifikator_sulsel), sent, marks(sent)).status_code == 403
    assert approve(client_of(pusat), sent, marks(sent)).status_code == 303


@pytest.mark.parametrize("act", [approve, give_back])
def test_nobody_judges_their_own_entry(judge, verifikator_sulsel, pokja, send, marks, act):
    own = send(makers.make_plan(pokja, verifikator_sulsel), verifikator_sulsel)
    response = act(judge, own, marks(own, catatan="x"))
    assert response.status_code == 403
    assert response.context["reason"] == (
        "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."
    )
    own.refresh_from_db()
    assert own.status == Status.SUBMITTED


# --- two at once -----------------------------------------------------------------------------


def test_the_slower_of_two_verifiers_is_told_and_keeps_what_they_wrote(
    judge, client_of, verifikator2_sulsel, decree, marks, today
):
    posted = marks(decree)
    approve(client_of(verifikator2_sulsel), decree, posted)
    response = give_back(
        judge, decree, posted | {"cek_1": "tidak", "catatan_1": "Nomor beda", "catatan": "Cek"}
    )
    assert response.status_code == 409
    conflict = response.context["conflict"]
    assert conflict.detail == (
        "Verifikator2 Sulsel menyetujui berkas ini pada 12 Maret 2026 pukul 11.00 WITA."
    )
    assert conflict.typed == (("Nomor SK", "Tidak. Nomor beda"), ("Catatan untuk petugas", "Cek"))
    decree.refresh_from_db()
    assert decree.status == Status.VERIFIED


def test_a_decision_without_the_revision_seen_is_a_conflict(judge, decree, marks):
    assert approve(judge, decree, marks(decree, revision=None)).status_code == 409


def test_a_step_that_loses_the_race_inside_the_database_is_a_conflict(
    judge, decree, marks, monkeypatch
):
    from apps.checking.views import decisions
    from apps.verification.services import StepConflict

    def too_late(evidence, **_):
        raise StepConflict(evidence)

    monkeypatch.setattr(decisions.services, "verify", too_late)
    assert approve(judge, decree, marks(decree)).status_code == 409


# --- cancelling ------------------------------------------------------------------------------


@pytest.fixture
def accepted(decree, verifikator_sulsel):
    from apps.evidence.services import verify

    verify(decree, actor=verifikator_sulsel, revision=decree.revision)
    return decree


def cancel(client, evidence, **posted):
    return client.post(f"/verifikasi/{evidence.pk}/batalkan/", posted)


@pytest.mark.parametrize("name", ["koordinator_sulsel", "pusat", "admin"])
def test_a_verification_is_cancelled_with_a_reason(client_of, cast, accepted, name):
    client = client_of(cast[name])
    assert client.get(f"/verifikasi/{accepted.pk}/batalkan/").status_code == 200
    response = cancel(client, accepted, revision=accepted.revision, alasan="SK palsu")
    accepted.refresh_from_db()
    assert (accepted.status, response.url) == (Status.CANCELLED, f"/verifikasi/{accepted.pk}/")
    assert flashes(response) == ["Verifikasi SK Pokja GDPK Kota Makassar dibatalkan."]
    assert accepted.history.first().note == "SK palsu"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("verifikator_sulsel", 403),
        ("operator_makassar", 403),
        ("pengamat_makassar", 403),
        ("verifikator_kalsel", 404),
        ("operator_bone", 404),
    ],
)
def test_who_may_not_cancel(client_of, cast, accepted, name, status):
    response = cancel(client_of(cast[name]), accepted, revision=accepted.revision, alasan="x")
    assert response.status_code == status


def test_cancelling_without_a_reason_is_refused(client_of, koordinator_sulsel, accepted):
    response = cancel(client_of(koordinator_sulsel), accepted, revision=accepted.revision)
    assert errors(response) == {"alasan": ["Tulis alasan pembatalan"]}


def test_cancelling_what_changed_meanwhile_is_a_conflict(client_of, koordinator_sulsel, accepted):
    response = cancel(client_of(koordinator_sulsel), accepted, revision=1, alasan="SK palsu")
    assert response.status_code == 409
    assert response.context["conflict"].typed == (("Alasan pembatalan", "SK palsu"),)


def test_what_is_not_verified_has_nothing_to_cancel(client_of, koordinator_sulsel, decree):
    client = client_of(koordinator_sulsel)
    assert client.get(f"/verifikasi/{decree.pk}/batalkan/").url == f"/verifikasi/{decree.pk}/"
    response = cancel(client, decree, revision=decree.revision, alasan="x")
    assert response.status_code == 403


# --- shortcuts -------------------------------------------------------------------------------


def test_shortcuts_can_be_turned_off_and_on_again(judge, decree):
    page = f"/verifikasi/{decree.pk}/"
    response = judge.post(
        "/verifikasi/pintasan/?jenis=decree", {"pintasan": "mati", "berkas": decree.pk}
    )
    assert response.url == f"{page}?jenis=decree"
    assert judge.get(page).context["shortcuts_off"] is True
    judge.cookies.pop("pintasan", None)  # it is kept with the person, not with the browser
    assert judge.get(page).context["shortcuts_off"] is True
    judge.post("/verifikasi/pintasan/", {"pintasan": "nyala", "berkas": decree.pk})
    assert judge.get(page).context["shortcuts_off"] is False


def test_decisions_are_posts_only(judge, decree):
    paths = ("setujui", "kembalikan")
    assert [judge.get(f"/verifikasi/{decree.pk}/{path}/").status_code for path in paths] == [
        405,
        405,
    ]

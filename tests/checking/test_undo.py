"""Urungkan beside the message of a decision: for a minute, by whoever decided, told plainly."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.verification.enums import Status
from apps.verification.services import claim_edit
from tests import makers
from tests.checking.test_decisions import approve, flashes, give_back

UNDO = "/verifikasi/urungkan/"


@pytest.fixture
def judge(client_of, verifikator_sulsel):
    return client_of(verifikator_sulsel)


def key(*items):
    return {"langkah": "urungkan " + " ".join(f"{item.pk}.{item.revision}" for item in items)}


def status(item):
    item.refresh_from_db()
    return item.status


def test_the_message_of_a_decision_offers_to_undo_it(judge, decree, plan, marks):
    page = judge.get(approve(judge, decree, marks(decree), "?daerah=73.71").url).content.decode()
    decree.refresh_from_db()
    assert f'action="{UNDO}?daerah=73.71"' in page
    assert f'value="urungkan {decree.pk}.{decree.revision}"' in page
    assert "Urungkan" in page
    # the message stays until the next page, and no longer
    assert "Urungkan" not in judge.get(f"/verifikasi/{plan.pk}/").content.decode()


def test_undoing_lands_on_the_item_which_waits_again(judge, decree, marks):
    approve(judge, decree, marks(decree))
    assert status(decree) == Status.VERIFIED
    response = judge.post(f"{UNDO}?jenis=decree", key(decree))
    assert (response.status_code, response.url) == (303, f"/verifikasi/{decree.pk}/?jenis=decree")
    assert flashes(response)[-1] == "Keputusan diurungkan."
    assert status(decree) == Status.SUBMITTED
    page = judge.get(response.url)
    assert page.context["form"] is not None
    assert "Setujui (diurungkan)" in page.content.decode()


def test_a_decided_item_offers_the_same_for_a_minute(judge, decree, marks):
    approve(judge, decree, marks(decree))
    assert judge.get(f"/verifikasi/{decree.pk}/").context["screen"].can_undo
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        assert not judge.get(f"/verifikasi/{decree.pk}/").context["screen"].can_undo


def test_after_a_minute_the_button_says_that_it_is_too_late(judge, decree, marks):
    approve(judge, decree, marks(decree))
    status(decree)
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        response = judge.post(UNDO, key(decree))
    assert flashes(response)[-1] == (
        "Keputusan atas SK Pokja GDPK Kota Makassar tetap berlaku. "
        "Waktu untuk mengurungkan (satu menit) sudah lewat."
    )
    assert status(decree) == Status.VERIFIED


def test_an_officer_who_began_to_repair_wins(judge, decree, marks, operator_makassar):
    give_back(judge, decree, marks(decree, catatan="Perbaiki tanggal"))
    status(decree)
    posted = key(decree)
    claim_edit(decree, actor=operator_makassar, revision=decree.revision)
    told = flashes(judge.post(UNDO, posted))[-1]
    assert "tetap berlaku. Berkasnya sudah berubah sejak Anda memutuskan." in told
    assert "Operator Makassar mengubah isian ini" in told
    assert status(decree) == Status.RETURNED


def test_a_colleague_cannot_undo_it(judge, client_of, verifikator2_sulsel, decree, marks):
    approve(judge, decree, marks(decree))
    status(decree)
    told = flashes(client_of(verifikator2_sulsel).post(UNDO, key(decree)))
    assert told[-1].endswith("Hanya yang memutuskan dapat mengurungkan keputusannya.")
    assert status(decree) == Status.VERIFIED


def test_the_officer_reads_of_an_undone_return_in_the_history_alone(
    judge, client_of, decree, marks, operator_makassar
):
    give_back(judge, decree, marks(decree, catatan="Perbaiki tanggal"))
    status(decree)
    judge.post(UNDO, key(decree))
    officer = client_of(operator_makassar)
    assert "Perbaiki tanggal" not in officer.get("/tugas/").content.decode()


@pytest.mark.parametrize("word", ["", "urungkan", "12", "urungkan a.b", "urungkan 12.", "1" * 5000])
def test_a_button_that_names_nothing_undoes_nothing(judge, decree, marks, word):
    approve(judge, decree, marks(decree))
    response = judge.post(UNDO, {"langkah": word})
    assert flashes(response)[-1] == "Tidak ada keputusan untuk diurungkan."
    assert status(decree) == Status.VERIFIED


def test_an_item_out_of_scope_stops_everything(
    judge, client_of, verifikator_kalsel, decree, marks, regions, operator_banjarmasin, send
):
    pokja = makers.make_pokja(regions.banjarmasin, code="bjm", name="Pokja BJM")
    foreign = send(makers.make_plan(pokja, operator_banjarmasin), operator_banjarmasin)
    approve(judge, decree, marks(decree))
    status(decree)
    assert judge.post(UNDO, key(decree, foreign)).status_code == 404
    assert status(decree) == Status.VERIFIED


def test_officers_have_nothing_to_undo_here(client_of, operator_makassar, decree):
    assert client_of(operator_makassar).post(UNDO, key(decree)).status_code == 403


def test_a_look_is_not_enough(judge, decree):
    assert judge.get(UNDO).status_code == 405

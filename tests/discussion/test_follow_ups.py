"""Tindak lanjut: asked for, done, judged by somebody else; bad input told plainly."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from apps.audit.models import Entry
from apps.discussion import follow_ups
from apps.discussion.enums import State
from apps.discussion.models import FollowUp

# --- doing and judging -----------------------------------------------------------------------


def test_done_with_a_note_waits_for_the_one_who_asked(
    client_of, operator_makassar, verifikator_sulsel, ask, told
):
    made = ask()
    client_of(operator_makassar).post(
        f"/tindak-lanjut/{made.pk}/selesai/", {"catatan": "Sudah diunggah", "revision": 1}
    )
    made.refresh_from_db()
    assert (made.state, made.revision) == (State.DONE, 2)
    assert made.done_at is not None
    assert told(verifikator_sulsel) == [
        (
            "follow_up",
            "Operator Makassar menyatakan selesai: Unggah ulang SK. Nilai apakah memadai.",
        )
    ]


def test_done_needs_a_note(client_of, operator_makassar, ask):
    made = ask()
    url = f"/tindak-lanjut/{made.pk}/selesai/"
    response = client_of(operator_makassar).post(url, {"catatan": " ", "revision": 1})
    assert response.context["done"].errors == {"catatan": ["Tulis apa yang sudah dilakukan"]}
    assert FollowUp.objects.get().state == State.OPEN


def test_only_the_owner_says_it_is_done(client_of, verifikator_sulsel, ask):
    made = ask()
    url = f"/tindak-lanjut/{made.pk}/selesai/"
    response = client_of(verifikator_sulsel).post(url, {"catatan": "Sudah", "revision": 1})
    assert response.status_code == 403
    assert FollowUp.objects.get().state == State.OPEN


@pytest.fixture
def done(ask, operator_makassar):
    made = ask()
    follow_ups.finish(made, "Sudah diunggah", actor=operator_makassar, revision=1)
    return made


@pytest.mark.parametrize(
    "person", ["verifikator_sulsel", "verifikator2_sulsel", "koordinator_sulsel"]
)
def test_the_asker_or_another_judge_says_adequate(client_of, cast, done, person, told):
    client_of(cast[person]).post(
        f"/tindak-lanjut/{done.pk}/nilai/", {"nilai": "memadai", "revision": 2}
    )
    done.refresh_from_db()
    assert (done.state, done.judged_by) == (State.ADEQUATE, cast[person])
    assert told(cast["operator_makassar"])[-1] == (
        "follow_up",
        "Tindak lanjut “Unggah ulang SK” dinilai memadai",
    )


def test_not_adequate_opens_it_again_with_the_reason(
    client_of, verifikator_sulsel, operator_makassar, done, told
):
    url = f"/tindak-lanjut/{done.pk}/nilai/"
    client_of(verifikator_sulsel).post(
        url, {"nilai": "belum", "alasan": "Halaman 2 masih buram", "revision": 2}
    )
    done.refresh_from_db()
    assert (done.state, done.done_at) == (State.OPEN, None)
    assert told(operator_makassar)[-1][1].endswith("dinilai belum memadai: Halaman 2 masih buram")
    content = client_of(operator_makassar).get(f"/tindak-lanjut/{done.pk}/").content.decode()
    assert "“Halaman 2 masih buram”" in content


def test_not_adequate_needs_a_reason(client_of, verifikator_sulsel, done):
    url = f"/tindak-lanjut/{done.pk}/nilai/"
    response = client_of(verifikator_sulsel).post(url, {"nilai": "belum", "revision": 2})
    assert response.context["judge_form"].errors == {"alasan": ["Tulis apa yang masih kurang"]}
    assert FollowUp.objects.get().state == State.DONE


def test_nobody_judges_their_own(client_of, operator_makassar, verifikator_sulsel, ask):
    own = ask(owner=verifikator_sulsel, by=operator_makassar)
    follow_ups.finish(own, "Sudah", actor=verifikator_sulsel, revision=1)
    url = f"/tindak-lanjut/{own.pk}/"
    answer = {"nilai": "memadai", "revision": 2}
    assert client_of(verifikator_sulsel).post(f"{url}nilai/", answer).status_code == 403
    assert client_of(verifikator_sulsel).get(url).context["judge_form"] is None
    assert client_of(operator_makassar).post(f"{url}nilai/", answer).status_code == 302


def test_the_database_holds_the_four_eyes(done, operator_makassar):
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=done.pk).update(
            state=State.ADEQUATE, judged_by=operator_makassar
        )


@pytest.mark.parametrize("person", ["pusat", "admin"])
def test_who_neither_asked_nor_judges_the_region_may_not(client_of, cast, done, person):
    answer = {"nilai": "memadai", "revision": 2}
    response = client_of(cast[person]).post(f"/tindak-lanjut/{done.pk}/nilai/", answer)
    assert response.status_code == 403


def test_what_changed_meanwhile_is_not_judged_and_nothing_typed_is_lost(
    client_of, verifikator_sulsel, verifikator2_sulsel, operator_makassar, done
):
    follow_ups.judge(done, False, "Buram", actor=verifikator2_sulsel, revision=2)
    follow_ups.finish(done, "Lagi", actor=operator_makassar, revision=3)
    url = f"/tindak-lanjut/{done.pk}/nilai/"
    answer = {"nilai": "belum", "alasan": "Kata saya", "revision": 2}
    response = client_of(verifikator_sulsel).post(url, answer)
    assert response.status_code == 409
    content = response.content.decode()
    assert "Tindak lanjut ini sudah berubah sejak Anda membukanya." in content
    assert "Kata saya" in content
    assert FollowUp.objects.get().state == State.DONE


def test_a_missing_revision_never_matches(client_of, operator_makassar, ask):
    made = ask()
    url = f"/tindak-lanjut/{made.pk}/selesai/"
    assert client_of(operator_makassar).post(url, {"catatan": "Sudah"}).status_code == 409


# --- calling off -----------------------------------------------------------------------------


def test_the_asker_calls_it_off_with_a_reason(
    client_of, verifikator_sulsel, operator_makassar, ask, told
):
    made = ask()
    url = f"/tindak-lanjut/{made.pk}/batal/"
    client = client_of(verifikator_sulsel)
    refused = client.post(url, {"alasan": "", "revision": 1})
    assert refused.context["cancel_form"].errors == {"alasan": ["Tulis alasan pembatalan"]}
    client.post(url, {"alasan": "Sudah tidak perlu", "revision": 1})
    assert FollowUp.objects.get().state == State.CANCELLED
    assert told(operator_makassar)[-1][1] == (
        "Tindak lanjut “Unggah ulang SK” dibatalkan: Sudah tidak perlu"
    )


def test_the_owner_does_not_call_it_off(ask, operator_makassar):
    made = ask()
    with pytest.raises(PermissionDenied):
        follow_ups.cancel(made, "Malas", actor=operator_makassar, revision=1)


# --- story and trace -------------------------------------------------------------------------


def test_every_change_is_in_the_story_and_the_trail(done, verifikator_sulsel):
    from apps.discussion.queries import story_of

    follow_ups.judge(done, True, "", actor=verifikator_sulsel, revision=2)
    assert [row.deed for row in story_of(done)] == ["adequate", "done", "created"]
    rows = Entry.objects.filter(object_type="discussion.followup").order_by("id")
    assert [row.action for row in rows] == [
        "Tindak lanjut: diminta",
        "Tindak lanjut: dinyatakan selesai",
        "Tindak lanjut: dinilai memadai",
    ]
    assert [row.role for row in rows] == ["verifier", "operator", "verifier"]


def test_text_with_markup_is_shown_as_text(client_of, operator_makassar, ask):
    made = ask("<img src=x onerror=alert(1)>")
    content = client_of(operator_makassar).get(f"/tindak-lanjut/{made.pk}/").content.decode()
    assert "&lt;img src=x" in content
    assert "<img src=x" not in content


def test_an_observer_sees_none(client_of, pengamat_makassar, ask):
    made = ask()
    assert client_of(pengamat_makassar).get(f"/tindak-lanjut/{made.pk}/").status_code == 404

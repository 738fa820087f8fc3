"""The workflow through the services of the pages (spec section 4)."""

import pytest

from apps.evidence.queries import changes_since_return
from apps.evidence.services import (
    GapsRemain,
    cancel,
    differences,
    open_version,
    return_with_notes,
    submit,
    verify,
    withdraw,
)
from apps.verification.models import Evidence
from apps.verification.queries import open_notes
from apps.verification.services import (
    FieldNote,
    NoteRequired,
    StepConflict,
    StepRefused,
    actions_for,
    mark_opened,
    take_step,
)
from tests import makers
from tests.makers import ACTIVITY, make_plan, verified

pytestmark = pytest.mark.django_db


def sent(evidence, people):
    submit(evidence, actor=people.officer, revision=evidence.revision)
    return evidence


# --- sending ---------------------------------------------------------------------------------


def test_a_complete_draft_is_sent_with_what_it_says(plan, people):
    history = submit(plan, actor=people.officer, revision=plan.revision)
    assert (plan.status, plan.submitted_by) == ("submitted", people.officer)
    assert (history.from_status, history.to_status, history.role) == (
        "draft",
        "submitted",
        "operator",
    )
    assert history.snapshot == {
        "Tahun": "2026",
        "Jumlah kegiatan": "1",
        "Triwulan terisi": "TW I, TW II, TW III, TW IV",
        "Anggaran kegiatan": "",
        "Kegiatan 1: Kegiatan": "Rapat koordinasi",
        "Kegiatan 1: Keluaran": "4 rapat",
        "Kegiatan 1: Target": "4 rapat",
        "Kegiatan 1: Waktu": "Januari, April, Juli, Oktober",
        "Kegiatan 1: Penanggung jawab": "Dinas PPKB",
    }


def test_submission_waits_until_the_blocking_gaps_are_closed(pokja, people):
    plan = make_plan(pokja, people.officer, rows=[ACTIVITY | {"output": "", "months": 0}])
    with pytest.raises(GapsRemain) as caught:
        submit(plan, actor=people.officer, revision=plan.revision)
    assert [(gap.field, gap.message) for gap in caught.value.gaps] == [
        ("kegiatan-0-output", "Isi keluaran kegiatan 1"),
        ("kegiatan-0-quarters", "Pilih paling sedikit satu triwulan untuk kegiatan 1"),
    ]
    plan.refresh_from_db()
    assert (plan.status, plan.history.filter(action="submit").count()) == ("draft", 0)


def test_warnings_do_not_hold_submission_up(pokja, people):
    plan = make_plan(pokja, people.officer, rows=[ACTIVITY | {"months": 1}])
    sent(plan, people)
    assert plan.status == "submitted"


def test_what_somebody_else_changed_meanwhile_is_not_sent(plan, pokja, people, make_user):
    seen = plan.revision
    colleague = make_user("operator", pokja.region)
    make_plan(pokja, colleague, evidence=plan, revision=seen, rows=[ACTIVITY, ACTIVITY])
    with pytest.raises(StepConflict) as caught:
        submit(plan, actor=people.officer, revision=seen)
    assert str(colleague) in str(caught.value)
    assert Evidence.objects.get(pk=plan.pk).status == "draft"


def test_an_outdated_object_in_hand_does_not_pass_either(plan, pokja, people):
    outdated = Evidence.objects.get(pk=plan.pk)
    make_plan(pokja, people.officer, evidence=plan, revision=plan.revision)
    with pytest.raises(StepConflict):
        submit(outdated, actor=people.officer, revision=outdated.revision)


@pytest.mark.parametrize("who", ["operator_bone", "pusat", "pengamat_makassar", "operator_sulsel"])
def test_only_who_may_fill_in_may_send(plan, cast, who):
    with pytest.raises(StepRefused):
        submit(plan, actor=cast[who], revision=plan.revision)


def test_a_verifier_may_send_on_behalf_and_is_named(plan, verifikator_sulsel):
    history = submit(plan, actor=verifikator_sulsel, revision=plan.revision)
    assert (history.actor, history.role) == (verifikator_sulsel, "verifier")


# --- withdrawing -----------------------------------------------------------------------------


def test_a_sent_item_is_withdrawn_until_a_verifier_opens_it(plan, people):
    sent(plan, people)
    withdraw(plan, actor=people.officer, revision=plan.revision)
    assert (plan.status, plan.submitted_by, plan.submitted_at) == ("draft", None, None)


def test_an_opened_item_cannot_be_withdrawn(plan, people):
    sent(plan, people)
    mark_opened(plan, actor=people.judge)
    with pytest.raises(StepRefused) as caught:
        withdraw(plan, actor=people.officer, revision=plan.revision)
    assert str(caught.value) == (
        "Verifikator sudah membuka berkas ini, jadi tidak dapat ditarik kembali."
    )


def test_opening_and_withdrawing_at_the_same_moment_is_told(plan, people):
    sent(plan, people)
    outdated = Evidence.objects.get(pk=plan.pk)
    mark_opened(plan, actor=people.judge)
    with pytest.raises(StepConflict):
        withdraw(outdated, actor=people.officer, revision=outdated.revision)
    assert Evidence.objects.get(pk=plan.pk).status == "submitted"


def test_only_a_verifiers_opening_counts_as_opening(plan, people, operator_bone):
    sent(plan, people)
    for reader in (people.officer, operator_bone):
        mark_opened(plan, actor=reader)
    assert plan.opened_at is None


def test_a_resent_item_can_be_withdrawn_again(plan, people):
    sent(plan, people)
    mark_opened(plan, actor=people.judge)
    return_with_notes(plan, actor=people.judge, revision=plan.revision, note="Kurang")
    sent(plan, people)
    withdraw(plan, actor=people.officer, revision=plan.revision)
    assert plan.status == "draft"


# --- judging ---------------------------------------------------------------------------------


def test_a_verified_item_tells_who_decided_when(plan, people, today):
    verified(plan, people.officer, people.judge)
    assert (plan.status, plan.decided_by, plan.decided_at.date()) == (
        "verified",
        people.judge,
        today,
    )


@pytest.mark.parametrize(
    "who", ["operator_makassar", "verifikator_kalsel", "pusat", "pengamat_makassar", "admin"]
)
def test_only_verifiers_of_the_province_judge_its_kabkota(plan, people, cast, who):
    sent(plan, people)
    with pytest.raises(StepRefused):
        verify(plan, actor=cast[who], revision=plan.revision)


def test_the_national_office_judges_the_province_and_the_province_does_not(
    regions, operator_sulsel, verifikator_sulsel, pusat
):
    plan = make_plan(makers.make_pokja(regions.sulsel, "sulsel"), operator_sulsel)
    submit(plan, actor=operator_sulsel, revision=plan.revision)
    with pytest.raises(StepRefused):
        verify(plan, actor=verifikator_sulsel, revision=plan.revision)
    verify(plan, actor=pusat, revision=plan.revision)
    assert plan.status == "verified"


@pytest.mark.parametrize("act", ["fill in", "edit", "send"])
def test_nobody_judges_what_they_entered_or_sent_themselves(
    act, pokja, people, verifikator2_sulsel
):
    by_judge = people.judge
    plan = make_plan(pokja, by_judge if act == "fill in" else people.officer)
    if act == "edit":
        make_plan(pokja, by_judge, evidence=plan, revision=plan.revision)
        plan.refresh_from_db()
    submit(plan, actor=by_judge if act == "send" else people.officer, revision=plan.revision)
    for decide in (verify, return_with_notes):
        with pytest.raises(StepRefused):
            decide(plan, actor=by_judge, revision=plan.revision, note="x")
    assert actions_for(plan, by_judge) == ["withdraw"]
    verify(plan, actor=verifikator2_sulsel, revision=plan.revision)
    assert plan.status == "verified"


def test_entering_an_older_version_does_not_bar_from_judging_a_newer_one(
    pokja, people, verifikator2_sulsel
):
    first = make_plan(pokja, people.judge)
    submit(first, actor=people.officer, revision=1)
    verify(first, actor=verifikator2_sulsel, revision=first.revision)
    second = open_version(first, actor=people.officer)
    verified(second, people.officer, people.judge)
    assert second.status == "verified"


@pytest.mark.parametrize("note", ["", "   ", "\n"])
def test_returning_needs_a_note(plan, people, note):
    sent(plan, people)
    with pytest.raises(NoteRequired) as caught:
        return_with_notes(plan, actor=people.judge, revision=plan.revision, note=note)
    assert str(caught.value) == "Tulis catatan agar petugas tahu apa yang harus diperbaiki"
    assert Evidence.objects.get(pk=plan.pk).status == "submitted"


def test_a_note_hangs_on_its_field_until_the_item_is_sent_again(plan, people):
    from apps.verification.models import ReturnReason

    reason = ReturnReason.objects.create(code="kabur", label="Tidak terbaca")
    sent(plan, people)
    return_with_notes(
        plan,
        actor=people.judge,
        revision=plan.revision,
        notes=(FieldNote("kegiatan-0-output", "Halaman 3", reason),),
    )
    assert [(note.field, note.sentence) for note in open_notes(plan)] == [
        ("kegiatan-0-output", "Tidak terbaca. Halaman 3.")
    ]
    sent(plan, people)
    assert open_notes(plan) == []


def test_a_decision_on_an_older_state_is_refused(plan, people, verifikator2_sulsel):
    sent(plan, people)
    seen = plan.revision
    withdraw(plan, actor=people.officer, revision=seen)
    sent(plan, people)
    with pytest.raises(StepConflict):
        verify(plan, actor=people.judge, revision=seen)


def test_cancelling_needs_a_reason_and_the_right(plan, people, koordinator_sulsel):
    verified(plan, people.officer, people.judge)
    with pytest.raises(StepRefused):
        cancel(plan, actor=people.judge, revision=plan.revision, note="Keliru")
    with pytest.raises(NoteRequired):
        cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note=" ")
    cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note="SK palsu")
    assert (plan.status, plan.history.first().note) == ("cancelled", "SK palsu")


@pytest.mark.parametrize("action", ["submit", "withdraw", "return", "verify"])
def test_a_verified_item_takes_no_other_step(plan, people, action):
    verified(plan, people.officer, people.judge)
    for actor in (people.officer, people.judge):
        with pytest.raises(StepRefused):
            take_step(plan, action, actor=actor, revision=plan.revision, note="x")


def test_the_verifier_sees_what_changed_since_the_returned_version(plan, pokja, people):
    sent(plan, people)
    return_with_notes(plan, actor=people.judge, revision=plan.revision, note="Kurang")
    rows = [ACTIVITY | {"output": "6 rapat"}, ACTIVITY | {"name": "Pelatihan"}]
    fixed = make_plan(pokja, people.officer, evidence=plan, revision=plan.revision, rows=rows)
    sent(fixed, people)
    changes = {label: (old, new) for label, old, new in changes_since_return(fixed)}
    assert changes["Jumlah kegiatan"] == ("1", "2")
    assert changes["Kegiatan 1: Keluaran"] == ("4 rapat", "6 rapat")
    assert changes["Kegiatan 2: Kegiatan"] == ("", "Pelatihan")
    assert "Kegiatan 1: Kegiatan" not in changes


def test_an_item_that_was_never_returned_has_no_changes_to_show(plan):
    assert changes_since_return(plan) is None


def test_differences_name_what_came_and_what_went():
    assert differences({"a": "1", "b": "2"}, {"b": "3", "c": "4"}) == [
        ("b", "2", "3"),
        ("c", "", "4"),
        ("a", "1", ""),
    ]

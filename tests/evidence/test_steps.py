"""What each step of the workflow leaves in the columns and in the history, and whom it refuses."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.audit.models import Entry
from apps.verification.enums import OPEN_FOR, UNDO_FOR
from apps.verification.models import Evidence, History, ReturnReason
from apps.verification.services import (
    NOT_DECIDED_BY_YOU,
    REPAIR_BEGUN,
    UNDO_LATE,
    FieldNote,
    StepConflict,
    StepRefused,
    actions_for,
    claim_edit,
    decision_to_undo,
    entered_by,
    mark_opened,
    refusal,
    start_evidence,
    take_step,
)

LONG = "Rencana " * 40  # 320 characters
SOON = timedelta(seconds=1)


def step(item, action, actor, **more):
    return take_step(item, action, actor=actor, revision=item.revision, **more)


def later(passed):
    return time_machine.travel(timezone.now() + passed, tick=False)


def columns(item):
    item = Evidence.objects.get(pk=item.pk)
    names = ("submitted_by", "submitted_at", "opened_by", "opened_at", "decided_by", "decided_at")
    return {name: getattr(item, name) for name in names if getattr(item, name) is not None}


@pytest.fixture
def sent(today, plan, people):
    step(plan, "submit", people.officer)
    return plan


# --- what a step leaves ----------------------------------------------------------------------


def test_a_step_moves_status_and_revision_by_one(plan, people, today):
    seen = plan.revision
    history = step(plan, "submit", people.officer, note="  Lengkap \n")
    assert (plan.status, plan.revision) == ("submitted", seen + 1)
    assert (history.evidence, history.actor, history.role) == (plan, people.officer, "operator")
    assert (history.from_status, history.to_status) == ("draft", "submitted")
    assert (history.note, history.snapshot) == ("Lengkap", {})
    assert columns(plan) == {"submitted_by": people.officer, "submitted_at": timezone.now()}


def test_each_step_says_who_and_when_in_its_own_columns(sent, people, koordinator_sulsel):
    began = timezone.now()
    mark_opened(sent, actor=people.judge)
    opened = {"opened_by": people.judge, "opened_at": began}
    sending = {"submitted_by": people.officer, "submitted_at": began}
    assert columns(sent) == sending | opened
    with later(timedelta(minutes=5)):
        step(sent, "return", people.judge, note="Kurang")
        decided = {"decided_by": people.judge, "decided_at": timezone.now()}
        assert columns(sent) == sending | opened | decided
    step(sent, "requeue", koordinator_sulsel, note="Sudah benar")
    assert columns(sent) == sending | decided  # whoever returned it stays on record
    with later(timedelta(minutes=9)):
        step(sent, "verify", people.judge)
        assert columns(sent)["decided_at"] == began + timedelta(minutes=9)
        step(sent, "cancel", koordinator_sulsel, note="Keliru")
    assert columns(sent)["decided_by"] == koordinator_sulsel


def test_what_is_withdrawn_was_never_sent(sent, people):
    step(sent, "withdraw", people.officer)
    assert columns(sent) == {}


def test_sending_again_opens_the_item_anew(sent, people):
    mark_opened(sent, actor=people.judge)
    step(sent, "return", people.judge, note="Kurang")
    step(sent, "submit", people.officer)
    assert columns(sent).keys() == {"submitted_by", "submitted_at", "decided_by", "decided_at"}


def test_notes_hang_on_the_step_as_they_were_written(sent, people):
    reason = ReturnReason.objects.create(code="kabur", label="Tidak terbaca")
    notes = (FieldNote("kegiatan-0-output", "  Halaman 3 ", reason), FieldNote(text="Umum"))
    history = step(sent, "return", people.judge, notes=notes)
    kept = history.notes.order_by("pk").values_list("evidence", "field", "text", "reason")
    assert list(kept) == [
        (sent.pk, "kegiatan-0-output", "Halaman 3", reason.pk),
        (sent.pk, "", "Umum", None),
    ]
    told = Entry.objects.latest("pk")
    assert told.action == "Mengembalikan"
    assert told.after["catatan"] == ["kegiatan-0-output: Tidak terbaca: Halaman 3", "Umum"]


def test_a_snapshot_is_kept_as_it_was_given(plan, people):
    history = step(plan, "submit", people.officer, snapshot={"Tahun": "2026"})
    history.refresh_from_db()
    assert history.snapshot == {"Tahun": "2026"}


# --- opening ---------------------------------------------------------------------------------


def test_an_opening_is_on_record_and_held_for_the_first(sent, people, verifikator2_sulsel):
    mark_opened(sent, actor=people.judge)
    row = sent.history.get(action="open")
    assert (row.actor, row.role) == (people.judge, "verifier")
    assert (row.from_status, row.to_status) == ("submitted", "submitted")
    assert Entry.objects.latest("pk").action == "Membuka untuk diperiksa"
    with later(OPEN_FOR):
        mark_opened(sent, actor=verifikator2_sulsel)
        assert sent.opened_by == people.judge
    with later(OPEN_FOR + SOON):
        mark_opened(sent, actor=verifikator2_sulsel)
        assert (sent.opened_by, sent.opened_at) == (verifikator2_sulsel, timezone.now())
    assert sent.history.filter(action="open").count() == 2


def test_only_what_waits_can_be_opened(plan, people):
    mark_opened(plan, actor=people.judge)
    assert (plan.opened_at, plan.history.filter(action="open").exists()) == (None, False)


def test_an_item_that_was_withdrawn_meanwhile_is_not_opened(sent, people):
    in_hand = Evidence.objects.get(pk=sent.pk)
    step(sent, "withdraw", people.officer)
    mark_opened(in_hand, actor=people.judge)
    assert (in_hand.status, in_hand.opened_at) == ("draft", None)
    assert not sent.history.filter(action="open").exists()


# --- taking back -----------------------------------------------------------------------------


def test_why_a_decision_cannot_be_taken_back(sent, people, verifikator2_sulsel):
    step(sent, "return", people.judge, note="Kurang")
    assert refusal(sent, "undo", verifikator2_sulsel) == NOT_DECIDED_BY_YOU
    assert refusal(sent, "undo", people.judge) == ""
    with later(UNDO_FOR + SOON):
        assert refusal(sent, "undo", people.judge) == UNDO_LATE
    claim_edit(sent, actor=people.officer, revision=sent.revision)
    assert refusal(sent, "undo", people.judge) == REPAIR_BEGUN


def test_a_decision_that_came_by_file_is_nobodys_to_take_back(sent, people):
    now = timezone.now()
    Evidence.objects.filter(pk=sent.pk).update(
        status="verified", decided_by=people.judge, decided_at=now
    )
    sent.refresh_from_db()
    History.objects.create(
        evidence=sent, actor=people.judge, action="import", to_status="verified", at=now
    )
    assert refusal(sent, "undo", people.judge) == NOT_DECIDED_BY_YOU


def test_the_decision_to_take_back_is_ones_own(sent, people, verifikator2_sulsel):
    assert decision_to_undo(sent, people.judge) is None
    decision = step(sent, "verify", people.judge)
    assert decision_to_undo(sent, people.judge) == decision
    assert decision_to_undo(sent, verifikator2_sulsel) is None
    sent.status = "returned"  # a page that is not of today
    assert decision_to_undo(sent, people.judge) is None
    History.objects.filter(evidence=sent).delete()
    assert decision_to_undo(sent, people.judge) is None


def test_a_minute_is_a_minute(sent, people):
    step(sent, "verify", people.judge)
    with later(UNDO_FOR):
        step(sent, "undo", people.judge)
    assert columns(sent).keys() == {"submitted_by", "submitted_at"}


@pytest.mark.parametrize("moved", ["decided_at", "decided_by"])
def test_the_row_decides_what_is_taken_back_and_not_the_page(
    moved, sent, people, verifikator2_sulsel
):
    step(sent, "verify", people.judge)
    in_hand = Evidence.objects.get(pk=sent.pk)
    values = {"decided_at": timezone.now() - UNDO_FOR - SOON, "decided_by": verifikator2_sulsel}
    Evidence.objects.filter(pk=sent.pk).update(**{moved: values[moved]})
    with pytest.raises(StepConflict):
        step(in_hand, "undo", people.judge)
    assert Evidence.objects.get(pk=sent.pk).status == "verified"
    assert not sent.history.filter(undone_at__isnull=False).exists()


def test_a_decision_taken_back_twice_is_told(sent, people):
    step(sent, "verify", people.judge)
    in_hand = Evidence.objects.get(pk=sent.pk)
    step(sent, "undo", people.judge)
    with pytest.raises(StepRefused, match=NOT_DECIDED_BY_YOU):
        take_step(in_hand, "undo", actor=people.judge, revision=in_hand.revision)
    assert sent.history.filter(action="undo").count() == 1


def test_of_two_clicks_at_once_the_second_is_told(sent, people, monkeypatch):
    """The decision stood when it was asked for, and does not any more when it is struck."""
    decision = step(sent, "verify", people.judge)
    answers = iter([decision, None])
    monkeypatch.setattr("apps.verification.services.decision_to_undo", lambda *_: next(answers))
    with pytest.raises(StepConflict):
        step(sent, "undo", people.judge)
    decision.refresh_from_db()
    assert (decision.undone_at, Evidence.objects.get(pk=sent.pk).status) == (None, "verified")


# --- refusals --------------------------------------------------------------------------------


def test_each_refusal_says_why(plan, people, operator_bone):
    words = {
        ("verify", people.judge): "Bukti berstatus Draf; langkah ini tidak tersedia.",
        ("submit", operator_bone): "Peran Anda tidak dapat melakukan langkah ini.",
        ("submit", people.officer): "",
    }
    for (action, actor), sentence in words.items():
        assert refusal(plan, action, actor) == sentence
    with pytest.raises(StepRefused, match="langkah ini tidak tersedia"):
        step(plan, "verify", people.judge)


def test_four_eyes_are_said_and_seen(sent, people, verifikator2_sulsel):
    assert entered_by(sent, people.officer)
    assert not entered_by(sent, people.judge)
    assert not entered_by(sent, None)
    step(sent, "withdraw", people.officer)
    claim_edit(sent, actor=people.judge, revision=sent.revision)
    step(sent, "submit", people.officer)
    assert refusal(sent, "verify", people.judge) == (
        "Anda ikut mengisi atau mengirim berkas ini; mintalah verifikator lain memeriksanya."
    )
    assert refusal(sent, "verify", verifikator2_sulsel) == ""


def test_the_buttons_are_those_of_the_person(sent, people, koordinator_sulsel, pusat):
    assert actions_for(sent, people.officer) == ["withdraw"]
    assert actions_for(sent, people.judge) == ["withdraw", "return", "verify"]
    assert actions_for(sent, pusat) == []
    step(sent, "verify", people.judge)
    assert actions_for(sent, people.judge) == ["undo"]
    assert actions_for(sent, koordinator_sulsel) == ["cancel"]


def test_who_was_faster_is_named(plan, people):
    assert str(people.officer) in str(StepConflict(plan))
    History.objects.filter(evidence=plan).update(actor=None)
    assert "diubah oleh sistem. Muat ulang" in str(StepConflict(plan))
    bare = Evidence.objects.create(kind=plan.kind, region=plan.region, year=2027, title="Contoh")
    told = StepConflict(bare)
    assert "diubah oleh orang lain. Muat ulang" in str(told)
    assert (told.evidence, told.last) == (bare, None)


def test_a_row_that_moved_on_between_asking_and_writing_is_a_conflict(sent, people):
    """The UPDATE asks for status and revision again, whatever was checked before."""
    in_hand = Evidence.objects.get(pk=sent.pk)
    Evidence.objects.filter(pk=sent.pk).update(revision=sent.revision + 1)
    with pytest.raises(StepConflict):
        step(in_hand, "verify", people.judge)
    Evidence.objects.filter(pk=sent.pk).update(revision=sent.revision, status="draft")
    with pytest.raises(StepConflict):
        step(in_hand, "verify", people.judge)
    assert not sent.history.filter(action="verify").exists()


# --- beginning and writing -------------------------------------------------------------------


def test_a_new_version_begins_as_a_draft_of_its_author(pokja, people):
    item = start_evidence(
        kind="work_plan", region=pokja.region, year=2027, title=LONG, actor=people.officer
    )
    item.refresh_from_db()
    assert (item.kind, item.region, item.year, item.version) == (
        "work_plan",
        pokja.region,
        2027,
        1,
    )
    assert (item.title, item.created_by, item.edited_by) == (
        LONG[:255],
        people.officer,
        people.officer,
    )
    row = item.history.get()
    assert (row.actor, row.role, row.action) == (people.officer, "operator", "create")
    assert (row.from_status, row.to_status) == ("", "draft")
    Evidence.objects.filter(pk=item.pk).update(status="verified")
    following = start_evidence(
        kind="work_plan",
        region=pokja.region,
        year=2027,
        title="Dua",
        actor=None,
        family=item.family,
        version=2,
        action="import",
    )
    row = following.history.get()
    assert (following.family, following.version) == (item.family, 2)
    assert (row.actor, row.role, row.action) == (None, "", "import")


def test_writing_is_claimed_by_revision_and_says_who(plan, people, verifikator_sulsel, today):
    seen, title = plan.revision, plan.title
    with later(timedelta(hours=1)):
        claim_edit(plan, actor=verifikator_sulsel, revision=seen)
        assert (plan.edited_by, plan.edited_at) == (verifikator_sulsel, timezone.now())
    assert (plan.revision, plan.title, plan.status) == (seen + 1, title, "draft")
    row = plan.history.first()
    assert (row.actor, row.role, row.action) == (verifikator_sulsel, "verifier", "edit")
    assert (row.from_status, row.to_status) == ("draft", "draft")
    claim_edit(plan, actor=None, revision=plan.revision, title=LONG, action="import")
    assert plan.title == LONG[:255]
    row = plan.history.first()
    assert (row.actor, row.role, row.action) == (None, "", "import")


def test_writing_on_an_older_state_is_a_conflict(plan, people):
    seen = plan.revision
    claim_edit(plan, actor=people.officer, revision=seen, title="")
    assert plan.title == ""
    with pytest.raises(StepConflict):
        claim_edit(plan, actor=people.officer, revision=seen)
    assert plan.history.filter(action="edit").count() == 1


@pytest.mark.parametrize("status", ["submitted", "verified", "cancelled"])
def test_nobody_writes_what_waits_or_is_decided(plan, people, status):
    Evidence.objects.filter(pk=plan.pk).update(status=status)
    with pytest.raises(StepConflict):
        claim_edit(plan, actor=people.officer, revision=plan.revision)


def test_another_item_stays_as_it_is(plan, pokja, people, today):
    """Each UPDATE names its one row."""
    other = start_evidence(
        kind="work_plan", region=pokja.region, year=2027, title="Lain", actor=people.officer
    )
    Evidence.objects.filter(pk=other.pk).update(revision=plan.revision)
    seen = plan.revision
    claim_edit(plan, actor=people.officer, revision=seen)
    assert Evidence.objects.get(pk=other.pk).revision == seen
    Evidence.objects.filter(pk=other.pk).update(revision=plan.revision)
    step(plan, "submit", people.officer)
    Evidence.objects.filter(pk=other.pk).update(revision=plan.revision, status="submitted")
    mark_opened(plan, actor=people.judge)
    assert columns(other) == {}
    step(plan, "verify", people.judge)
    other.refresh_from_db()
    assert (other.status, other.title) == ("submitted", "Lain")

"""Who is told of a decision: in its transaction, in the words of the design, mailed after the
minute in which it can be undone."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction

from apps.evidence import services
from apps.notices.models import Mail, Notice
from apps.pokja.models import Pokja
from apps.verification.services import FieldNote, StepConflict
from tests import makers
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(operator_bone):
    return operator_bone


@pytest.fixture
def judge(verifikator_sulsel):
    return verifikator_sulsel


@pytest.fixture
def plan(pokja, officer):
    return sent(makers.make_plan(pokja, officer), officer)


def sent(item, officer):
    services.submit(item, actor=officer, revision=item.revision)
    return item


def verify(item, judge):
    return services.verify(item, actor=judge, revision=item.revision)


def told(event=None):
    rows = Notice.objects.order_by("pk")
    if event:
        rows = rows.filter(event=event)
    return [(row.user.username, row.text, row.url) for row in rows.select_related("user")]


def test_a_return_is_told_in_the_words_of_the_verifier(pokja, plan, officer, judge):
    services.return_with_notes(
        plan,
        actor=judge,
        revision=plan.revision,
        note="Lihat juga lampiran.",
        notes=(FieldNote("", "Dua kegiatan belum ada penanggung jawab"),),
    )
    assert told() == [
        (
            "operator_bone",
            "Rencana kerja Pokja Kampung KB dikembalikan: Dua kegiatan belum ada penanggung "
            "jawab. Lihat juga lampiran.",
            f"/pokja/{pokja.pk}/2026/isi/rencana-kerja/?bukti={plan.pk}",
        )
    ]


def test_long_words_are_cut_between_words(plan, judge):
    services.return_with_notes(plan, actor=judge, revision=plan.revision, note="perbaiki " * 90)
    text = Notice.objects.get().text
    assert text.endswith("perbaiki …")
    assert len(text) < 260


def test_an_approval_says_how_far_the_pokja_is(pokja, plan, officer, judge):
    verify(plan, judge)
    assert told() == [
        (
            "operator_bone",
            "Rencana kerja Pokja Kampung KB disetujui. Sekarang 1 dari 4 kriteria terpenuhi.",
            f"/pokja/{pokja.pk}/2026/",
        )
    ]


def test_a_cancelled_verification_is_told_with_its_reason(plan, judge, koordinator_sulsel):
    verify(plan, judge)
    services.cancel(plan, actor=koordinator_sulsel, revision=plan.revision, note="Data keliru.")
    assert told("cancelled")[0][:2] == (
        "operator_bone",
        "Verifikasi rencana kerja Pokja Kampung KB dibatalkan: Data keliru.",
    )


def test_a_declaration_of_nothing_is_named_as_such(pokja, officer, judge):
    item = services.declare_nil(pokja, 2026, "anggaran", "Belum dianggarkan", actor=officer)
    verify(item, judge)
    assert told()[0][1] == (
        "Anggaran Pokja Kampung KB (pernyataan tidak ada) disetujui. "
        "Sekarang 0 dari 4 kriteria terpenuhi."
    )


def test_an_sk_of_several_pokja_is_told_once_by_its_number(pokja, regions, officer, judge):
    from apps.decrees.services import save_decree

    other = makers.make_pokja(regions.bone, "bone-gdpk", "Pokja GDPK")
    item = save_decree(
        None,
        makers.DECREE,
        actor=officer,
        pokja=[(pokja, "establish", ""), (other, "establish", "")],
        document=makers.make_document(regions.bone, officer),
    )
    verify(sent(item, officer), judge)
    assert [text for _, text, _ in told()] == ["SK 188.45/412/I/2026 untuk 2 Pokja disetujui."]


def test_everybody_of_the_region_and_who_sent_it_on_behalf_is_told_but_not_who_did_it(
    pokja, make_user, regions, verifikator2_sulsel, officer, judge, operator_makassar
):
    make_user("operator", regions.bone, "operator_dua")
    gone = make_user("operator", regions.bone, "pindah")
    gone.assignments.update(ended_on=date(2026, 1, 1))
    plan = sent(makers.make_plan(pokja, verifikator2_sulsel), verifikator2_sulsel)
    verify(plan, judge)
    assert sorted(name for name, _, _ in told()) == [
        "operator_bone",
        "operator_dua",
        "verifikator2_sulsel",
    ]


# --- becoming effective ------------------------------------------------------------------------


@pytest.fixture
def nearly(pokja, officer, judge, regions):
    """Three of four are met; the budget waits."""
    document = makers.make_document(regions.bone, officer)
    for make in (makers.make_plan, makers.make_indicators):
        verify(sent(make(pokja, officer), officer), judge)
    verify(sent(makers.make_decree(pokja, officer, document=document), officer), judge)
    budget = makers.make_budget(pokja, officer, document=document)
    Notice.objects.all().delete()
    return sent(budget, officer)


@pytest.fixture
def leaders(koordinator_sulsel, make_user, regions):
    make_user("observer", regions.sulsel, "pimpinan")
    make_user("observer", regions.bone, "bupati")
    return koordinator_sulsel


def test_becoming_effective_is_told_to_officers_and_those_who_lead(
    pokja, nearly, judge, leaders, pengamat_makassar
):
    verify(nearly, judge)
    text = "Pokja Kampung KB Kabupaten Bone efektif pada 2026."
    page = f"/pokja/{pokja.pk}/2026/"
    assert told("effective") == [
        ("operator_bone", text, page),
        ("koordinator_sulsel", text, page),
        ("bupati", text, page),
        ("pimpinan", text, "/dasbor/73/2026/"),
    ]
    assert told("verified")[0][1].endswith("Sekarang 4 dari 4 kriteria terpenuhi.")


def test_those_told_may_open_the_page_they_are_led_to(client_of, nearly, judge, leaders):
    verify(nearly, judge)
    for notice in Notice.objects.filter(event="effective").select_related("user"):
        response = client_of(notice.user).get(f"/notifikasi/{notice.pk}/", follow=True)
        assert (notice.user.username, response.status_code) == (notice.user.username, 200)


def test_what_was_effective_already_is_no_news(pokja, nearly, officer, judge, leaders):
    verify(nearly, judge)
    Notice.objects.all().delete()
    again = services.open_version(nearly, actor=officer)
    verify(sent(again, officer), judge)
    assert told("effective") == []
    assert len(told("verified")) == 1


@pytest.mark.django_db(transaction=True)
def test_of_the_last_two_approved_at_once_one_makes_it_effective_and_tells(
    pokja, officer, judge, verifikator2_sulsel, regions
):
    document = makers.make_document(regions.bone, officer)
    for make in (makers.make_plan, makers.make_indicators):
        verify(sent(make(pokja, officer), officer), judge)
    decree = sent(makers.make_decree(pokja, officer, document=document), officer)
    budget = sent(makers.make_budget(pokja, officer, document=document), officer)
    results = at_once(lambda: verify(decree, judge), lambda: verify(budget, verifikator2_sulsel))
    assert outcomes(results) == {"ok": 2}
    assert [name for name, _, _ in told("effective")] == ["operator_bone"]


# --- in the transaction, and not before the minute is over -------------------------------------


def test_a_decision_that_fails_tells_nobody(plan, judge):
    with pytest.raises(StepConflict):
        services.verify(plan, actor=judge, revision=plan.revision + 1)
    with transaction.atomic():
        verify(plan, judge)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), Mail.objects.count()) == (0, 0)


def test_no_decision_stands_without_its_notice(plan, judge, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("apps.inbox.events.tell", break_down)
    with pytest.raises(RuntimeError):
        verify(plan, judge)
    plan.refresh_from_db()
    assert plan.status == "submitted"


def test_the_mail_goes_after_the_minute_and_not_before(plan, judge, today, time_machine):
    history = verify(plan, judge)
    for seconds, mails in ((0, 0), (60, 0), (76, 1)):
        time_machine.move_to(history.at + timedelta(seconds=seconds), tick=False)
        call_command("kabari", verbosity=0)
        assert len(mail.outbox) == mails


@pytest.mark.parametrize("decide", ["verify", "return"])
def test_an_undone_decision_was_never_told(nearly, judge, leaders, decide, time_machine):
    if decide == "verify":
        history = verify(nearly, judge)
    else:
        history = services.return_with_notes(
            nearly, actor=judge, revision=nearly.revision, note="Kurang"
        )
    time_machine.move_to(history.at + timedelta(seconds=50), tick=False)
    services.undo(nearly, actor=judge, revision=nearly.revision)
    assert told() == []
    time_machine.move_to(history.at + timedelta(minutes=5), tick=False)
    call_command("kabari", verbosity=0)
    assert [message.subject for message in mail.outbox if "Anggaran" in message.subject] == []
    verify(nearly, judge)
    assert len(told("verified")) == 1


@pytest.mark.parametrize("number", [1, 6])
def test_a_decision_costs_the_same_queries_however_many_pokja_there_are(
    pokja, plan, judge, regions, number, django_assert_num_queries
):
    for index in range(number):
        makers.make_pokja(regions.bone, f"bone-{index}", f"Pokja {index}")
    with django_assert_num_queries(43):
        verify(plan, judge)
    assert Pokja.objects.count() == number + 1

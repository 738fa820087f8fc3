"""Tugas saya: which criterion is a task, in which group, in which words."""

from datetime import date

import pytest

from apps.accounts.models import Assignment
from apps.inbox.queries import inbox_for, queue_count, task_count
from apps.verification.enums import Action, Kind
from apps.verification.services import start_evidence
from tests import makers

SENTENCE = "Dua kegiatan belum ada penanggung jawab."


def names(tasks):
    return [task.name for task in tasks]


def fill(pokja, actor, steps, *, but=()):
    """Verify all criteria but the named ones."""
    made = {
        "sk": makers.make_decree,
        "rencana_kerja": makers.make_plan,
        "indikator": makers.make_indicators,
        "anggaran": makers.make_budget,
    }
    return {
        name: steps.verify(make(pokja, actor), actor)
        for name, make in made.items()
        if name not in but
    }


def test_a_pokja_of_which_nothing_was_sent_is_one_task(pokja, operator_bone):
    inbox = inbox_for(operator_bone, 2026)
    (task,) = inbox.todo
    assert (task.name, task.text, task.status, task.reason) == (
        "Mulai isi Pokja Kampung KB",
        "Empat kriteria belum diisi",
        "belum_mengisi",
        "",
    )
    assert (task.url, inbox.count) == (f"/pokja/{pokja.pk}/2026/", 1)


def test_its_drafts_are_told(pokja, operator_bone):
    makers.make_decree(pokja, operator_bone)
    (task,) = inbox_for(operator_bone, 2026).todo
    assert (task.text, task.reason) == (
        "Empat kriteria belum diisi; draf SK tersimpan 12 Maret 2026",
        "draf",
    )


def test_once_something_is_sent_every_open_criterion_is_a_task(pokja, operator_bone, steps):
    steps.submit(makers.make_plan(pokja, operator_bone), operator_bone)
    inbox = inbox_for(operator_bone, 2026)
    assert names(inbox.todo) == [
        "Unggah SK Pokja Kampung KB",
        "Isi indikator Pokja Kampung KB",
        "Isi anggaran Pokja Kampung KB",
    ]
    assert inbox.todo[2].text == (
        "Perlu nilai alokasi tahun 2026, sumber dana, dan bukti (DPA atau RKA)"
    )
    assert inbox.todo[2].url == f"/pokja/{pokja.pk}/2026/isi/anggaran/"
    assert [(task.name, task.text) for task in inbox.waiting] == [
        ("Rencana kerja Pokja Kampung KB", "Dikirim 12 Maret 2026 pukul 11.00 WITA (hari ini)")
    ]
    assert inbox.count == 3


def test_a_draft_is_to_be_continued(pokja, operator_bone, steps):
    fill(pokja, operator_bone, steps, but=["anggaran"])
    makers.make_budget(pokja, operator_bone)
    (task,) = inbox_for(operator_bone, 2026).todo
    assert (task.name, task.text) == (
        "Lanjutkan anggaran Pokja Kampung KB",
        "Draf tersimpan 12 Maret 2026, belum dikirim",
    )


def test_a_returned_item_comes_first_with_the_verifiers_own_words(pokja, operator_bone, steps):
    steps.give_back(makers.make_plan(pokja, operator_bone), operator_bone, SENTENCE)
    inbox = inbox_for(operator_bone, 2026)
    (task,) = inbox.returned
    assert inbox.first is task
    assert (task.name, task.quote, task.quoted_by, task.status) == (
        "Perbaiki rencana kerja Pokja Kampung KB",
        SENTENCE,
        "Verifikator provinsi, 12 Maret 2026",
        "perlu_perbaikan",
    )
    assert task.url == f"/pokja/{pokja.pk}/2026/isi/rencana-kerja/"


def test_of_two_returns_the_words_of_the_last_are_quoted_oldest_item_first(
    pokja, operator_bone, steps, time_machine
):
    plan = steps.give_back(makers.make_plan(pokja, operator_bone), operator_bone, "Lama.")
    time_machine.move_to("2026-03-13T03:00:00Z", tick=False)
    steps.give_back(makers.make_budget(pokja, operator_bone), operator_bone, "Anggaran.")
    time_machine.move_to("2026-03-14T03:00:00Z", tick=False)
    steps.give_back(plan, operator_bone, "Baru.")
    assert [task.quote for task in inbox_for(operator_bone, 2026).returned] == [
        "Anggaran.",
        "Baru.",
    ]


def test_all_met_leaves_no_task(pokja, operator_bone, steps):
    fill(pokja, operator_bone, steps)
    inbox = inbox_for(operator_bone, 2026)
    assert (inbox.count, inbox.first, inbox.effective) == (0, None, 1)
    assert [(task.name, task.text) for task in inbox.done] == [
        ("SK Pokja Kampung KB", "Diverifikasi 12 Maret 2026; berlaku sampai 31 Desember 2028"),
        ("Rencana kerja Pokja Kampung KB", "Diverifikasi 12 Maret 2026"),
        ("Indikator Pokja Kampung KB", "Diverifikasi 12 Maret 2026"),
        ("Anggaran Pokja Kampung KB", "Diverifikasi 12 Maret 2026"),
    ]


def test_an_expired_sk_comes_before_what_is_merely_empty(pokja, operator_bone, steps, today):
    steps.verify(
        makers.make_decree(
            pokja,
            operator_bone,
            valid_from=date(2024, 1, 1),
            issued_on=date(2024, 1, 1),
            valid_until=date(2025, 12, 31),
        ),
        operator_bone,
    )
    task = inbox_for(operator_bone, 2026).todo[0]
    assert (task.name, task.text, task.reason) == (
        "Unggah SK baru Pokja Kampung KB",
        "SK lama berlaku sampai 31 Desember 2025",
        "kedaluwarsa",
    )
    assert task.url == f"/pokja/{pokja.pk}/2026/isi/sk/?sk=baru"


def test_the_day_an_amendment_extends_to_is_the_day_told(pokja, operator_bone, steps, today):
    steps.verify(
        makers.make_decree(
            pokja,
            operator_bone,
            valid_from=date(2024, 1, 1),
            issued_on=date(2024, 1, 1),
            valid_until=date(2025, 6, 30),
        ),
        operator_bone,
    )
    steps.verify(
        makers.make_decree(
            pokja,
            operator_bone,
            number="188.45/9",
            role="amend",
            parent=makers.DECREE["number"],
            valid_from=date(2025, 6, 1),
            issued_on=date(2025, 6, 1),
            valid_until=date(2026, 2, 28),
        ),
        operator_bone,
    )
    assert inbox_for(operator_bone, 2026).todo[0].text == "SK lama berlaku sampai 28 Februari 2026"


def test_a_returned_new_version_is_a_task_though_the_old_one_still_counts(
    pokja, operator_bone, steps
):
    from apps.evidence.services import open_version

    made = fill(pokja, operator_bone, steps)
    steps.give_back(
        open_version(made["rencana_kerja"], actor=operator_bone), operator_bone, SENTENCE
    )
    inbox = inbox_for(operator_bone, 2026)
    assert (names(inbox.returned), inbox.effective) == (
        ["Perbaiki rencana kerja Pokja Kampung KB"],
        1,
    )


def test_a_returned_sk_beside_another_one_in_force_is_no_task(pokja, operator_bone, steps):
    steps.give_back(makers.make_decree(pokja, operator_bone, number="1"), operator_bone, "Kabur.")
    fill(pokja, operator_bone, steps)
    assert inbox_for(operator_bone, 2026).count == 0


def test_a_cancelled_verification_is_a_task_with_the_reason(
    pokja, operator_bone, koordinator_sulsel, steps
):
    plan = fill(pokja, operator_bone, steps)["rencana_kerja"]
    steps.take(Action.CANCEL, plan, koordinator_sulsel, "Berkas ternyata milik Pokja lain.")
    (task,) = inbox_for(operator_bone, 2026).todo
    assert (task.name, task.status, task.quote, task.quoted_by) == (
        "Isi rencana kerja Pokja Kampung KB",
        "cancelled",
        "Berkas ternyata milik Pokja lain.",
        "Koordinator provinsi, 12 Maret 2026",
    )


def nil(pokja, actor, criterion="anggaran"):
    from apps.pokja.models import NilDeclaration

    evidence = start_evidence(
        kind=Kind.NIL, region=pokja.region, year=2026, title="Tidak ada", actor=actor
    )
    NilDeclaration.objects.create(
        evidence=evidence, pokja=pokja, year=2026, criterion=criterion, reason="Belum dibahas"
    )
    return evidence


def test_a_declared_absence_waits_and_then_is_done(pokja, operator_bone, steps, verifikator_sulsel):
    fill(pokja, operator_bone, steps, but=["anggaran"])
    evidence = steps.submit(nil(pokja, operator_bone), operator_bone)
    inbox = inbox_for(operator_bone, 2026)
    assert (names(inbox.waiting), inbox.count) == (["Anggaran Pokja Kampung KB"], 0)
    steps.take(Action.VERIFY, evidence, verifikator_sulsel)
    inbox = inbox_for(operator_bone, 2026)
    (task,) = [task for task in inbox.done if task.status != "terpenuhi"]
    assert (task.name, task.reason, task.text) == (
        "Anggaran Pokja Kampung KB",
        "nihil",
        "Diverifikasi 12 Maret 2026",
    )


def test_a_returned_declaration_is_mended_where_it_was_written(pokja, operator_bone, steps):
    fill(pokja, operator_bone, steps, but=["anggaran"])
    steps.give_back(nil(pokja, operator_bone), operator_bone, SENTENCE)
    (task,) = inbox_for(operator_bone, 2026).returned
    assert task.url == f"/pokja/{pokja.pk}/2026/isi/anggaran/tidak-ada/"


def test_the_year_before_has_tasks_of_its_own(pokja, operator_bone, steps):
    steps.verify(makers.make_plan(pokja, operator_bone, year=2025), operator_bone)
    assert names(inbox_for(operator_bone, 2025).done) == ["Rencana kerja Pokja Kampung KB"]
    assert names(inbox_for(operator_bone, 2026).todo) == ["Mulai isi Pokja Kampung KB"]


# --- whose tasks -------------------------------------------------------------------------------
def test_only_the_pokja_of_the_own_region_are_tasks(
    pokja, regions, operator_bone, operator_sulsel, operator_makassar
):
    makers.make_pokja(regions.sulsel, "sulsel-bk", "Pokja Provinsi")
    assert names(inbox_for(operator_bone, 2026).todo) == ["Mulai isi Pokja Kampung KB"]
    assert names(inbox_for(operator_sulsel, 2026).todo) == ["Mulai isi Pokja Provinsi"]
    assert inbox_for(operator_makassar, 2026).assessments == []


def test_a_dissolved_pokja_asks_for_nothing(pokja, operator_bone):
    pokja.dissolved_on = date(2026, 3, 1)
    pokja.save(update_fields=["dissolved_on"])
    assert inbox_for(operator_bone, 2026).assessments == []


def test_an_operator_who_also_verifies_has_tasks_of_the_own_region_only(
    pokja, regions, operator_makassar
):
    makers.make_pokja(regions.makassar)
    Assignment.objects.create(user=operator_makassar, role="verifier", region=regions.sulsel)
    assert names(inbox_for(operator_makassar, 2026).todo) == ["Mulai isi Pokja Bangga Kencana"]


# --- numbers -----------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_pokja_and_three(
    regions, rubric, today, operator_bone, steps, django_assert_num_queries, number
):
    for place in range(number):
        pokja = makers.make_pokja(regions.bone, f"bone-{place}")
        steps.verify(makers.make_decree(pokja, operator_bone), operator_bone)
        steps.give_back(makers.make_plan(pokja, operator_bone), operator_bone, SENTENCE)
    assert operator_bone.scope.operator_ids == {regions.bone.pk}
    with django_assert_num_queries(17):
        assert inbox_for(operator_bone, 2026).count == 3 * number


def test_the_number_in_the_navigation_is_that_of_the_page(pokja, operator_bone, steps):
    steps.give_back(makers.make_plan(pokja, operator_bone), operator_bone, SENTENCE)
    assert (task_count(operator_bone), inbox_for(operator_bone, 2026).count) == (4, 4)


@pytest.mark.parametrize(
    ("name", "tasks", "queue"),
    [
        ("verifikator_sulsel", 0, 1),
        ("koordinator_sulsel", 0, 1),
        ("verifikator_kalsel", 0, 0),
        ("pusat", 0, 0),
        ("operator_bone", 3, 0),
        ("pengamat_makassar", 0, 0),
        ("admin", 0, 0),
    ],
)
def test_each_role_has_its_own_number(request, pokja, operator_bone, steps, name, tasks, queue):
    steps.submit(makers.make_plan(pokja, operator_bone), operator_bone)
    user = request.getfixturevalue(name)
    assert (task_count(user), queue_count(user)) == (tasks, queue)


def test_the_queue_number_costs_one_query(verifikator_sulsel, django_assert_num_queries):
    assert verifikator_sulsel.scope.posts
    with django_assert_num_queries(1):
        queue_count(verifikator_sulsel)

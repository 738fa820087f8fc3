"""What waits for a person beside the evidence: born and ended by the state of things."""

from datetime import date

import pytest
from django.utils import timezone

from apps.discussion.enums import State as FollowState
from apps.discussion.models import FollowUp
from apps.inbox.duties import duties_of, duty_count
from apps.reviews.enums import State
from apps.reviews.models import Objection, Sample, SampleItem
from tests import makers
from tests.inbox.test_views import text

pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def plan(pokja, operator_bone, steps):
    """A plan of Bone, returned by the verifier."""
    plan = makers.make_plan(pokja, operator_bone)
    return steps.give_back(plan, operator_bone, "Kurang jelas.")


@pytest.fixture
def dispute(plan, operator_bone):
    return Objection.objects.create(
        evidence=plan,
        decision=plan.history.first(),
        state=State.OPEN,
        reason="Semua kegiatan sudah memuat penanggung jawab.",
        by=operator_bone,
        at=timezone.now(),
    )


@pytest.fixture
def follow_up(regions, operator_bone, verifikator_sulsel):
    def make(due_on=date(2026, 3, 31), **fields):
        values = {"owner": operator_bone, "created_by": verifikator_sulsel, "task": "Susun jadwal"}
        return FollowUp.objects.create(region=regions.bone, due_on=due_on, **values | fields)

    return make


def names(user):
    found = [task.name for task in duties_of(user)]
    assert duty_count(user) == len(found)
    return found


def test_a_dispute_waits_for_the_coordinator_until_it_is_answered(
    dispute, koordinator_sulsel, verifikator_sulsel, operator_bone
):
    assert names(koordinator_sulsel) == [f"Jawab sanggahan atas {dispute.evidence.title}"]
    assert (names(verifikator_sulsel), names(operator_bone)) == ([], [])
    Objection.objects.update(
        state=State.UPHELD, answer="Benar.", answered_by=koordinator_sulsel, answered_at=dispute.at
    )
    assert names(koordinator_sulsel) == []


def test_a_second_look_waits_for_the_one_it_was_given_to(
    plan, regions, koordinator_sulsel, verifikator_sulsel, verifikator2_sulsel
):
    sample = Sample.objects.create(
        region=regions.sulsel,
        since=date(2026, 1, 1),
        until=date(2026, 3, 1),
        asked=1,
        seed=7,
        drawn_by=koordinator_sulsel,
        drawn_at=timezone.now(),
    )
    item = SampleItem.objects.create(
        sample=sample,
        evidence=plan,
        decision=plan.history.first(),
        verifier=verifikator2_sulsel,
        number=1,
    )
    assert names(verifikator2_sulsel) == [f"Tinjau kedua kali {plan.title}"]
    assert duties_of(verifikator2_sulsel)[0].url == f"/tinjauan/berkas/{item.pk}/"
    assert names(verifikator_sulsel) == []
    SampleItem.objects.update(marked_at=timezone.now(), agrees=True)
    assert names(verifikator2_sulsel) == []


def test_a_follow_up_is_done_by_one_and_judged_by_another(
    follow_up, operator_bone, verifikator_sulsel
):
    made = follow_up()
    assert names(operator_bone) == ["Tindak lanjuti: Susun jadwal"]
    assert names(verifikator_sulsel) == []
    FollowUp.objects.filter(pk=made.pk).update(state=FollowState.DONE, done_at=timezone.now())
    assert names(operator_bone) == []
    assert names(verifikator_sulsel) == ["Nilai tindak lanjut: Susun jadwal"]


def test_what_is_overdue_stands_first_and_says_so(follow_up, operator_bone):
    follow_up(date(2026, 3, 12), task="Hari ini")
    follow_up(date(2026, 3, 9), task="Lewat")
    late, due = duties_of(operator_bone)
    assert (late.name, late.status) == ("Tindak lanjuti: Lewat", "lewat_batas")
    assert late.text == "Kabupaten Bone; paling lambat 9 Maret 2026, lewat 3 hari"
    assert (due.status, due.text) == (
        "belum_dikerjakan",
        "Kabupaten Bone; paling lambat 12 Maret 2026",
    )


def test_the_number_in_the_navigation_is_that_of_the_list(
    client_of, pokja, follow_up, operator_bone, verifikator_sulsel
):
    follow_up()
    page = text(client_of(operator_bone).get("/tugas/"))
    assert "2 tugas perlu dikerjakan" in page  # the Pokja that has nothing, and the follow-up
    assert page.count("Tugas saya 2 menunggu") == 2
    FollowUp.objects.update(state=FollowState.DONE, done_at=timezone.now())
    page = text(client_of(verifikator_sulsel).get("/profil/"))
    assert page.count("Tugas saya 1 menunggu") == 2


def test_a_verifier_sees_the_queue_beside_and_it_is_no_task(
    client_of, pokja, operator_bone, verifikator_sulsel, steps
):
    steps.submit(makers.make_plan(pokja, operator_bone), operator_bone)
    page = text(client_of(verifikator_sulsel).get("/tugas/"))
    assert "Tidak ada tugas yang perlu dikerjakan." in page
    assert "1 berkas menunggu verifikasi" in page


def test_who_only_looks_has_no_tasks_and_is_led_to_the_dashboard(client_of, pengamat_makassar):
    page = text(client_of(pengamat_makassar).get("/tugas/"))
    assert "Tidak ada tugas untuk Anda" in page
    assert "Buka dasbor" in page


def test_an_account_without_a_post_is_told_whom_to_ask(client_of, make_user):
    page = text(client_of(make_user()).get("/tugas/"))
    assert "Akun Anda belum mempunyai penugasan" in page


@pytest.mark.parametrize("number", [1, 5])
def test_duties_cost_the_same_for_one_and_five(
    follow_up, verifikator_sulsel, django_assert_num_queries, number
):
    for _ in range(number):
        follow_up(state=FollowState.DONE, done_at=timezone.now())
    scope = verifikator_sulsel.scope
    assert scope.posts
    with django_assert_num_queries(3):
        assert len(duties_of(verifikator_sulsel)) == number
    with django_assert_num_queries(1):
        assert duty_count(verifikator_sulsel) == number

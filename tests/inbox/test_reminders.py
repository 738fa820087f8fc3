"""Reminders of SK that end: as tasks that come and go with the state, and for verifiers."""

from datetime import date, timedelta

import pytest

from apps.decrees.models import Decree
from apps.inbox.endings import endings
from apps.inbox.models import ReminderRule
from apps.inbox.queries import inbox_for, task_count
from apps.inbox.reminders import crossed, load_reminder_rules, summary_for
from apps.pokja.models import Pokja
from tests import makers

pytestmark = pytest.mark.usefixtures("rules")

TODAY = date(2026, 3, 12)


@pytest.fixture
def rules(db):
    load_reminder_rules()


def ends(pokja, actor, steps, days, **fields):
    """A verified SK that ends so many days from today."""
    values = {
        "number": f"188.45/{days}/2025",
        "issued_on": date(2025, 1, 2),
        "valid_from": date(2025, 1, 2),
        "valid_until": TODAY + timedelta(days=days),
    }
    return steps.verify(makers.make_decree(pokja, actor, **values | fields), actor)


def reminders(user, group="todo"):
    tasks = getattr(inbox_for(user, 2026), group)
    return [task for task in tasks if task.reason == "segera_berakhir"]


# --- the rules ---------------------------------------------------------------------------------


def test_the_rules_are_loaded_once_and_edits_stay():
    assert list(ReminderRule.objects.values_list("days_before", flat=True)) == [90, 60, 30]
    ReminderRule.objects.filter(days_before=60).update(days_before=45)
    ReminderRule.objects.filter(days_before=90).update(is_active=False)
    assert load_reminder_rules() == 0
    assert list(ReminderRule.objects.values_list("days_before", "is_active")) == [
        (90, False),
        (45, True),
        (30, True),
    ]


@pytest.mark.parametrize(
    ("days", "threshold"),
    [(91, None), (90, 90), (61, 90), (60, 60), (31, 60), (30, 30), (1, 30), (0, 30)],
)
def test_of_several_thresholds_passed_the_nearest_to_the_end_counts(days, threshold):
    assert crossed(days, [30, 60, 90]) == threshold


def test_administrators_edit_the_rules_and_others_do_not(client_of, admin, operator_bone):
    rule = ReminderRule.objects.get(days_before=60)
    address = f"/admin/inbox/reminderrule/{rule.pk}/change/"
    data = {"days_before": "45", "is_active": "on"}
    assert client_of(operator_bone).post(address, data).status_code in (302, 403)
    rule.refresh_from_db()
    assert rule.days_before == 60
    assert client_of(admin).post(address, data).status_code == 302
    rule.refresh_from_db()
    assert rule.days_before == 45
    refused = client_of(admin).post(address, data | {"days_before": "90"})
    assert "Pengingat untuk jumlah hari ini sudah ada." in refused.content.decode()


# --- tasks -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "number"), [(91, 0), (90, 1), (36, 1), (0, 1)])
def test_an_sk_within_the_widest_threshold_is_a_task(pokja, operator_bone, steps, days, number):
    ends(pokja, operator_bone, steps, days)
    assert len(reminders(operator_bone)) == number


def test_the_task_says_which_sk_when_and_what_to_do(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 36)
    (task,) = reminders(operator_bone)
    assert (task.name, task.text) == (
        "Siapkan SK baru Pokja Kampung KB",
        "SK Pokja Kampung KB berakhir 17 April 2026, 36 hari lagi",
    )
    assert task.url == f"/pokja/{pokja.pk}/2026/isi/sk/?sk=baru"
    assert task_count(operator_bone) == inbox_for(operator_bone, 2026).count


def test_on_its_last_day_the_task_says_today(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 0)
    assert reminders(operator_bone)[0].text == (
        "SK Pokja Kampung KB berakhir 12 Maret 2026, hari ini"
    )


def test_a_verified_successor_ends_the_task_though_it_begins_later(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 20)
    later = {"valid_from": date(2026, 4, 2), "issued_on": date(2026, 3, 2)}
    ends(pokja, operator_bone, steps, 900, **later)
    assert reminders(operator_bone) == []


def test_an_extension_ends_the_task_and_a_revocation_begins_it(pokja, operator_bone, steps):
    first = ends(pokja, operator_bone, steps, 20)
    number = Decree.objects.get(evidence=first).number
    ends(pokja, operator_bone, steps, 800, role="amend", parent=number, issued_on=TODAY)
    assert reminders(operator_bone) == []
    ends(
        pokja,
        operator_bone,
        steps,
        900,
        number="188.45/cabut",
        role="revoke",
        parent=number,
        valid_from=date(2026, 4, 1),
    )
    assert reminders(operator_bone)[0].text == (
        "SK Pokja Kampung KB berakhir 31 Maret 2026, 19 hari lagi"
    )


def test_a_successor_on_its_way_waits_and_counts_no_more(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 20)
    successor = makers.make_decree(pokja, operator_bone, number="188.45/baru")
    steps.submit(successor, operator_bone)
    assert reminders(operator_bone) == []
    (task,) = reminders(operator_bone, "waiting")
    assert task.text.endswith("SK baru sudah dikirim, menunggu verifikasi")


def test_a_successor_at_bagian_hukum_changes_the_words(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 20)
    draft = makers.make_decree(pokja, operator_bone, number="", in_process_since=date(2026, 3, 3))
    (task,) = reminders(operator_bone)
    assert (task.name, task.text) == (
        "Lengkapi SK pengganti Pokja Kampung KB",
        "SK Pokja Kampung KB berakhir 1 April 2026, 20 hari lagi. SK pengganti diproses di "
        "Bagian Hukum sejak 3 Maret 2026 (9 hari)",
    )
    assert task.url == f"/pokja/{pokja.pk}/2026/isi/sk/?bukti={draft.pk}"


def test_an_expired_sk_with_a_successor_at_bagian_hukum_is_one_task(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, -10)
    makers.make_decree(pokja, operator_bone, number="", in_process_since=TODAY)
    tasks = [task for task in inbox_for(operator_bone, 2026).todo if "SK" in task.name]
    assert [(task.name, task.text) for task in tasks] == [
        (
            "Lengkapi SK Pokja Kampung KB setelah terbit",
            "SK lama berlaku sampai 2 Maret 2026. SK pengganti diproses di Bagian Hukum sejak "
            "12 Maret 2026 (hari ini). Isi nomor dan berkas bila sudah terbit",
        )
    ]


def test_a_first_sk_at_bagian_hukum_is_told_where_nothing_else_is_there(pokja, operator_bone):
    makers.make_decree(pokja, operator_bone, number="", in_process_since=date(2026, 3, 3))
    (task,) = inbox_for(operator_bone, 2026).todo
    assert task.text.endswith("; SK diproses di Bagian Hukum sejak 3 Maret 2026 (9 hari)")


@pytest.mark.parametrize("day", [TODAY, date(2026, 4, 1)])
def test_a_pokja_that_is_gone_by_then_needs_no_sk(pokja, operator_bone, steps, day):
    ends(pokja, operator_bone, steps, 20)  # ends 1 April
    pokja.dissolved_on = day
    pokja.save(update_fields=["dissolved_on"])
    assert reminders(operator_bone) == []


def test_past_years_and_other_regions_have_no_reminder(
    pokja, operator_bone, operator_makassar, steps
):
    ends(pokja, operator_bone, steps, 20)
    assert [t for t in inbox_for(operator_bone, 2025).todo if t.reason == "segera_berakhir"] == []
    assert reminders(operator_makassar) == []


def test_without_an_active_rule_nobody_is_reminded(pokja, operator_bone, steps):
    ends(pokja, operator_bone, steps, 20)
    ReminderRule.objects.update(is_active=False)
    assert reminders(operator_bone) == []


# --- cost, and those who verify ------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 4])
def test_endings_cost_three_queries_for_any_number_of_pokja(
    regions, today, operator_bone, steps, django_assert_num_queries, number
):
    for place in range(number):
        pokja = makers.make_pokja(regions.bone, f"bone-{place}")
        ends(pokja, operator_bone, steps, 20 + place)
    with django_assert_num_queries(3):
        found = endings(Pokja.objects.all(), TODAY, 90)
    assert [each.days for each in found] == [20 + place for place in range(number)]


def test_verifiers_read_a_summary_of_their_province(
    pokja, operator_bone, steps, verifikator_sulsel, verifikator_kalsel, pusat, client_of
):
    ends(pokja, operator_bone, steps, 20)
    summary = summary_for(verifikator_sulsel, TODAY)
    assert (summary.heading, summary.more) == ("1 SK Pokja berakhir dalam 90 hari", 0)
    assert summary.lines == [(pokja, "berakhir 1 April 2026, 20 hari lagi")]
    assert summary_for(verifikator_kalsel, TODAY) is None
    assert summary_for(pusat, TODAY) is None
    page = client_of(verifikator_sulsel).get("/verifikasi/").content.decode()
    assert page.count("1 SK Pokja berakhir dalam 90 hari") == 1

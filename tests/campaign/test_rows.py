"""In which state a region is found, why, and what it costs to find out."""

from datetime import date

import pytest
from django.utils import timezone

from apps.campaign.enums import State
from apps.campaign.queries import audiences_for, rows_for
from apps.regions.models import Region
from tests import makers


def rows_of(user, year=2026):
    return {
        row.region.code: row for row in rows_for(user, audiences_for(user)[0].regions(user), year)
    }


def sign_in(user):
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])


def complete(pokja, officer, judge):
    document = makers.make_document(pokja.region, officer)
    items = (
        makers.make_decree(pokja, officer, document=document),
        makers.make_plan(pokja, officer),
        makers.make_indicators(pokja, officer),
        makers.make_budget(pokja, officer, document=document),
    )
    return [makers.verified(item, officer, judge) for item in items]


def test_without_an_account_nobody_was_ever_in(pokja, verifikator_sulsel):
    states = {code: row.states for code, row in rows_of(verifikator_sulsel).items()}
    nothing = [State.NEVER_IN, State.NOT_STARTED, State.INCOMPLETE]
    assert states == {"73.08": nothing, "73.71": nothing}


def test_an_officer_who_signed_in_and_entered_nothing_has_not_begun(
    pokja, verifikator_sulsel, operator_makassar
):
    sign_in(operator_makassar)
    row = rows_of(verifikator_sulsel)["73.71"]
    assert (row.states, row.officers) == (
        [State.NOT_STARTED, State.INCOMPLETE],
        ["Operator Makassar"],
    )


def test_a_draft_is_a_beginning(pokja, verifikator_sulsel, operator_makassar):
    sign_in(operator_makassar)
    makers.make_plan(pokja, operator_makassar)
    row = rows_of(verifikator_sulsel)["73.71"]
    assert row.states == [State.INCOMPLETE]
    assert [each.fact for each in row.missing] == [
        "SK penetapan belum ada",
        "Rencana kerja baru tersimpan sebagai draf",
        "Indikator belum dipilih",
        "Anggaran operasional belum dialokasikan",
    ]


def test_without_a_pokja_nothing_has_begun(pokja, verifikator_sulsel):
    row = rows_of(verifikator_sulsel)["73.08"]
    assert [(each.pokja, each.fact) for each in row.missing] == [
        ("", "Belum ada Pokja yang terdaftar")
    ]


def test_what_was_sent_last_year_is_no_beginning(pokja, verifikator_sulsel, operator_makassar):
    sign_in(operator_makassar)
    makers.make_plan(pokja, operator_makassar, year=2025)
    assert State.NOT_STARTED in rows_of(verifikator_sulsel)["73.71"].states


@pytest.mark.parametrize(
    ("due", "late", "told"),
    [
        (date(2026, 3, 1), 11, "1 Maret 2026, terlambat 11 hari"),
        (date(2026, 3, 12), 0, "12 Maret 2026, hari ini"),
        (date(2026, 3, 31), 0, "31 Maret 2026, 19 hari lagi"),
    ],
)
def test_late_is_what_is_missing_after_the_due_day(
    pokja, verifikator_sulsel, operator_makassar, make_period, due, late, told
):
    sign_in(operator_makassar)
    makers.make_plan(pokja, operator_makassar)
    make_period(due)
    row = rows_of(verifikator_sulsel)["73.71"]
    assert (row.late_days, row.due_words, State.LATE in row.states) == (late, told, late > 0)


def test_without_a_period_there_is_no_deadline(pokja, verifikator_sulsel):
    row = rows_of(verifikator_sulsel)["73.71"]
    assert (row.late_days, row.due_words) == (0, "belum ada batas waktu")


def test_a_returned_item_waits_to_be_mended_and_is_not_late(
    pokja, verifikator_sulsel, operator_makassar, make_period
):
    from apps.evidence.services import return_with_notes, submit
    from apps.verification.services import FieldNote

    sign_in(operator_makassar)
    items = complete_but_plan(pokja, operator_makassar, verifikator_sulsel)
    plan = makers.make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    return_with_notes(
        plan,
        actor=verifikator_sulsel,
        revision=plan.revision,
        notes=(FieldNote(text="Lengkapi"),),
    )
    make_period(date(2026, 3, 1))
    row = rows_of(verifikator_sulsel)["73.71"]
    assert len(items) == 3
    assert row.states == [State.TO_FIX, State.INCOMPLETE]
    assert [each.fact for each in row.missing] == ["Rencana kerja dikembalikan"]


def complete_but_plan(pokja, officer, judge):
    document = makers.make_document(pokja.region, officer)
    items = (
        makers.make_decree(pokja, officer, document=document),
        makers.make_indicators(pokja, officer),
        makers.make_budget(pokja, officer, document=document),
    )
    return [makers.verified(item, officer, judge) for item in items]


def test_complete_is_complete_also_if_nobody_of_the_region_signed_in(
    pokja, verifikator_sulsel, operator_makassar
):
    complete(pokja, operator_makassar, verifikator_sulsel)
    row = rows_of(verifikator_sulsel)["73.71"]
    assert (row.states, row.missing, row.due_words) == ([State.COMPLETE], [], "")


def test_what_waits_for_the_verifier_is_not_missing(pokja, verifikator_sulsel, operator_makassar):
    from apps.evidence.services import submit

    plan = makers.make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    row = rows_of(verifikator_sulsel)["73.71"]
    assert [each.criterion for each in row.missing] == ["sk", "indikator", "anggaran"]


def test_each_person_writes_to_their_own_lists(
    regions, verifikator_sulsel, pusat, admin, operator_makassar, today
):
    def keys(user):
        return [each.key for each in audiences_for(user)]

    assert keys(verifikator_sulsel) == ["73"]
    assert keys(pusat) == keys(admin) == ["nasional", "63", "73"]
    assert keys(operator_makassar) == []
    assert [region.code for region in audiences_for(pusat)[0].regions(pusat)] == ["63", "73"]


@pytest.mark.parametrize("count", [24, 100])
def test_the_list_costs_the_same_for_24_and_100_regions(
    count, sender, regions, make_region, make_user, texts, today, django_assert_num_queries
):
    for number in range(count - 2):
        region = make_region(f"73.{number + 100}", f"Kabupaten Uji {number}", regions.sulsel)
        makers.make_pokja(region, code=f"uji-{number}")
        if number % 10 == 0:
            make_user("operator", region)
    assert Region.objects.kabkota().filter(province=regions.sulsel).count() == count
    sender.client.get("/kampanye/")
    with django_assert_num_queries(COST):
        answer = sender.client.get("/kampanye/")
    assert f"{count} dari {count} kabupaten/kota belum mulai mengisi 2026" in answer.text
    assert len(answer.content) < 400_000


COST = 27

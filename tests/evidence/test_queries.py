"""Which item a page shows for each criterion."""

from datetime import date

import pytest

from apps.evidence.queries import current_items, pokja_of
from apps.evidence.services import (
    cancel,
    declare_nil,
    open_version,
    return_with_notes,
    submit,
    verify,
)
from tests import makers
from tests.makers import make_budget, make_decree, make_document, make_plan, verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def sent(evidence, people):
    submit(evidence, actor=people.officer, revision=evidence.revision)
    return evidence


def shown(pokja, criterion, year=2026, **options):
    return current_items(pokja, year, **options)[criterion]


@pytest.fixture
def accepted(pokja, people):
    """accepted(number=…, valid_until=…): a verified SK."""

    def make(**fields):
        document = make_document(pokja.region, people.officer)
        evidence = make_decree(pokja, people.officer, document=document, **fields)
        return verified(evidence, people.officer, people.judge)

    return make


def test_nothing_filled_in_shows_nothing(pokja):
    assert current_items(pokja, 2026) == {
        "sk": None,
        "rencana_kerja": None,
        "indikator": None,
        "anggaran": None,
    }


def test_each_criterion_shows_its_item(pokja, people):
    items = {
        "sk": make_decree(pokja, people.officer),
        "rencana_kerja": make_plan(pokja, people.officer),
        "indikator": makers.make_indicators(pokja, people.officer),
        "anggaran": make_budget(pokja, people.officer),
    }
    assert current_items(pokja, 2026) == items


def test_another_year_and_another_pokja_are_left_out(regions, pokja, people, plan):
    other = makers.make_pokja(regions.makassar, "lain")
    assert shown(pokja, "rencana_kerja", 2025) is None
    assert shown(other, "rencana_kerja") is None


def test_the_open_version_goes_before_the_one_that_counts(plan, pokja, people):
    verified(plan, people.officer, people.judge)
    assert shown(pokja, "rencana_kerja") == plan
    draft = open_version(plan, actor=people.officer)
    assert shown(pokja, "rencana_kerja") == draft


def test_after_a_cancellation_the_older_verified_version_is_shown(
    plan, pokja, people, koordinator_sulsel
):
    verified(plan, people.officer, people.judge)
    newer = verified(open_version(plan, actor=people.officer), people.officer, people.judge)
    assert shown(pokja, "rencana_kerja") == newer
    cancel(newer, actor=koordinator_sulsel, revision=newer.revision, note="Keliru")
    assert shown(pokja, "rencana_kerja") == plan


def test_the_latest_stage_of_the_budget_counts(pokja, people):
    document = make_document(pokja.region, people.officer)
    stages = {}
    for stage in ("perubahan", "murni"):
        budget = make_budget(pokja, people.officer, stage=stage, document=document)
        stages[stage] = verified(budget, people.officer, people.judge)
    assert shown(pokja, "anggaran") == stages["perubahan"]


def test_the_sk_that_holds_on_the_reference_date_goes_before_newer_ones(pokja, accepted):
    holds = accepted(
        number="1",
        issued_on=date(2024, 1, 1),
        valid_from=date(2024, 1, 1),
        valid_until=date(2027, 1, 1),
    )
    accepted(
        number="2",
        issued_on=date(2025, 1, 1),
        valid_from=date(2025, 1, 1),
        valid_until=date(2025, 12, 31),
    )
    assert shown(pokja, "sk") == holds


def test_a_past_year_shows_the_sk_of_its_last_day(pokja, accepted):
    old = accepted(
        number="1",
        issued_on=date(2023, 1, 1),
        valid_from=date(2023, 1, 1),
        valid_until=date(2024, 12, 31),
    )
    new = accepted(number="2", issued_on=date(2025, 1, 2), valid_from=date(2025, 1, 2))
    assert (shown(pokja, "sk", 2024), shown(pokja, "sk", 2026)) == (old, new)
    assert shown(pokja, "sk", 2026, on=date(2024, 6, 1)) == old


def test_where_no_sk_holds_the_newest_is_shown(pokja, accepted):
    accepted(
        number="1",
        issued_on=date(2022, 1, 1),
        valid_from=date(2022, 1, 1),
        valid_until=date(2022, 12, 31),
    )
    last = accepted(
        number="2",
        issued_on=date(2023, 1, 1),
        valid_from=date(2023, 1, 1),
        valid_until=date(2023, 12, 31),
    )
    assert shown(pokja, "sk") == last


def test_a_declaration_of_nothing_is_shown_where_there_is_nothing_else(pokja, people):
    nil = declare_nil(pokja, 2026, "anggaran", "Belum dianggarkan", actor=people.officer)
    assert shown(pokja, "anggaran") == nil
    assert shown(pokja, "anggaran", 2025) is None
    assert shown(pokja, "sk") is None


def test_a_verified_item_goes_before_a_verified_declaration(pokja, people, plan):
    nil = declare_nil(pokja, 2026, "rencana_kerja", "Belum ada", actor=people.officer)
    verify(nil, actor=people.judge, revision=nil.revision)
    verified(plan, people.officer, people.judge)
    assert shown(pokja, "rencana_kerja") == plan


def test_an_observer_is_shown_verified_things_only(plan, pokja, people, pengamat_makassar):
    def seen():
        return shown(pokja, "rencana_kerja", user=pengamat_makassar)

    sent(plan, people)
    assert seen() is None
    verify(plan, actor=people.judge, revision=plan.revision)
    draft = sent(open_version(plan, actor=people.officer), people)
    return_with_notes(draft, actor=people.judge, revision=draft.revision, note="Kurang")
    assert seen() == plan


def test_somebody_from_elsewhere_is_shown_nothing(plan, pokja, operator_bone):
    assert set(current_items(pokja, 2026, user=operator_bone).values()) == {None}


@pytest.mark.parametrize("years", [1, 3])
def test_the_items_of_a_year_cost_six_queries(
    pokja, people, accepted, django_assert_num_queries, years
):
    for number in range(years):
        accepted(number=str(number))
    make_plan(pokja, people.officer)
    make_budget(pokja, people.officer)
    with django_assert_num_queries(6):
        items = current_items(pokja, 2026)
        assert items["sk"].decree.document.pages == 1
        assert items["sk"].edited_by == people.officer
        assert items["sk"].decided_by is not None
        assert items["rencana_kerja"].decided_by is None
        assert items["anggaran"].budget.stage == "murni"


def test_an_sk_is_about_several_pokja(regions, pokja, people):
    from apps.decrees.services import save_decree

    other = makers.make_pokja(regions.makassar, "lain", "Pokja GDPK")
    evidence = save_decree(
        None,
        makers.DECREE,
        actor=people.officer,
        pokja=[(pokja, "establish", ""), (other, "establish", "")],
    )
    assert pokja_of(evidence) == [pokja, other]
    assert evidence.title == "SK Pokja Bangga Kencana dan 1 Pokja lain"
    assert shown(other, "sk") == evidence


def test_the_other_kinds_are_about_one_pokja(pokja, people, plan):
    nil = declare_nil(pokja, 2026, "anggaran", "Belum", actor=people.officer)
    assert [pokja_of(plan), pokja_of(nil)] == [[pokja], [pokja]]

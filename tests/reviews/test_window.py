"""Until when a region may reply, and to what."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.evidence.services import cancel, submit, undo
from apps.reviews.models import ReplyRule
from apps.reviews.queries import may_object, standing_decision, windows_for
from apps.reviews.services import WindowClosed
from tests.conftest import TODAY
from tests.reviews.conftest import give_back


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2026-03-12T03:01:00", False),  # the minute in which the verifier may take it back
        ("2026-03-12T03:01:01", True),
        ("2026-03-26T15:59:59", True),  # 23.59.59 WITA of the fourteenth day
        ("2026-03-26T16:00:00", False),  # midnight in Makassar, still 23.00 in Jakarta
    ],
)
def test_a_window_ends_with_the_last_day_on_the_provinces_clock(
    sent, verifikator_sulsel, operator_makassar, moment, is_open
):
    give_back(sent, verifikator_sulsel)
    window = may_object(sent, operator_makassar, at(moment))
    assert bool(window) == is_open
    if window:
        assert window.last_day == date(2026, 3, 26)


def test_a_decision_late_in_the_evening_counts_from_its_local_day(
    sent, verifikator_sulsel, operator_makassar
):
    with time_machine.travel(at("2026-03-12T16:30:00"), tick=False):  # 13 March, 00.30 WITA
        give_back(sent, verifikator_sulsel)
    window = may_object(sent, operator_makassar, at("2026-03-13T01:00:00"))
    assert window.last_day == date(2026, 3, 27)


@pytest.mark.parametrize(
    ("rules", "days"),
    [({}, 14), ({None: 10}, 10), ({None: 10, "sulsel": 3}, 3), ({"kalsel": 3}, 14)],
)
def test_the_rule_of_the_province_goes_before_the_default(
    returned, regions, operator_makassar, rules, days
):
    for place, value in rules.items():
        province = getattr(regions, place) if place else None
        ReplyRule.objects.create(province=province, days=value)
    window = may_object(returned, operator_makassar, timezone.now())
    assert window.last_day == date(2026, 3, 12) + timedelta(days=days)


@pytest.mark.parametrize("item", ["returned", "verified", "cancelled"])
def test_each_kind_of_decision_can_be_replied_to(request, item, operator_makassar):
    evidence = request.getfixturevalue(item)
    assert may_object(evidence, operator_makassar, timezone.now()) is not None


def test_a_cancellation_opens_its_window_at_once(verified, koordinator_sulsel, operator_makassar):
    cancel(verified, actor=koordinator_sulsel, revision=verified.revision, note="Salah tahun")
    assert may_object(verified, operator_makassar, timezone.now() + timedelta(seconds=1))


def test_what_only_waits_has_no_decision(sent, operator_makassar):
    assert standing_decision(sent) is None
    assert may_object(sent, operator_makassar, timezone.now()) is None


def test_a_decision_that_was_undone_cannot_be_disputed(
    sent, verifikator_sulsel, operator_makassar, clock
):
    give_back(sent, verifikator_sulsel)
    undo(sent, actor=verifikator_sulsel, revision=sent.revision)
    clock.shift(timedelta(hours=1))
    assert may_object(sent, operator_makassar, timezone.now()) is None


def test_a_return_that_was_answered_by_sending_again_is_past(returned, operator_makassar):
    submit(returned, actor=operator_makassar, revision=returned.revision)
    assert may_object(returned, operator_makassar, timezone.now()) is None


@pytest.mark.parametrize(
    "who",
    ["operator_bone", "operator_sulsel", "verifikator_sulsel", "koordinator_sulsel", "pusat"],
)
def test_only_officers_of_the_very_region_reply(request, returned, who):
    assert may_object(returned, request.getfixturevalue(who), timezone.now()) is None


def test_a_late_reply_is_told_plainly_and_saves_nothing(returned, reply, clock):
    clock.move_to(at("2026-03-27T01:00:00"))
    with pytest.raises(WindowClosed) as closed:
        reply(returned)
    assert str(closed.value) == (
        "Masa sanggah berakhir 26 Maret 2026 pukul 23.59 WITA. Keputusan ini tetap berlaku."
    )
    assert returned.objections.count() == 0


def test_the_list_of_an_officer_holds_what_may_still_be_replied_to(
    returned, operator_makassar, operator_bone, reply, clock
):
    now = timezone.now()
    assert [window.decision.evidence_id for window in windows_for(operator_makassar, now)] == [
        returned.pk
    ]
    assert windows_for(operator_bone, now) == []
    assert windows_for(operator_makassar, TODAY + timedelta(days=15)) == []
    reply(returned)
    assert windows_for(operator_makassar, now) == []


def test_the_list_leaves_out_what_was_sent_again(returned, operator_makassar, verifikator_sulsel):
    submit(returned, actor=operator_makassar, revision=returned.revision)
    assert windows_for(operator_makassar, timezone.now()) == []
    give_back(returned, verifikator_sulsel)
    newest = windows_for(operator_makassar, timezone.now())
    assert [window.decision.pk for window in newest] == [standing_decision(returned).pk]


def test_the_list_costs_two_queries(returned, operator_makassar, django_assert_num_queries):
    operator_makassar.scope.posts  # noqa: B018 - read once for each request
    with django_assert_num_queries(2):
        windows_for(operator_makassar, timezone.now())

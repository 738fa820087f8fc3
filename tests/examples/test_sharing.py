"""Who may share what, and when a share ends."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from apps.audit.models import Entry
from apps.core.errors import Conflict
from apps.evidence.services import cancel, open_version
from apps.examples.models import Share
from apps.examples.queries import share_state
from apps.examples.services import share, stop
from apps.verification.enums import Action
from apps.verification.models import Evidence
from apps.verification.services import take_step
from tests import makers
from tests.conftest import TODAY
from tests.rivals import at_once, outcomes

pytestmark = pytest.mark.django_db


def running(item) -> bool:
    return Share.objects.running().filter(evidence=item).exists()


def next_version(item, officer, judge):
    """A newer version of a verified plan, verified."""
    newer = open_version(item, actor=officer)
    return makers.verified(newer, officer, judge)


def test_the_officer_shares_and_it_is_on_record(shelf, cast):
    assert running(shelf.decree)
    entry = Entry.objects.get(action="Membagikan bukti sebagai contoh", actor=shelf.share.shared_by)
    assert (entry.role, entry.region) == ("operator", shelf.decree.region)
    assert entry.after["bukti"] == shelf.decree.pk


@pytest.mark.parametrize(
    "person",
    [
        "operator_bone",
        "operator_sulsel",
        "operator_banjarmasin",
        "verifikator_kalsel",
        "pusat",
        "pengamat_makassar",
    ],
)
def test_nobody_else_shares_or_stops_what_is_of_a_region(shelf, cast, person):
    with pytest.raises(PermissionDenied):
        stop(shelf.share, actor=cast[person])
    assert running(shelf.decree)
    stop(shelf.share, actor=cast["operator_makassar"])
    with pytest.raises(PermissionDenied):
        share(shelf.decree, actor=cast[person])
    assert not running(shelf.decree)


def test_the_province_shares_on_behalf_and_is_named_for_it(shelf, cast):
    found, begun = share(shelf.kept, actor=cast["verifikator_sulsel"])
    assert begun
    told = Entry.objects.filter(object_type="examples.share", object_id=str(found.pk))
    assert [entry.role for entry in told] == ["verifier"]


@pytest.mark.parametrize("status", ["draft", "submitted", "returned", "cancelled"])
def test_only_verified_items_are_shared(shelf, cast, status):
    Evidence.objects.filter(pk=shelf.kept.pk).update(status=status)
    with pytest.raises(Conflict):
        share(Evidence.objects.get(pk=shelf.kept.pk), actor=cast["operator_bone"])
    assert not Share.objects.filter(evidence=shelf.kept).exists()


def test_a_version_that_was_replaced_is_not_shared(shelf, cast):
    next_version(shelf.kept, cast["operator_bone"], cast["verifikator_sulsel"])
    with pytest.raises(Conflict):
        share(shelf.kept, actor=cast["operator_bone"])


def test_sharing_twice_is_one_share(shelf, cast):
    again, begun = share(shelf.decree, actor=cast["operator_makassar"])
    assert (again.pk, begun) == (shelf.share.pk, False)
    assert Share.objects.filter(evidence=shelf.decree).count() == 1


def test_stopping_is_reversible_and_on_record(shelf, cast):
    officer = cast["operator_makassar"]
    assert stop(shelf.share, actor=officer)
    assert not running(shelf.decree)
    assert not stop(shelf.share, actor=officer)  # a second click changes nothing
    assert Entry.objects.filter(action="Berhenti membagikan bukti").count() == 1
    again, begun = share(shelf.decree, actor=officer)
    assert begun
    assert again.pk != shelf.share.pk
    shelf.share.refresh_from_db()
    assert shelf.share.ended_by == officer


def test_a_cancelled_verification_ends_it(shelf, cast):
    item = shelf.decree
    item.refresh_from_db()
    cancel(item, actor=cast["koordinator_sulsel"], revision=item.revision, note="Salah")
    assert not running(item)


def test_a_newer_verified_version_ends_it_for_good(shelf, cast):
    officer, judge = cast["operator_banjarmasin"], cast["verifikator_kalsel"]
    newer = open_version(shelf.plan, actor=officer)
    assert running(shelf.plan)  # a draft beside it changes nothing
    makers.verified(newer, officer, judge)
    assert not running(shelf.plan)
    assert not running(newer)
    with time_machine.travel(TODAY + timedelta(hours=1), tick=False):
        cancel(newer, actor=cast["admin"], revision=newer.revision, note="Salah")
    assert not running(shelf.plan)  # the older one counts again, but nobody shares it


def test_an_older_version_that_counts_again_can_be_shared_anew(shelf, cast):
    officer, judge = cast["operator_banjarmasin"], cast["verifikator_kalsel"]
    newer = next_version(shelf.plan, officer, judge)
    with time_machine.travel(TODAY + timedelta(hours=1), tick=False):
        cancel(newer, actor=cast["admin"], revision=newer.revision, note="Salah")
    with time_machine.travel(TODAY + timedelta(hours=2), tick=False):
        again, begun = share(shelf.plan, actor=officer)
    assert begun
    assert again.pk != shelf.far.pk
    assert running(shelf.plan)
    shelf.far.refresh_from_db()
    assert shelf.far.ended_at is not None  # for good


def test_an_undone_decision_ends_it_even_when_it_is_taken_again(shelf, cast):
    judge = cast["verifikator_sulsel"]
    item = shelf.decree
    item.refresh_from_db()
    take_step(item, Action.UNDO, actor=judge, revision=item.revision)
    assert not running(item)
    take_step(item, Action.VERIFY, actor=judge, revision=item.revision)
    assert not running(item)  # nobody has looked at it since
    assert share(item, actor=cast["operator_makassar"])[1]
    assert running(item)


def test_state_says_what_each_person_may_do(shelf, cast, django_assert_num_queries):
    items = [Evidence.objects.select_related("region").get(pk=shelf.decree.pk), shelf.kept]
    makassar, bone = cast["operator_makassar"], cast["operator_bone"]
    assert makassar.scope  # asked for once
    with django_assert_num_queries(2):
        found = share_state(items, makassar)
    assert list(found) == [shelf.decree.pk]
    assert (found[shelf.decree.pk].share, found[shelf.decree.pk].may_stop) == (shelf.share, True)
    found = share_state(items, bone)
    assert (found[shelf.decree.pk].may_stop, found[shelf.decree.pk].may_share) == (False, False)
    assert found[shelf.kept.pk].may_share
    observed = share_state(items, cast["pengamat_makassar"])
    assert not observed[shelf.decree.pk].may_stop
    assert share_state([None], makassar) == {}


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_share_and_one_end(item_of, regions, cast, rubric):
    officer, item = cast["operator_bone"], item_of(regions.bone)
    assert officer.scope
    results = at_once(*[lambda: share(item, actor=officer)] * 4)
    assert outcomes(results) == {"ok": 4}
    assert sorted(begun for _, begun in results) == [False, False, False, True]
    found = Share.objects.get(evidence=item)
    results = at_once(*[lambda: stop(found, actor=officer)] * 4)
    assert sorted(results) == [False, False, False, True]
    assert not running(item)
    told = Entry.objects.filter(object_type="examples.share", object_id=str(found.pk))
    assert told.count() == 2


@pytest.mark.django_db(transaction=True)
def test_sharing_while_the_verification_is_cancelled_leaves_nothing_open(
    item_of, regions, cast, rubric
):
    officer, head, item = cast["operator_bone"], cast["koordinator_sulsel"], item_of(regions.bone)
    assert officer.scope
    assert head.scope
    mine = Evidence.objects.select_related("region__province").get(pk=item.pk)
    at_once(
        lambda: share(item, actor=officer),
        lambda: cancel(mine, actor=head, revision=mine.revision, note="Salah"),
    )
    assert Evidence.objects.get(pk=item.pk).status == "cancelled"
    assert not running(item)

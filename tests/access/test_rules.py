"""Who may do what, and which step leads where: the rules of spec sections 3 and 4, written out.

Beside the pages (test_every_url) so that a right given by mistake is told by its own name.
"""

from dataclasses import astuple
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from apps.accounts.access import login_required, require
from apps.accounts.enums import Act, Role
from apps.accounts.models import Assignment
from apps.accounts.scope import Post, scope_for
from apps.regions.models import Region
from apps.verification.models import Evidence
from apps.verification.steps import STEPS
from tests import makers

# Letters of the acts, in the order of Act: Edit, Verify, Cancel, Pokja, Accounts, periods
# (Terms), aNswer, tarGets. Columns: Kota Makassar, the province 73, Kota Banjarmasin.
LETTERS = dict(zip(Act.values, "EVCPATNG", strict=True))
MAY = {
    "operator_makassar": ("EP", "", ""),
    "operator_bone": ("", "", ""),
    "operator_sulsel": ("", "EP", ""),
    "verifikator_sulsel": ("EVP", "EP", ""),
    "verifikator2_sulsel": ("EVP", "EP", ""),
    "koordinator_sulsel": ("EVCPATNG", "ECPATG", ""),
    "pusat": ("CATNG", "VCATNG", "CATNG"),
    "pengamat_makassar": ("", "", ""),
    "verifikator_kalsel": ("", "", "EVP"),
    "operator_banjarmasin": ("", "", "EP"),
    "admin": ("ECPATG", "ECPATG", "ECPATG"),
}
SEES = {
    "operator_makassar": {"73.71"},
    "operator_sulsel": {"73"},
    "verifikator_sulsel": {"73", "73.71", "73.08"},
    "koordinator_sulsel": {"73", "73.71", "73.08"},
    "pengamat_makassar": {"73.71"},
    "verifikator_kalsel": {"63", "63.71"},
    "pusat": {"73", "73.71", "73.08", "63", "63.71"},
    "admin": {"73", "73.71", "73.08", "63", "63.71"},
}
DASHBOARDS = {  # besides the own region: the own province as the one widening
    "operator_makassar": {"73", "73.71"},
    "operator_sulsel": {"73"},
    "verifikator_sulsel": {"73", "73.71", "73.08"},
    "pengamat_makassar": {"73", "73.71"},
    "operator_banjarmasin": {"63", "63.71"},
    "admin": {"73", "73.71", "73.08", "63", "63.71"},
}
# (from, step) -> (to, act, needs a note, until opened, four eyes, undoes)
FLOW = {
    ("draft", "submit"): ("submitted", "edit", False, False, False, False),
    ("returned", "submit"): ("submitted", "edit", False, False, False, False),
    ("submitted", "withdraw"): ("draft", "edit", False, True, False, False),
    ("submitted", "return"): ("returned", "verify", True, False, True, False),
    ("submitted", "verify"): ("verified", "verify", False, False, True, False),
    ("verified", "cancel"): ("cancelled", "cancel", True, False, False, False),
    ("verified", "undo"): ("submitted", "verify", False, False, False, True),
    ("returned", "undo"): ("submitted", "verify", False, False, False, True),
    ("returned", "requeue"): ("submitted", "answer", True, False, False, False),
}


def letters(user, region):
    return "".join(letter for act, letter in LETTERS.items() if user.scope.can(act, region))


@pytest.mark.parametrize("name", sorted(MAY))
def test_what_each_role_may_do_where(name, cast, regions):
    places = (regions.makassar, regions.sulsel, regions.banjarmasin)
    assert tuple(letters(cast[name], place) for place in places) == MAY[name]


@pytest.mark.parametrize("name", sorted(SEES))
def test_which_rows_each_role_sees(name, cast, regions):
    seen = Region.objects.for_user(cast[name]).values_list("code", flat=True)
    assert sorted(seen) == sorted(SEES[name])


def test_an_observer_sees_what_is_verified_and_nothing_else(cast, regions):
    officer, observer = cast["operator_makassar"], cast["pengamat_makassar"]
    plan = makers.make_plan(makers.make_pokja(regions.makassar), officer)
    for status, seen in (("draft", 0), ("submitted", 0), ("returned", 0), ("verified", 1)):
        Evidence.objects.filter(pk=plan.pk).update(status=status)
        assert Evidence.objects.for_user(observer).count() == seen, status
        assert Evidence.objects.for_user(officer).count() == 1, status


@pytest.mark.parametrize(
    ("closed_to", "who_sees"),
    [
        ((), {"operator_makassar", "pengamat_makassar", "verifikator_sulsel", "pusat"}),
        (("observer",), {"operator_makassar", "verifikator_sulsel", "pusat"}),
        (("operator", "observer"), {"verifikator_sulsel", "pusat"}),
    ],
)
def test_some_rows_are_closed_to_those_of_the_region_itself(closed_to, who_sees, cast, regions):
    class Kind:
        region_path = ""

    Kind.closed_to = closed_to
    seeing = {
        name
        for name in ("operator_makassar", "pengamat_makassar", "verifikator_sulsel", "pusat")
        if Region.objects.filter(cast[name].scope.rows(Kind), pk=regions.makassar.pk).exists()
    }
    assert seeing == who_sees


def test_which_roles_somebody_holds(cast, make_user):
    assert cast["admin"].scope.has_role("admin")
    assert not cast["admin"].scope.has_role("operator", "national")
    assert cast["operator_bone"].scope.has_role("verifier", "operator")
    assert not cast["operator_bone"].scope.has_role("admin")
    assert not make_user().scope.has_role(*Role.values)


@pytest.mark.parametrize("name", sorted(DASHBOARDS))
def test_which_dashboards_each_role_opens(name, cast, regions):
    opened = {r.code for r in Region.objects.all() if cast[name].scope.may_open_dashboard(r)}
    assert opened == DASHBOARDS[name]


def test_a_role_is_named_for_the_record(cast, regions):
    roles = {name: cast[name].scope.role_for(Act.CANCEL, regions.makassar) for name in MAY}
    assert {name: role for name, role in roles.items() if role} == {
        "koordinator_sulsel": "coordinator",
        "pusat": "national",
        "admin": "admin",
    }


def test_of_two_posts_the_nearest_is_named(make_user, regions):
    user = make_user("coordinator", regions.sulsel)
    Assignment.objects.create(user=user, role="operator", region=regions.makassar)
    scope = scope_for(user)
    assert scope.role_for(Act.EDIT, regions.makassar) == "operator"
    assert scope.role_for(Act.EDIT, regions.bone) == "coordinator"
    assert scope.main_post.role == "coordinator"
    assert scope.label == "Koordinator Sulawesi Selatan"


def test_only_an_observer_is_one(cast, regions, make_user):
    assert cast["pengamat_makassar"].scope.is_only_observer_of(regions.makassar)
    assert not cast["pengamat_makassar"].scope.is_only_observer_of(regions.bone)
    assert not cast["operator_makassar"].scope.is_only_observer_of(regions.makassar)


def test_posts_end(make_user, regions):
    user = make_user("operator", regions.makassar)
    day = timezone.localdate()
    held = {None: True, day: True, day - timedelta(days=1): False}
    for until, expected in held.items():
        user.assignments.update(until=until)
        assert bool(scope_for(user).posts) is expected, until
    user.assignments.update(until=None, ended_on=day)
    assert scope_for(user).posts == []
    assert not scope_for(user).may_read_shared
    assert scope_for(user).label == "Belum ada penugasan"


def test_what_the_rules_know_of_a_post(cast, regions):
    here, province = regions.makassar, regions.sulsel
    assert cast["operator_makassar"].scope.posts == [
        Post("operator", here.pk, province.pk, "Kota Makassar", "kota", "73.71", None)
    ]
    assert cast["pusat"].scope.posts == [Post("national", None, None, "", "", "", None)]
    labels = {name: cast[name].scope.label for name in ("admin", "operator_makassar", "pusat")}
    assert labels == {
        "admin": "Admin",
        "operator_makassar": "Operator Kota Makassar",
        "pusat": "Pusat",
    }


def test_who_shares_and_who_reads(cast, make_user):
    assert cast["admin"].scope.may_read_shared
    assert cast["admin"].scope.main_post is None
    assert cast["operator_bone"].scope.may_read_shared
    assert not make_user().scope.may_read_shared


def test_whoever_can_help_is_known_from_the_first_post_that_names_one(make_user, regions):
    user = make_user("operator", regions.makassar)
    assert scope_for(user).helper is None
    Region.objects.filter(pk=regions.sulsel.pk).update(help_name="Ibu Contoh", help_phone="0411")
    assert tuple(scope_for(user).helper) == ("Ibu Contoh", "0411", "")
    Region.objects.filter(pk=regions.sulsel.pk).update(help_phone="", help_email="kb@contoh.id")
    assert tuple(scope_for(user).helper) == ("Ibu Contoh", "", "kb@contoh.id")
    assert make_user("national").scope.helper is None


def test_the_workflow_is_this_table_and_no_other():
    assert {(str(a), str(b)): astuple(step) for (a, b), step in STEPS.items()} == FLOW


def test_require_stops_before_anything_is_done(cast, regions):
    for name, (here, _, _) in MAY.items():
        for act, letter in LETTERS.items():
            if letter in here:
                require(cast[name], act, regions.makassar)
            else:
                with pytest.raises(PermissionDenied):
                    require(cast[name], act, regions.makassar)


def test_a_guarded_view_is_never_entered_without_a_log_in(rf):
    def view(request):
        raise AssertionError("entered")

    for request in (rf.get("/tugas/"), rf.post("/tugas/", {})):
        request.user, request.htmx = AnonymousUser(), False
        assert login_required(view)(request).url == "/masuk/?next=/tugas/"

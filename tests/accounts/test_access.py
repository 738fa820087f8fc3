"""The helpers every page starts with."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views import View

from apps.accounts.access import (
    ScopedView,
    fetch,
    leave_for,
    login_required,
    require,
    require_role,
)
from apps.accounts.enums import Act, Role
from apps.regions.models import Region


def test_a_row_in_scope_is_fetched(operator_bone, regions):
    assert fetch(Region, operator_bone, code="73.08") == regions.bone


def test_a_queryset_is_narrowed_to_the_scope_too(verifikator_sulsel, regions):
    kabkota = Region.objects.exclude(parent=None)
    assert fetch(kabkota, verifikator_sulsel, code="73.71") == regions.makassar
    with pytest.raises(Http404):
        fetch(kabkota, verifikator_sulsel, code="73")


@pytest.mark.parametrize("code", ["73.71", "73", "63.71", "99"])
def test_a_foreign_row_is_not_found_just_as_one_that_does_not_exist(operator_bone, code):
    with pytest.raises(Http404):
        fetch(Region, operator_bone, code=code)


def test_nobody_signed_in_finds_nothing(regions):
    with pytest.raises(Http404):
        fetch(Region, AnonymousUser(), code="73.08")


def test_an_act_the_role_allows_passes(operator_bone, regions):
    assert require(operator_bone, Act.EDIT, regions.bone) is None


def test_an_act_the_role_does_not_allow_is_refused_in_words(pengamat_makassar, regions):
    with pytest.raises(PermissionDenied) as refusal:
        require(pengamat_makassar, Act.EDIT, regions.makassar)
    assert str(refusal.value) == (
        "Peran Anda tidak dapat mengisi, mengirim, dan menarik kembali data Kota Makassar."
    )


def test_a_role_is_asked_for_by_name(operator_bone):
    assert require_role(operator_bone, Role.OPERATOR, Role.VERIFIER) is None
    with pytest.raises(PermissionDenied):
        require_role(operator_bone, Role.VERIFIER)


class RegionPage(ScopedView, View):
    def get(self, request, code):
        region = self.get_scoped(Region, code=code)
        self.require(Act.VERIFY, region)
        return HttpResponse(region.name)


@pytest.mark.parametrize(
    ("name", "code", "outcome"),
    [
        ("verifikator_sulsel", "73.08", "Kabupaten Bone"),
        ("operator_bone", "73.08", PermissionDenied),
        ("verifikator_kalsel", "73.08", Http404),
        ("verifikator_sulsel", "73", PermissionDenied),
    ],
)
def test_a_scoped_view_answers_404_outside_and_403_for_the_wrong_role(
    request, rf, name, code, outcome
):
    page = rf.get("/")
    page.user = request.getfixturevalue(name)
    if isinstance(outcome, str):
        assert RegionPage.as_view()(page, code=code).content.decode() == outcome
    else:
        with pytest.raises(outcome):
            RegionPage.as_view()(page, code=code)


def test_a_scoped_view_sends_visitors_to_sign_in(rf, db):
    page = rf.get("/wilayah/73.08/")
    page.user = AnonymousUser()
    assert RegionPage.as_view()(page, code="73.08").url == "/masuk/?next=/wilayah/73.08/"


def guarded(user, request):
    request.user, request.htmx = user, False
    return login_required(lambda request: HttpResponse("masuk"))(request)


def test_a_view_behind_the_log_in_is_for_those_who_are_signed_in(rf, operator_bone):
    assert guarded(operator_bone, rf.get("/pokja/")).content == b"masuk"
    sent_away = guarded(AnonymousUser(), rf.get("/pokja/?cari=Bone"))
    assert sent_away.url == "/masuk/?next=/pokja/%3Fcari%3DBone"


def test_what_was_typed_when_the_log_in_ended_is_shown_again(rf, db):
    own = {"HTTP_ORIGIN": "http://testserver"}
    typed = guarded(AnonymousUser(), rf.post("/pokja/", {"uraian": "Rapat contoh"}, **own))
    assert typed.status_code == 403
    assert b"Rapat contoh" in typed.content
    assert guarded(AnonymousUser(), rf.post("/pokja/", **own)).status_code == 302


def test_what_another_site_posted_is_not(rf):
    foreign = rf.post("/pokja/", {"uraian": "Rapat contoh"}, HTTP_ORIGIN="https://lain.test")
    assert guarded(AnonymousUser(), foreign).status_code == 302


def test_a_part_of_a_page_leaves_as_a_whole_page(rf):
    """The page the browser shows is the one to come back to, not the part that was asked for."""
    asked = rf.get("/pokja/bagian/")
    asked.user = AnonymousUser()
    asked.htmx = SimpleNamespace(current_url_abs_path="/pokja/?cari=Bone#bawah")
    answer = leave_for(asked, "/masuk/")
    assert answer.status_code == 200
    assert answer["HX-Redirect"] == "/masuk/?next=/pokja/%3Fcari%3DBone"
    asked.htmx.current_url_abs_path = None
    assert leave_for(asked, "/masuk/")["HX-Redirect"] == "/masuk/?next=/"

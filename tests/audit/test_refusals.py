"""Every refusal of somebody who is signed in leaves one row, and a flood of them few."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError
from django.test import RequestFactory

from apps.audit import refusals
from apps.audit.models import Entry, Refusal
from apps.audit.refusals import KEPT, MOST, forget_old, note_refusal
from apps.verification.models import Evidence
from tests.filing import pages
from tests.makers import make_plan, make_pokja


@pytest.fixture
def locked(regions, operator_makassar):
    """A verified work plan of Makassar, and the address that changes it."""
    plan = make_plan(make_pokja(regions.makassar), operator_makassar)
    Evidence.objects.filter(pk=plan.pk).update(status="verified")
    return plan


def rows():
    return list(Refusal.objects.order_by("id").values_list("actor__username", "address", "status"))


def test_a_write_to_what_is_locked_leaves_one_row_and_changes_nothing(
    locked, client_of, operator_makassar
):
    before, entries = Evidence.objects.values().get(pk=locked.pk), Entry.objects.count()
    path = f"/pokja/{locked.work_plan.pokja_id}/2026/isi/rencana-kerja/"
    aimed = {"bukti": str(locked.pk), "revision": str(locked.revision)}
    answer = client_of(operator_makassar).post(
        path, pages.rows("kegiatan", pages.ACTIVITY, **aimed)
    )
    assert answer.status_code == 409
    row = Refusal.objects.get()
    assert (row.actor, row.role, row.zone) == (operator_makassar, "operator", "WITA")
    assert (row.method, row.address, row.status, row.count) == ("POST", path, 409, 1)
    assert Evidence.objects.values().get(pk=locked.pk) == before
    assert Entry.objects.count() == entries


def test_who_may_not_and_what_is_foreign_leave_a_row_with_its_reason(
    locked, client_of, operator_makassar, verifikator_kalsel
):
    own, foreign = client_of(operator_makassar), client_of(verifikator_kalsel)
    assert own.post(f"/verifikasi/{locked.pk}/setujui/").status_code == 403
    assert foreign.get(f"/verifikasi/{locked.pk}/").status_code == 404
    assert rows() == [
        ("operator_makassar", f"/verifikasi/{locked.pk}/setujui/", 403),
        ("verifikator_kalsel", f"/verifikasi/{locked.pk}/", 404),
    ]
    assert Refusal.objects.first().reason == ""
    assert Refusal.objects.last().reason == "Halaman verifikasi hanya untuk verifikator."


def test_the_administration_turns_people_away_with_a_row(client_of, operator_makassar):
    assert client_of(operator_makassar).get("/admin/").status_code == 302
    assert rows() == [("operator_makassar", "/admin/", 302)]


def test_no_refusal_no_row(client, client_of, operator_makassar):
    signed_in = client_of(operator_makassar)
    assert signed_in.get("/tugas/").status_code == 200
    assert signed_in.get("/tidak-ada-sama-sekali/").status_code == 404  # no such address
    assert client.get("/tugas/").status_code == 302  # to the log-in
    assert client.get("/admin/").status_code == 302
    assert rows() == []


@pytest.fixture
def refused(operator_makassar):
    """A request of the operator, as the middleware sees it."""
    request = RequestFactory().post("/verifikasi/1/setujui/?nama=Haji+Fulan")
    request.user, request.resolver_match = operator_makassar, None
    return request


def test_a_flood_is_counted_and_ends_with_its_minute(refused, admin, time_machine):
    time_machine.move_to(datetime(2026, 3, 12, 3, 0, tzinfo=UTC), tick=False)
    for _ in range(MOST + 5):
        note_refusal(refused, 403)
    assert list(Refusal.objects.values_list("count", flat=True)) == [6] + [1] * (MOST - 1)
    refused.user = admin
    note_refusal(refused, 403)
    assert Refusal.objects.filter(actor=admin, role="admin").count() == 1
    time_machine.shift(timedelta(minutes=1, seconds=1))
    note_refusal(refused, 403)
    assert Refusal.objects.filter(actor=admin).count() == 2
    assert Refusal.objects.count() == MOST + 2


def test_nothing_that_was_typed_and_no_secret_is_kept(refused, client_of, operator_makassar):
    note_refusal(refused, 403)
    refused.path, refused.resolver_match = "/undangan/rahasiakah/", MatchOf(token="rahasiakah")
    note_refusal(refused, 404)
    assert [row[1] for row in rows()] == ["/verifikasi/1/setujui/", "/undangan/…/"]


class MatchOf:
    def __init__(self, **kwargs):
        self.kwargs = kwargs


def test_a_database_in_trouble_changes_no_answer(client_of, pengamat_makassar, monkeypatch):
    def fails(request, status):
        raise OperationalError("terkunci")

    monkeypatch.setattr(refusals, "_note", fails)
    assert client_of(pengamat_makassar).get("/verifikasi/").status_code == 403
    assert rows() == []


def test_rows_go_after_a_year(refused, time_machine):
    time_machine.move_to(datetime(2026, 3, 12, 3, 0, tzinfo=UTC), tick=False)
    note_refusal(refused, 403)
    assert forget_old() == 0
    time_machine.shift(KEPT + timedelta(minutes=1))
    assert forget_old() == 1


def test_only_administrators_read_them(client_of, admin, make_user, regions, refused):
    from django.contrib.auth.models import Permission

    note_refusal(refused, 403)
    staff = make_user("coordinator", regions.sulsel, "staf", is_staff=True)
    staff.user_permissions.set(Permission.objects.filter(content_type__app_label="audit"))
    assert client_of(staff).get("/admin/audit/refusal/").status_code == 403
    page = client_of(admin).get("/admin/audit/refusal/")
    assert "/verifikasi/1/setujui/" in page.text
    assert client_of(admin).post("/admin/audit/refusal/add/").status_code == 403


def test_what_it_costs(refused, django_assert_num_queries):
    assert refused.user.scope
    with django_assert_num_queries(4):  # with the savepoint's two
        note_refusal(refused, 403)

"""Taking more than was given: forged fields, replayed forms, rights by the back door."""

import pytest

from apps.accounts.models import Assignment, User
from apps.verification.models import Evidence, History
from safety.hunts.workflow import marks
from tests import makers
from tests.filing import pages


@pytest.fixture
def pokja(regions, today):
    return makers.make_pokja(regions.makassar)


@pytest.fixture
def foreign(regions, operator_banjarmasin):
    pokja = makers.make_pokja(regions.banjarmasin, code="bjm-bk", name="Pokja Rahasia")
    return makers.make_plan(pokja, operator_banjarmasin)


@pytest.fixture
def officer(client_of, operator_makassar):
    return client_of(operator_makassar)


def posted(client, pokja, step, data):
    return client.post(pages.step_url(pokja, step), data)


def test_the_hidden_number_of_a_foreign_item_is_not_found(officer, pokja, foreign):
    data = pages.rows("kegiatan", pages.ACTIVITY, bukti=str(foreign.pk), revision="0")
    response = posted(officer, pokja, "rencana-kerja", data)
    assert response.status_code == 404
    assert "Rahasia" not in response.content.decode()
    assert Evidence.objects.get() == foreign


def test_a_foreign_pokja_cannot_be_put_under_an_own_decree(officer, pokja, foreign):
    theirs = foreign.work_plan.pokja
    data = pages.decree(pokja, coverage=[str(pokja.pk), str(theirs.pk)])
    response = posted(officer, pokja, "sk", data)
    assert response.status_code == 200
    assert "Rahasia" not in response.content.decode()
    assert not Evidence.objects.filter(kind="decree").exists()


@pytest.mark.parametrize(
    "extra",
    [{"status": "verified"}, {"region": "63.71"}, {"decided_by": "1"}, {"created_by": "1"}],
)
def test_state_owner_and_region_do_not_come_from_a_form(
    officer, operator_makassar, pokja, regions, extra
):
    posted(officer, pokja, "rencana-kerja", pages.rows("kegiatan", pages.ACTIVITY, **extra))
    item = Evidence.objects.get()
    assert (item.status, item.region, item.decided_by, item.created_by) == (
        "draft",
        regions.makassar,
        None,
        operator_makassar,
    )


def test_a_replayed_approval_decides_once(client_of, verifikator_sulsel, operator_makassar, pokja):
    from apps.evidence.services import submit

    plan = makers.make_plan(pokja, operator_makassar)
    submit(plan, actor=operator_makassar, revision=plan.revision)
    judge, data = client_of(verifikator_sulsel), marks(plan)
    answers = [judge.post(f"/verifikasi/{plan.pk}/setujui/", data).status_code for _ in range(3)]
    assert answers == [303, 409, 409]
    assert History.objects.filter(evidence=plan, action="verify").count() == 1


def test_a_replayed_submission_sends_once(officer, operator_makassar, pokja):
    plan = makers.make_plan(pokja, operator_makassar)
    ticked = {f"send_{plan.pk}": "on", f"revision_{plan.pk}": plan.revision, "statement": "on"}
    address = f"/pokja/{pokja.pk}/2026/isi/periksa/"
    for _ in range(3):
        assert officer.post(address, ticked).status_code < 500
    assert History.objects.filter(evidence=plan, action="submit").count() == 1


@pytest.mark.parametrize("role", ["coordinator", "national", "admin", "superuser"])
def test_an_invitation_gives_no_post_above_ones_own(client_of, koordinator_sulsel, regions, role):
    before = User.objects.count(), Assignment.objects.count()
    client_of(koordinator_sulsel).post(
        "/akun/undang/",
        {
            "full_name": "Andi Tenri",
            "office": "OPD KB",
            "role": role,
            "region": regions.sulsel.pk,
            "channel": "code",
            "is_superuser": "on",
        },
    )
    assert (User.objects.count(), Assignment.objects.count()) == before


def test_an_invited_account_has_no_rights_that_came_along(client_of, koordinator_sulsel, regions):
    client_of(koordinator_sulsel).post(
        "/akun/undang/",
        {
            "full_name": "Andi Tenri",
            "office": "OPD KB",
            "role": "operator",
            "region": regions.bone.pk,
            "channel": "code",
            "is_superuser": "on",
            "is_staff": "on",
            "is_active": "on",
        },
    )
    new = User.objects.latest("pk")
    assert (new.full_name, new.is_superuser, new.is_staff) == ("Andi Tenri", False, False)


def test_nobody_gives_themselves_rights_on_the_profile_page(officer, operator_makassar):
    officer.post("/profil/", {"full_name": "X", "is_superuser": "on", "is_staff": "on"})
    operator_makassar.refresh_from_db()
    assert (operator_makassar.is_superuser, operator_makassar.is_staff) == (False, False)

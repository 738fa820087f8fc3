"""Into practice mode, about in it, and out of it again."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.pokja.models import Pokja
from apps.practice import rooms
from apps.practice.roles import ROLES
from apps.verification.models import Evidence

pytestmark = pytest.mark.django_db

STRIP = 'class="pk-practice"'


def text(response):
    return response.content.decode()


def test_outside_no_page_shows_the_strip(operator_bone, client_of):
    page = client_of(operator_bone).get("/latihan/")
    assert page.status_code == 200
    assert STRIP not in text(page)
    assert "Mulai berlatih" in text(page)


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_each_role_begins_where_its_work_begins(role, operator_bone, practising):
    client = practising(operator_bone, role.key)
    page = client.get("/beranda/", follow=True)
    assert page.status_code == 200
    assert STRIP in text(page)
    assert role.full_name in text(page)
    assert f"Peran: {role.label}." in text(page)
    assert f"Anda berlatih sebagai {role.label}." in text(page)


@pytest.mark.parametrize("who", ["operator_bone", "pusat", "pengamat_makassar", "admin"])
def test_everybody_may_enter_and_is_the_chosen_role_only(who, request, practising):
    client = practising(request.getfixturevalue(who), "petugas")
    page = text(client.get("/profil/"))
    assert "Petugas Latihan" in page
    assert client.get("/verifikasi/").status_code == 403
    assert client.get("/admin/").status_code == 403


def test_somebody_without_a_post_may_practise(make_user, practising):
    client = practising(make_user(), "verifikator")
    assert client.get("/verifikasi/").status_code == 200


def test_the_work_of_one_role_is_there_for_the_next(operator_bone, practising, inside_room):
    client = practising(operator_bone, "petugas")
    with inside_room(operator_bone):
        item = Evidence.objects.get(kind="indicator_set", status="submitted", region__code="99.01")
        plan = item.indicator_set
    path = f"/pokja/{plan.pokja_id}/{plan.year}/bukti/{item.pk}/tarik-kembali/"
    assert client.post(path, {"revision": item.revision}).status_code in (302, 303)
    with inside_room(operator_bone):
        item.refresh_from_db()
        assert item.status == "draft"
        assert item.history.order_by("-pk")[0].actor.username == "petugas.latihan"
    practising(client, "verifikator")
    queue = text(client.get("/verifikasi/"))
    assert "Latihan Dua" in queue
    assert f"/verifikasi/{item.pk}/" not in queue


def test_an_unknown_role_is_told_and_nothing_begins(operator_bone, client_of):
    client = client_of(operator_bone)
    for given in ({}, {"peran": "admin"}, {"peran": "petugas\0"}):
        page = client.post("/latihan/masuk/", given)
        assert page.status_code == 200
        assert "eran yang ingin dicoba" in text(page)
        assert STRIP not in text(client.get("/tugas/"))
    assert rooms.kept_room(operator_bone.pk) is None


def test_leaving_leads_back_to_the_own_work(operator_bone, practising):
    client = practising(operator_bone, "verifikator")
    page = client.post("/latihan/keluar/", follow=True)
    assert page.redirect_chain[-1][0] == "/tugas/"
    assert STRIP not in text(page)
    assert "Anda kembali ke portal yang sesungguhnya." in text(page)
    assert "Operator Bone" in text(page)
    assert client.post("/latihan/keluar/").status_code == 302  # once more is no error


def test_what_a_room_said_last_is_not_said_outside(operator_bone, practising):
    client = practising(operator_bone)  # its greeting has not been shown yet
    page = text(client.post("/latihan/keluar/", follow=True))
    assert "Anda berlatih sebagai" not in page


def test_a_room_is_kept_for_the_next_time(operator_bone, practising):
    client = practising(operator_bone)
    room = rooms.kept_room(operator_bone.pk)
    client.post("/latihan/keluar/")
    page = text(client.get("/latihan/"))
    assert "Lanjutkan berlatih" in page
    practising(client, "koordinator")
    assert rooms.kept_room(operator_bone.pk) == room


def test_one_click_begins_anew(operator_bone, practising, inside_room):
    client = practising(operator_bone)
    with inside_room(operator_bone):
        names = set(Pokja.objects.values_list("name", flat=True))
        Pokja.objects.update(name="Berubah")
    assert "Berubah" in text(client.get("/pokja/"))
    page = client.post("/latihan/mulai-ulang/", follow=True)
    assert page.status_code == 200
    assert "Latihan dimulai ulang." in text(page)
    assert STRIP in text(page)
    assert "Berubah" not in text(client.get("/pokja/"))
    with inside_room(operator_bone):
        assert set(Pokja.objects.values_list("name", flat=True)) == names


def test_old_rooms_do_not_pile_up(operator_bone, practising, settings, monkeypatch):
    monkeypatch.setattr(rooms, "COPIED_WITHIN", -1)
    client = practising(operator_bone)
    for _ in range(4):
        assert client.post("/latihan/mulai-ulang/").status_code == 302
    kept = [path for path in rooms.rooms_of(operator_bone.pk).iterdir() if path.is_dir()]
    assert len(kept) == 2  # in use, and the one another tab may still be reading


def test_entering_and_leaving_is_on_the_real_record(operator_bone, practising):
    client = practising(operator_bone, "petugas")
    practising(client, "verifikator")
    client.post("/latihan/mulai-ulang/")
    client.post("/latihan/keluar/")
    told = list(Entry.objects.order_by("pk").values_list("action", "actor", "after__peran"))
    assert told == [
        ("Masuk mode latihan", operator_bone.pk, "Petugas kabupaten"),
        ("Masuk mode latihan", operator_bone.pk, "Verifikator provinsi"),
        ("Memulai ulang latihan", operator_bone.pk, None),
        ("Keluar dari mode latihan", operator_bone.pk, None),
    ]


def test_an_expired_session_ends_the_practice(operator_bone, practising, today):
    client = practising(operator_bone)
    with time_machine.travel(timezone.now() + timedelta(hours=13), tick=False):
        gone = client.get("/tugas/")
        assert gone["Location"] == "/masuk/?next=/tugas/"
        client.force_login(operator_bone)
        page = text(client.get("/tugas/"))
    assert STRIP not in page
    assert "Operator Bone" in page


def test_logging_out_inside_ends_the_real_session(operator_bone, practising):
    client = practising(operator_bone)
    assert Session.objects.count() == 1
    answer = client.post("/keluar/")
    assert answer["Location"] == "/"
    assert not Session.objects.exists()
    assert client.get("/tugas/")["Location"].startswith("/masuk/")


def test_whoever_is_deactivated_is_out_at_once(operator_bone, practising):
    client = practising(operator_bone)
    User.objects.filter(pk=operator_bone.pk).update(is_active=False)
    assert client.get("/tugas/")["Location"].startswith("/masuk/")


def test_a_password_to_be_changed_comes_first(make_user, regions, client_of):
    person = make_user("operator", regions.bone, must_change_password=True)
    answer = client_of(person).post("/latihan/masuk/", {"peran": "petugas"})
    assert answer["Location"].startswith("/sandi/ganti/")


def test_a_room_that_cannot_be_made_is_told(operator_bone, client_of, settings, tmp_path):
    blocked = tmp_path / "berkas-biasa"
    blocked.write_text("")
    settings.PRACTICE_ROOT = blocked
    client = client_of(operator_bone)
    page = client.post("/latihan/masuk/", {"peran": "petugas"})
    assert page.status_code == 503
    assert "Ruang latihan belum dapat dibuat." in text(page)
    assert STRIP not in text(client.get("/tugas/"))
    assert not Entry.objects.exists()


def test_a_room_lost_meanwhile_never_sends_its_forms_to_the_real_data(
    operator_bone, practising, settings, tmp_path
):
    client = practising(operator_bone)
    blocked = tmp_path / "berkas-biasa"
    blocked.write_text("")
    settings.PRACTICE_ROOT = blocked
    answer = client.post("/pokja/tambah/", {"name": "Pokja Latihan"})
    assert answer["Location"] == "/latihan/"
    assert not Pokja.objects.exists()


def test_a_room_of_an_older_portal_is_made_anew(operator_bone, practising, monkeypatch):
    client = practising(operator_bone)
    room = rooms.kept_room(operator_bone.pk)
    older = room.rename(room.with_name("000000000000-" + room.name.partition("-")[2]))
    rooms.point_to(older)
    assert rooms.kept_room(operator_bone.pk) is None
    page = client.get("/tugas/")
    assert page.status_code == 200
    assert STRIP in text(page)
    assert rooms.kept_room(operator_bone.pk) not in (None, older)


def test_error_pages_say_where_one_is(operator_bone, practising):
    client = practising(operator_bone)
    for path, status in (("/tidak-ada/", 404), ("/verifikasi/", 403), ("/sandi/ganti/", 403)):
        page = client.get(path)
        assert page.status_code == status
        assert STRIP in text(page)


def test_a_broken_page_says_where_one_is(operator_bone, practising, monkeypatch):
    client = practising(operator_bone)
    client.raise_request_exception = False

    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("apps.accounts.views.render", broken)
    page = client.get("/profil/")
    assert page.status_code == 500
    assert STRIP in text(page)
    assert STRIP in text(client.get("/latihan/"))  # the next request is whole again

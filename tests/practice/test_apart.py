"""Practice and the real data never meet: nothing leaks in, nothing comes out."""

import pytest
from django.apps import apps
from django.contrib.auth import SESSION_KEY, login
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.mail import send_mail
from django.db import connection, connections, transaction
from django.http import HttpResponse

from apps.accounts.models import User
from apps.audit.models import Entry, Head
from apps.core import practice
from apps.pokja.models import Pokja
from apps.practice.roles import ROLES
from apps.practice.template import FIRST_ID
from apps.regions.models import Region
from tests.access.table import TABLE
from tests.access.test_every_url import address, scenes  # noqa: F401 - a fixture
from tests.makers import make_pokja

pytestmark = pytest.mark.django_db

SECRET = "Rahasia Sungguhan"
OF_THE_CROSSING = {Session, Entry}
ITSELF = {route for route in TABLE if route.startswith("latihan/") or route == "keluar/"}


@pytest.fixture
def planted(scenes):  # noqa: F811
    """Real rows whose words must never be read from inside a room."""
    Pokja.objects.update(name=f"Pokja {SECRET}")
    User.objects.update(full_name=SECRET, office=SECRET)
    for region in Region.objects.all():
        Region.objects.filter(pk=region.pk).update(name=f"{SECRET} {region.pk}", short_name=SECRET)
    return scenes


def everything():
    """Every row of every table of the real database, but for sessions and the trail."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list()))
        for model in apps.get_models(include_auto_created=True)
        if model not in OF_THE_CROSSING and model._meta.managed
    }


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_no_address_reads_or_changes_anything_real(role, planted, admin, practising, today):
    client = practising(admin, role.key)
    before, trail = everything(), Entry.objects.count()
    for route, (method, _, _) in sorted(TABLE.items()):
        if route in ITSELF:
            continue
        path = address(route, planted[0])
        ask = client.get if method == "GET" else client.post
        response = ask(path)
        content = response.getvalue() if response.streaming else response.content
        assert SECRET.encode() not in content, path
        assert response.status_code < 500, path
        if "<int:pk>" in route or "<uuid:uuid>" in route:
            assert response.status_code in (403, 404), path
    assert everything() == before
    assert Entry.objects.count() == trail


@pytest.mark.parametrize("role", ROLES, ids=lambda role: role.key)
def test_after_leaving_nothing_of_the_room_is_seen(role, planted, operator_bone, practising, today):
    client = practising(operator_bone, role.key)
    before = everything()
    client.post("/latihan/keluar/")
    client.get("/latihan/")
    for path in ("/tugas/", "/pokja/", "/dokumen/", "/dasbor/nasional/2026/", "/profil/"):
        page = client.get(path)
        assert "Latihan Satu" not in page.content.decode(), path
    assert everything() == before


def test_two_people_never_share_a_room(operator_bone, operator_makassar, practising, inside_room):
    one, other = practising(operator_bone), practising(operator_makassar)
    with inside_room(operator_bone):
        Pokja.objects.update(name="Hanya milik Bone")
    assert "Hanya milik Bone" in one.get("/pokja/").content.decode()
    assert "Hanya milik Bone" not in other.get("/pokja/").content.decode()


def test_no_number_of_a_room_is_a_real_one(operator_bone, practising, inside_room):
    practising(operator_bone)
    with inside_room(operator_bone):
        for model in apps.get_models():
            key = model._meta.pk
            # The end of the audit chain is one row, which nothing else points to.
            if key.get_internal_type() == "BigAutoField" and model is not Head:
                lowest = model._base_manager.order_by("pk").values_list("pk", flat=True).first()
                assert lowest is None or lowest > FIRST_ID, model


def test_a_session_is_never_kept_in_a_room(operator_bone, practising, inside_room):
    client = practising(operator_bone)
    client.get("/tugas/")
    with inside_room(operator_bone):
        assert not Session.objects.exists()
        session = client.session
        session["uji"] = 1
        session.save()
        assert not Session.objects.exists()
    assert client.session["uji"] == 1


def test_what_one_side_keeps_in_the_session_stays_there(operator_bone, client_of, practising):
    client = client_of(operator_bone)
    session = client.session
    session["pratinjau"] = 7
    session.save()
    practising(client)
    assert "pratinjau" not in client.session
    session = client.session
    session["pratinjau"] = 8
    session.save()
    client.post("/latihan/keluar/")
    assert "pratinjau" not in client.session
    assert client.session[SESSION_KEY] == str(operator_bone.pk)


def test_who_signs_in_inside_a_room_gets_no_real_session(operator_bone, practising, monkeypatch):
    """No page does so today; one that did would take a room's number out to the real accounts."""
    client = practising(operator_bone)

    def profile(request, *args, **kwargs):
        other = User.objects.get(username="koordinator.latihan")
        login(request, other, "django.contrib.auth.backends.ModelBackend")
        return HttpResponse("masuk")

    monkeypatch.setattr("apps.accounts.views.render", profile)
    answer = client.get("/profil/")
    assert answer["Location"] == "/masuk/"
    monkeypatch.undo()
    assert SESSION_KEY not in client.session
    assert client.get("/tugas/")["Location"].startswith("/masuk/")


def test_a_superuser_is_none_inside(admin, practising):
    client = practising(admin, "pengamat")
    assert client.get("/admin/accounts/user/").status_code == 403
    assert client.get("/verifikasi/").status_code == 403
    assert client.get("/dasbor/99/").status_code == 302


def test_the_real_password_cannot_be_changed_inside(operator_bone, practising):
    client = practising(operator_bone)
    posted = {
        "old_password": "kata-sandi-uji",
        "new_password1": "sandi-baru-panjang",
        "new_password2": "sandi-baru-panjang",
    }
    assert client.post("/sandi/ganti/", posted).status_code == 403
    assert client.post("/lupa-sandi/", {"email": operator_bone.email}).status_code == 403
    operator_bone.refresh_from_db()
    assert operator_bone.check_password("kata-sandi-uji")
    assert mail.outbox == []


def test_no_mail_leaves_a_room(operator_bone, practising, inside_room, settings):
    settings.REAL_EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.EMAIL_BACKEND = "apps.practice.mail.EmailBackend"
    practising(operator_bone)
    with inside_room(operator_bone):
        assert send_mail("Latihan", "isi", "a@uji.test", ["b@uji.test"]) == 1
        assert mail.outbox == []
        with practice.outside():
            send_mail("Dari luar", "isi", "a@uji.test", ["b@uji.test"])
    assert send_mail("Sungguhan", "isi", "a@uji.test", ["b@uji.test"]) == 1
    assert [message.subject for message in mail.outbox] == ["Dari luar", "Sungguhan"]


def test_the_cache_keeps_rooms_apart(
    operator_bone, operator_makassar, practising, inside_room, settings
):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "KEY_FUNCTION": "apps.core.practice.cache_key",
            "LOCATION": "uji-latihan",
        }
    }
    client = practising(operator_bone)
    practising(operator_makassar)
    cache.set("angka", "sungguhan")
    with inside_room(operator_bone):
        assert cache.get("angka") is None
        cache.set("angka", "latihan")
    with inside_room(operator_makassar):
        assert cache.get("angka") is None
    assert cache.get("angka") == "sungguhan"
    client.post("/latihan/mulai-ulang/")
    with inside_room(operator_bone):
        assert cache.get("angka") is None  # the figures of before are not those of the new room


def test_the_production_cache_asks_for_the_room():
    from pokja_portal import settings as production

    assert production.CACHES["default"]["KEY_FUNCTION"] == "apps.core.practice.cache_key"
    assert production.EMAIL_BACKEND == "apps.practice.mail.EmailBackend"
    assert production.SESSION_ENGINE == "apps.practice.sessions"
    assert production.TASKS["default"]["BACKEND"] == "apps.practice.tasks.RoomBackend"


def test_no_page_of_a_room_remembers_numbers_of_content_types(operator_bone, practising):
    """Django keeps those for the whole process, whatever database they came from."""
    ContentType.objects.clear_cache()
    client = practising(operator_bone, "koordinator")
    for path in ("/verifikasi/", "/pokja/", "/dasbor/99/2026/", "/dokumen/", "/profil/"):
        client.get(path)
    assert ContentType.objects._cache == {}


def test_the_real_connection_comes_back_whatever_happens(operator_bone, practising, inside_room):
    practising(operator_bone)
    real = connections["default"]

    def fail():
        with inside_room(operator_bone), transaction.atomic():
            assert connection.vendor == "sqlite"
            assert connections["default"] is not real
            with practice.outside():
                assert connections["default"] is real
                assert User.objects.filter(pk=operator_bone.pk).exists()
            assert not User.objects.filter(pk=operator_bone.pk).exists()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert connections["default"] is real
    assert practice.current() is None


def test_a_stranger_with_a_forged_cookie_is_nobody(client):
    client.cookies["sessionid"] = "x" * 32
    assert client.get("/latihan/")["Location"].startswith("/masuk/")
    assert client.post("/latihan/masuk/", {"peran": "petugas"})["Location"].startswith("/masuk/")


def test_real_pokja_count_in_no_room_and_the_reverse(regions, operator_bone, practising):
    make_pokja(regions.bone, code="bone-uji", name="Pokja Sungguhan")
    client = practising(operator_bone, "pusat")
    inside = client.get("/dasbor/nasional/2026/").content.decode()
    client.post("/latihan/keluar/")
    assert Pokja.objects.count() == 1
    assert "Latihan" in inside
    assert (
        "Latihan" not in client.get("/dasbor/nasional/2026/").content.decode().partition("<main")[2]
    )


def test_the_cache_key_of_the_real_data_is_django_s_own():
    from django.core.cache.backends.base import default_key_func

    assert practice.cache_key("a", "b", 1) == default_key_func("a", "b", 1)

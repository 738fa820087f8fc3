"""Acts that are hard to undo ask who it is; nothing that was sent is lost over it."""

import pyotp
import pytest

from apps.accounts.models import Assignment, User
from tests.accounts.test_second_step import given
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

PERSON = {"full_name": "Andi Tenri", "role": "operator", "channel": "code", "office": "Dinas <KB>"}


@pytest.fixture
def late(time_machine, koordinator_sulsel, client_of):
    """A koordinator who signed in 15 minutes and a second ago."""
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    client = client_of(koordinator_sulsel)
    time_machine.shift(15 * 60 + 1)
    return client


def invited():
    return User.objects.filter(full_name="Andi Tenri").count()


def test_within_fifteen_minutes_nobody_is_asked(
    time_machine, koordinator_sulsel, client_of, regions
):
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    client = client_of(koordinator_sulsel)
    time_machine.shift(15 * 60)
    client.post("/akun/undang/", PERSON | {"region": regions.bone.pk})
    assert invited() == 1


def test_later_the_form_waits_on_the_page_that_asks(late, regions):
    page = late.post("/akun/undang/", PERSON | {"region": regions.bone.pk})
    assert (page.status_code, invited()) == (403, 0)
    text = page.content.decode()
    assert '<input type="hidden" name="full_name" value="Andi Tenri">' in text
    assert 'value="Dinas &lt;KB&gt;"' in text
    assert 'action="/akun/undang/"' in text


def test_the_password_sends_it_on_and_counts_for_the_next(late, regions):
    sent = PERSON | {"region": regions.bone.pk}
    answer = late.post("/akun/undang/", sent | {"pastikan-password": PASSWORD})
    assert (answer.status_code, invited()) == (302, 1)
    late.post("/akun/undang/", sent | {"decision": "baru"})
    assert invited() == 2


@pytest.mark.parametrize("password", ["salah-sekali", "", "\x00", "x" * 3000])
def test_a_wrong_password_sends_nothing_on_and_keeps_the_form(late, regions, password):
    sent = PERSON | {"region": regions.bone.pk, "pastikan-password": password}
    page = late.post("/akun/undang/", sent)
    assert (page.status_code, invited()) == (200, 0)
    assert page.context["form"].errors
    assert ("full_name", "Andi Tenri") in page.context["kept"]
    assert "pastikan-password" not in dict(page.context["kept"])


def test_passwords_are_guessed_here_no_more_often_than_elsewhere(late, regions):
    sent = PERSON | {"region": regions.bone.pk}
    for _ in range(5):
        late.post("/akun/undang/", sent | {"pastikan-password": "salah-sekali"})
    late.post("/akun/undang/", sent | {"pastikan-password": PASSWORD})
    assert invited() == 0


def test_with_a_second_step_the_code_is_asked_too(
    time_machine, koordinator_sulsel, client_of, regions
):
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    client, secret, _ = given(koordinator_sulsel, client_of)
    time_machine.shift(3000)
    sent = PERSON | {"region": regions.bone.pk, "pastikan-password": PASSWORD}
    assert client.post("/akun/undang/", sent).context["form"].errors.keys() == {"code"}
    client.post("/akun/undang/", sent | {"pastikan-code": pyotp.TOTP(secret).now()})
    assert invited() == 1


def test_pages_to_look_at_are_not_asked_for(late):
    assert late.get("/akun/undang/").status_code == 200


def test_a_new_password_in_a_form_is_not_written_into_the_page(time_machine, client_of, admin):
    time_machine.move_to("2026-03-12T03:00:00Z", tick=False)
    client = client_of(admin)
    time_machine.shift(3000)
    words = {"username": "baru", "password1": "rahasia-sekali-99", "password2": "rahasia-sekali-99"}
    page = client.post("/admin/accounts/user/add/", words)
    assert (page.status_code, User.objects.filter(username="baru").exists()) == (403, False)
    assert "rahasia-sekali-99" not in page.content.decode()
    assert dict(page.context["kept"]) == {"username": "baru"}


def test_the_acts_that_ask(late, koordinator_sulsel, operator_bone, client_of, time_machine, admin):
    post = Assignment.objects.get(user=operator_bone)
    by_koordinator = [
        f"/akun/{operator_bone.pk}/kode-baru/",
        f"/akun/{operator_bone.pk}/nonaktifkan/",
        f"/akun/{operator_bone.pk}/penugasan/{post.pk}/akhiri/",
        f"/akun/{operator_bone.pk}/dua-langkah/lepas/",
        f"/serah-terima/{post.pk}/",
        "/buku/2025/73/tutup/",
        "/buku/2025/73/73.08/buka-kembali/",
        "/profil/dua-langkah/kode-baru/",
        "/profil/dua-langkah/lepas/",
        "/profil/masuk/lainnya/akhiri/",
    ]
    assert [path for path in by_koordinator if not asks(late, path)] == []
    client = client_of(admin)
    time_machine.shift(3000)
    by_admin = [
        "/rubrik/tidak-ada/terbitkan/",
        "/wilayah/perubahan/1/sahkan/",
        "/admin/accounts/assignment/",
        f"/admin/accounts/user/{operator_bone.pk}/password/",
    ]
    assert [path for path in by_admin if not asks(client, path)] == []


def asks(client, path):
    page = client.post(path, {"apa": "saja"})
    return page.status_code == 403 and "Pastikan ini Anda" in page.content.decode()

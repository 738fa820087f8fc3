"""The second step of a log-in: set up, asked for, used once, taken away; no way around it."""

import re

import pyotp
import pytest
from django.conf import settings as live_settings
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from apps.accounts import invitations, second_factor
from apps.accounts.enums import Role
from apps.accounts.models import RecoveryCode, SecondFactor, User
from apps.accounts.sign_ins import running_of
from apps.audit.models import Entry
from pokja_portal import env
from tests.conftest import PASSWORD
from tests.rivals import at_once

pytestmark = pytest.mark.django_db

NOON = "2026-03-12T05:00:00Z"
WRONG = "Kode tidak cocok atau sudah dipakai. Tunggu kode berikutnya"
LOCKED = "Terlalu banyak percobaan. Coba lagi dalam 15 menit"
SET_UP, STATUS, SECOND = "/profil/dua-langkah/pasang/", "/profil/dua-langkah/", "/masuk/kode/"


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def given(user, client_of):
    """Set the second step up through the pages: (client, secret, recovery codes)."""
    client = client_of(user)
    page = client.get(SET_UP)
    secret = page.context["secret"].replace(" ", "")
    posted = {"otp_secret": page.context["sealed"], "code": pyotp.TOTP(secret).now()}
    answer = client.post(SET_UP, posted, follow=True)
    return client, secret, answer.context["codes"]


@pytest.fixture
def guarded(noon, koordinator_sulsel, client_of):
    """A koordinator with a second step, a step later: the set-up's own code is used up."""
    made = given(koordinator_sulsel, client_of)
    noon.shift(60)
    return made


def first_step(client, **extra):
    posted = {"username": "koordinator_sulsel", "password": PASSWORD} | extra
    return client.post("/masuk/", posted, REMOTE_ADDR="10.0.0.1")


def second_step(client, code, address="10.0.0.1"):
    return client.post(SECOND, {"code": code}, REMOTE_ADDR=address)


def errors(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]


# --- setting up ----------------------------------------------------------------------------------


def test_the_page_shows_the_key_as_picture_and_text_and_the_table_holds_neither(guarded):
    _, secret, codes = guarded
    factor = SecondFactor.objects.get()
    assert secret not in factor.secret
    assert len(codes) == len(set(codes)) == 10
    hashes = set(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert len(hashes) == 10
    assert not hashes & set(codes)


def test_the_picture_is_inside_the_page(client_of, operator_bone):
    page = client_of(operator_bone).get(SET_UP).content.decode()
    assert re.search(r'<img class="pk-qr" src="data:image/svg\+xml', page)


def test_a_wrong_first_code_sets_nothing_up_and_keeps_the_key(client_of, operator_bone):
    client = client_of(operator_bone)
    page = client.get(SET_UP)
    answer = client.post(SET_UP, {"otp_secret": page.context["sealed"], "code": "abc"})
    assert answer.context["secret"] == page.context["secret"]
    assert not SecondFactor.objects.exists()


@pytest.mark.parametrize("sealed", ["", "kosong", "a" * 399])
def test_a_forged_key_is_refused(client_of, operator_bone, sealed):
    answer = client_of(operator_bone).post(SET_UP, {"otp_secret": sealed, "code": "123456"})
    assert (answer.status_code, SecondFactor.objects.count()) == (200, 0)


def test_a_key_sealed_for_somebody_else_or_an_hour_ago_is_refused(
    noon, operator_bone, operator_makassar
):
    sealed = second_factor.sealed(operator_bone, "A" * 32)
    assert second_factor.unsealed(operator_bone, sealed) == "A" * 32
    assert second_factor.unsealed(operator_makassar, sealed) is None
    noon.shift(3601)
    assert second_factor.unsealed(operator_bone, sealed) is None


def test_the_recovery_codes_are_shown_once(guarded):
    client, _, codes = guarded
    page = client.get("/profil/dua-langkah/kode-pemulihan/")
    assert page.context["codes"] == []
    assert codes[0] not in page.content.decode()


def test_setting_up_ends_the_other_log_ins_and_tells_the_owner(noon, client_of, koordinator_sulsel):
    elsewhere = client_of(koordinator_sulsel)
    here, _, _ = given(koordinator_sulsel, client_of)
    assert here.get("/profil/").status_code == 200
    assert elsewhere.get("/profil/").status_code == 302
    assert Entry.objects.filter(action="Verifikasi dua langkah dipasang").count() == 1


# --- signing in ----------------------------------------------------------------------------------


def test_a_right_password_alone_opens_nothing(client, guarded):
    assert first_step(client).url == SECOND
    assert "_auth_user_id" not in client.session
    assert client.get("/profil/").status_code == 302
    assert client.get("/admin/").status_code == 302
    assert client.get(SECOND).status_code == 200


def test_the_code_opens_and_next_is_kept(client, guarded):
    _, secret, _ = guarded
    first_step(client, next="/profil/")
    before = client.session.session_key
    assert second_step(client, pyotp.TOTP(secret).now()).url == "/profil/"
    assert client.session.session_key != before
    assert client.get("/profil/").status_code == 200


def test_next_of_another_host_is_dropped(client, guarded):
    _, secret, _ = guarded
    first_step(client, next="https://jahat.test/")
    assert second_step(client, pyotp.TOTP(secret).now()).url == "/beranda/"


@pytest.mark.parametrize(
    ("seconds", "is_taken"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)]
)
def test_one_step_around_the_present_one_is_taken(guarded, noon, seconds, is_taken):
    _, secret, _ = guarded
    user = User.objects.get(username="koordinator_sulsel")
    noon.shift(600)
    code = pyotp.TOTP(secret).at(int(noon_seconds()) + seconds)
    assert second_factor.is_right(user, code) is is_taken


def noon_seconds():
    return timezone.now().timestamp()


def test_a_code_works_once_and_none_before_it_works_later(guarded, noon):
    _, secret, _ = guarded
    user, app = User.objects.get(username="koordinator_sulsel"), pyotp.TOTP(secret)
    earlier, code = app.at(int(noon_seconds()) - 30), app.now()
    assert [second_factor.is_right(user, each) for each in (code, code, earlier)] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize(
    "entered", ["", "12345", "1234567", "٣٤٥٦٧٨", "x" * 5000, "\x00", "' OR 1"]
)
def test_what_is_no_code_is_refused(client, guarded, entered):
    first_step(client)
    answer = second_step(client, entered)
    assert answer.status_code == 200
    assert errors(answer)
    assert "_auth_user_id" not in client.session


def test_the_sixth_code_is_not_looked_at(client, guarded):
    _, secret, _ = guarded
    first_step(client)
    for _ in range(5):
        assert errors(second_step(client, "AAAA-AAAA-AAAA")) == [WRONG]
    assert errors(second_step(client, pyotp.TOTP(secret).now())) == [LOCKED]
    first_step(client)  # beginning anew gives no new tries
    assert errors(second_step(client, pyotp.TOTP(secret).now())) == [LOCKED]


@pytest.mark.parametrize(("seconds", "leads_to"), [(300, 200), (301, 302)])
def test_the_password_is_remembered_for_five_minutes(client, guarded, noon, seconds, leads_to):
    first_step(client)
    noon.shift(seconds)
    assert client.get(SECOND).status_code == leads_to


def test_a_password_changed_meanwhile_ends_the_waiting(client, guarded):
    first_step(client)
    user = User.objects.get(username="koordinator_sulsel")
    user.set_password("sandi-yang-lain-sekali")
    user.save()
    assert client.get(SECOND).url == "/masuk/"


def test_a_new_password_by_code_does_not_lead_around_the_second_step(client, guarded, admin):
    _, secret, _ = guarded
    user = User.objects.get(username="koordinator_sulsel")
    issued = invitations.reissue(user, channel="code", actor=admin)
    words = {"new_password1": "kuda-besi-lari-pagi", "new_password2": "kuda-besi-lari-pagi"}
    answer = client.post("/aktivasi/", {"username": user.username, "code": issued.secret} | words)
    assert (answer.url, "_auth_user_id" in client.session) == (SECOND, False)
    assert second_step(client, pyotp.TOTP(secret).now()).url == "/beranda/"


# --- recovery codes ------------------------------------------------------------------------------


def test_a_recovery_code_stands_in_once(client, guarded):
    _, _, codes = guarded
    first_step(client)
    assert second_step(client, codes[3].lower().replace("-", " ")).url == "/beranda/"
    entry = Entry.objects.get(action="Kode pemulihan dipakai")
    assert entry.after == {"tersisa": 9}
    client.post("/keluar/")
    first_step(client)
    assert errors(second_step(client, codes[3])) == [WRONG]


def test_new_recovery_codes_kill_the_old(guarded):
    client, _, codes = guarded
    fresh = client.post("/profil/dua-langkah/kode-baru/", follow=True).context["codes"]
    user = User.objects.get(username="koordinator_sulsel")
    assert second_factor.is_right(user, codes[0]) is False
    assert second_factor.is_right(user, fresh[0]) is True


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_with_one_code_one_gets_in(guarded):
    _, secret, codes = guarded
    user = User.objects.get(username="koordinator_sulsel")
    for code in (pyotp.TOTP(secret).now(), codes[0]):
        got = at_once(*[lambda code=code: second_factor.is_right(user, code)] * 4)
        assert sorted(map(str, got)) == ["False", "False", "False", "True"]


# --- required ------------------------------------------------------------------------------------


@pytest.fixture
def required(settings):
    settings.MFA_REQUIRED_ROLES = ("coordinator", "national", "admin")


@pytest.mark.parametrize("page", ["/profil/", "/beranda/", "/admin/", "/verifikasi/", "/latihan/"])
def test_whoever_must_have_one_sets_it_up_before_anything_else(
    required, client_of, koordinator_sulsel, page
):
    assert client_of(koordinator_sulsel).get(page).url == f"{SET_UP}?next={page}"


def test_the_administrator_too_and_the_page_leads_on(noon, required, client_of, admin):
    client = client_of(admin)
    assert client.get("/admin/").url == f"{SET_UP}?next=/admin/"
    page = client.get(f"{SET_UP}?next=/admin/")
    code = pyotp.TOTP(page.context["secret"].replace(" ", "")).now()
    posted = {"otp_secret": page.context["sealed"], "code": code, "next": "/admin/"}
    assert client.post(SET_UP, posted, follow=True).context["next"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_other_roles_are_not_asked(required, client_of, operator_bone):
    assert client_of(operator_bone).get("/profil/").status_code == 200


def test_whoever_must_have_one_cannot_take_it_off(noon, required, client_of, koordinator_sulsel):
    client, _, _ = given(koordinator_sulsel, client_of)
    assert client.post("/profil/dua-langkah/lepas/").status_code == 403
    assert SecondFactor.objects.count() == 1


def test_where_nobody_must_no_page_asks_for_it(
    settings, client_of, koordinator_sulsel, django_assert_num_queries
):
    client = client_of(koordinator_sulsel)
    client.get("/beranda/")  # fixes the end of the session
    with django_assert_num_queries(3):
        client.get("/beranda/")
    settings.MFA_REQUIRED_ROLES = ("operator",)
    with django_assert_num_queries(3):
        client.get("/beranda/")


def test_the_setting_speaks_of_roles_as_people_do():
    assert {role.label.lower(): role.value for role in Role} == env.ROLES
    assert env.roles(["Koordinator", "pusat"]) == ("coordinator", "national")
    with pytest.raises(ImproperlyConfigured):
        env.roles(["ketua"])


# --- taking away ---------------------------------------------------------------------------------


def test_its_owner_takes_it_off(guarded):
    client, _, _ = guarded
    client.post("/profil/dua-langkah/lepas/")
    assert (SecondFactor.objects.count(), RecoveryCode.objects.count()) == (0, 0)
    assert client.get("/profil/").status_code == 200


@pytest.fixture
def lost(noon, operator_bone, client_of):
    given(operator_bone, client_of)
    return operator_bone


def reset(client, user, reason="Ponsel hilang"):
    return client.post(f"/akun/{user.pk}/dua-langkah/lepas/", {"alasan": reason})


def test_a_koordinator_takes_it_off_for_somebody_of_the_province(
    lost, client_of, koordinator_sulsel, regions, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        answer = reset(client_of(koordinator_sulsel), lost)
    assert answer.url == f"/akun/{lost.pk}/"
    assert not second_factor.is_on(lost)
    assert running_of(lost) == []
    entry = Entry.objects.get(action="Verifikasi dua langkah dilepas")
    assert (entry.actor, entry.reason, entry.region, entry.role) == (
        koordinator_sulsel,
        "Ponsel hilang",
        regions.bone,
        "coordinator",
    )
    (letter,) = mail.outbox
    assert (letter.to, "Ponsel hilang" in letter.body) == ([lost.email], True)


@pytest.mark.parametrize(
    ("who", "status"), [("verifikator_sulsel", 403), ("verifikator_kalsel", 404), ("pusat", 302)]
)
def test_who_may_take_it_off_for_others(request, lost, client_of, who, status):
    assert reset(client_of(request.getfixturevalue(who)), lost).status_code == status
    assert second_factor.is_on(lost) is (status != 302)


def test_a_reason_is_needed(lost, client_of, koordinator_sulsel):
    client = client_of(koordinator_sulsel)
    assert errors(reset(client, lost, reason="  ")) == ["Isi alasan"]
    assert errors(reset(client, lost, reason="x" * 301)) == [
        "Alasan paling banyak 300 huruf, sekarang 301"
    ]
    assert second_factor.is_on(lost)


def test_the_administration_says_who_has_one_and_never_the_secret(lost, client_of, admin):
    pages = [
        client_of(admin).get(f"/admin/accounts/user/{tail}").content.decode()
        for tail in ("", f"{lost.pk}/change/")
    ]
    secret = SecondFactor.objects.get(user=lost).secret
    assert 'alt="True"' in pages[0]
    assert not any(secret in page for page in pages)


def test_the_command_helps_the_last_administrator(lost):
    call_command("lepas_dua_langkah", "OPERATOR_BONE", alasan="Ponsel hilang")
    assert not second_factor.is_on(lost)
    for name in ("operator_bone", "tidak_ada"):
        with pytest.raises(CommandError):
            call_command("lepas_dua_langkah", name, alasan="Lagi")


# --- a new SECRET_KEY ----------------------------------------------------------------------------


def test_a_changed_key_needs_the_old_one_beside_it_until_all_is_renewed(guarded, settings, capsys):
    _, secret, codes = guarded
    user = User.objects.get(username="koordinator_sulsel")
    old, settings.SECRET_KEY = live_settings.SECRET_KEY, "kunci-yang-baru-" + "y" * 40
    assert second_factor.is_right(user, codes[0]) is False
    with pytest.raises(CommandError):
        call_command("perbarui_kunci")
    settings.SECRET_KEY_FALLBACKS = [old]
    call_command("perbarui_kunci")
    settings.SECRET_KEY_FALLBACKS = []
    assert second_factor.is_right(user, codes[0]) is True
    assert second_factor.is_right(user, pyotp.TOTP(secret).now()) is True
    assert "1 rahasia" in capsys.readouterr().out

"""A start that is not safe is refused with a sentence that says what to do (spec section 10)."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from apps.accounts.models import User
from apps.exchange.sample.people import SHARED_PASSWORD
from apps.operations.checks import no_sample_accounts
from apps.operations.sample_accounts import refuse_sample_accounts
from pokja_portal.unsafe import DEVELOPMENT_KEY, refuse_unsafe_start
from tests.operations.starting import (
    KEY,
    LOADED,
    PRODUCTION,
    database_of_one_sample_account,
    run,
)

SAFE = {"debug": False, "secret_key": KEY, "allowed_hosts": ["pokja.contoh.go.id"]}

# name -> (the wrong setting, how the sentence begins)
WRONG = {
    "no key": ({"secret_key": ""}, "SECRET_KEY belum diisi."),
    "key of the source": ({"secret_key": DEVELOPMENT_KEY}, "SECRET_KEY masih kunci pengembangan"),
    "short key": ({"secret_key": "Zx7-pQ" * 5}, "SECRET_KEY terlalu pendek: 30 karakter"),
    "one letter held down": ({"secret_key": "k" * 60}, "SECRET_KEY hanya memakai 1 karakter"),
    "old key is the source's": (
        {"secret_key_fallbacks": (KEY[::-1], DEVELOPMENT_KEY)},
        "SECRET_KEY_FALLBACKS nomor 2 masih kunci pengembangan",
    ),
    "no hosts": ({"allowed_hosts": []}, "ALLOWED_HOSTS belum diisi."),
    "any host": ({"allowed_hosts": ["*"]}, "ALLOWED_HOSTS tidak boleh berisi `*`."),
    "debug for everybody": (
        {"debug": True, "allowed_hosts": ["localhost", "pokja.contoh.go.id"]},
        "DEBUG menyala, padahal ALLOWED_HOSTS memuat pokja.contoh.go.id.",
    ),
    "no https": ({"https": False}, "HTTPS dimatikan, padahal portal dijangkau dengan nama pokja"),
    "links without https": (
        {"portal_url": "http://pokja.contoh.go.id"},
        "PORTAL_URL 'http://pokja.contoh.go.id' bukan alamat https://",
    ),
    "forms from anywhere": (
        {"csrf_trusted_origins": ("https://*.go.id",)},
        "CSRF_TRUSTED_ORIGINS memuat 'https://*.go.id'.",
    ),
    "mails in the log": ({"email_url": "consolemail://"}, "EMAIL_URL=consolemail:// menulis"),
    "guessable token": ({"metrics_token": "rahasia"}, "METRICS_TOKEN terlalu pendek: 7 karakter"),
    "open documents": (
        {"private_folders": (Path("/srv/x/static/b"),), "public_folders": (Path("/srv/x/static"),)},
        "Folder /srv/x/static/b terletak di dalam /srv/x/static, yang dibuka untuk umum.",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_setting_is_refused(name):
    change, begins = WRONG[name]
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_unsafe_start(**SAFE | change)
    told = str(refusal.value).removeprefix("Portal tidak dijalankan, karena:\n- ")
    assert told[: len(begins)] == begins


def test_a_safe_start_is_not_refused():
    assert refuse_unsafe_start(**SAFE) is None


@pytest.mark.parametrize(
    "change",
    [
        {"debug": True, "secret_key": "", "allowed_hosts": []},
        {"debug": True, "allowed_hosts": ["localhost", "192.168.1.20", "laptop", "10.0.2.2"]},
        {"https": False, "allowed_hosts": ["127.0.0.1", "localhost", "[::1]"]},
        {"https": False, "allow_http": True},
        {"private_folders": (Path("/srv/x/static-x"),), "public_folders": (Path("/srv/x/static"),)},
    ],
)
def test_what_nobody_else_can_reach_or_somebody_meant_is_not_refused(change):
    assert refuse_unsafe_start(**SAFE | change) is None


def test_every_reason_is_named_at_once():
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_unsafe_start(**SAFE | {"secret_key": "", "allowed_hosts": []})
    lines = str(refusal.value).splitlines()
    assert [line[:27] for line in lines] == [
        "Portal tidak dijalankan, ka",
        "- SECRET_KEY belum diisi. I",
        "- ALLOWED_HOSTS belum diisi",
    ]


# --- Secrets from files ----------------------------------------------------------------------
def test_secrets_may_lie_in_files(tmp_path):
    key, database = tmp_path / "kunci", tmp_path / "basis"
    key.write_text(KEY + "\n")
    database.write_text(f"sqlite:///{tmp_path}/lain.sqlite3\n")
    printed = (
        "from django.conf import settings as s\n"
        f"assert s.SECRET_KEY == {KEY!r}\n"
        "assert s.SECRET_KEY_FALLBACKS == ['a1B2c3' * 6, 'd4E5f6' * 6]\n"
        f"assert str(s.DATABASES['default']['NAME']) == {f'{tmp_path}/lain.sqlite3'!r}\n"
    )
    status, told = run(
        "-c",
        printed,
        DJANGO_SETTINGS_MODULE="pokja_portal.settings",
        SECRET_KEY_FILE=str(key),
        SECRET_KEY_FALLBACKS=f"{'a1B2c3' * 6},{'d4E5f6' * 6}",
        DATABASE_URL="",
        DATABASE_URL_FILE=str(database),
        ALLOWED_HOSTS="a.go.id",
    )
    assert (status, told) == (0, "")


@pytest.mark.parametrize(
    ("content", "also", "ends"),
    [
        (None, "", "tidak dapat dibaca: No such file or directory."),
        ("", "", "kosong."),
        (KEY, KEY, "SECRET_KEY dan SECRET_KEY_FILE terisi dua-duanya. Sisakan satu."),
    ],
)
def test_a_secret_file_that_does_not_serve_is_told(tmp_path, content, also, ends):
    from environ import Env

    from pokja_portal.env import secret

    if content is not None:
        (tmp_path / "kunci").write_text(content)
    env = Env()
    env.ENVIRON = {"SECRET_KEY_FILE": str(tmp_path / "kunci"), "SECRET_KEY": also}
    with pytest.raises(ImproperlyConfigured) as refusal:
        secret(env, "SECRET_KEY")
    assert str(refusal.value).endswith(ends)


# --- Sample accounts -------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("username", "address", "password", "refused"),
    [
        ("operator.bone", "operator.bone@contoh.invalid", "Sudah-Diganti-9", True),
        ("budi", "budi@CONTOH.invalid", "Sudah-Diganti-9", True),
        ("operator.bone", "dewi@bonekab.go.id", SHARED_PASSWORD, True),
        ("operator.bone", "dewi@bonekab.go.id", "Sudah-Diganti-9", False),
        ("budi", "budi@bonekab.go.id", "Sudah-Diganti-9", False),
    ],
)
def test_a_server_does_not_start_over_sample_accounts(username, address, password, refused):
    User.objects.create_user(username, address, password)
    if not refused:
        assert refuse_sample_accounts() is None
        return
    with pytest.raises(ImproperlyConfigured) as refusal:
        refuse_sample_accounts()
    begins = f"Basis data memuat 1 akun contoh yang masih dapat masuk ({username}); kata sandinya"
    assert str(refusal.value).startswith(begins)


@pytest.mark.django_db
def test_the_look_for_sample_accounts_is_one_query(django_assert_num_queries):
    User.objects.create_user("budi", "budi@bonekab.go.id", "Sudah-Diganti-9")
    with django_assert_num_queries(1):
        refuse_sample_accounts()


@pytest.mark.django_db
def test_a_closed_sample_account_keeps_nothing_from_starting():
    User.objects.create_user("a", "a@contoh.invalid", SHARED_PASSWORD, is_active=False)
    assert refuse_sample_accounts() is None


@pytest.mark.django_db
def test_the_deployment_check_finds_an_administrator_with_the_sample_password():
    User.objects.create_superuser("kepala", "kepala@bkkbn.go.id", SHARED_PASSWORD)
    assert [each.id for each in no_sample_accounts(databases=["default"])] == ["operations.E001"]
    assert no_sample_accounts(databases=None) == []


@pytest.mark.django_db
def test_sample_accounts_are_closed_by_command_and_stay_on_record(capsys):
    sample = User.objects.create_superuser("admin", "admin@contoh.invalid", SHARED_PASSWORD)
    with pytest.raises(CommandError, match="Belum ada admin lain"):
        call_command("akun_contoh", nonaktifkan=True)
    User.objects.create_superuser("kepala", "kepala@bkkbn.go.id", "Sudah-Diganti-9")
    call_command("akun_contoh", nonaktifkan=True)
    sample.refresh_from_db()
    told = capsys.readouterr().out
    assert (sample.is_active, told) == (False, "  admin\n1 akun contoh dinonaktifkan.\n")
    assert refuse_sample_accounts() is None


def test_a_server_in_a_process_of_its_own_refuses_sample_accounts_and_starts_without_database(
    tmp_path,
):
    """Three real starts: nothing set; a database with a sample account; a database that is away."""
    status, told = run("-c", LOADED)
    assert (status, "SECRET_KEY belum diisi" in told) == (1, True)

    place = tmp_path / "contoh.sqlite3"
    database_of_one_sample_account(place)
    status, told = run("-c", LOADED, DATABASE_URL=f"sqlite:///{place}", **PRODUCTION)
    assert (status, "Basis data memuat 1 akun contoh" in told) == (1, True)

    away = "postgres://portal:x@127.0.0.1:9/portal"
    status, told = run("-c", LOADED, DATABASE_URL=away, **PRODUCTION)
    assert (status, "basis data tidak menjawab: OperationalError" in told) == (0, True)


def test_the_deployment_check_of_django_finds_nothing():
    status, told = run("manage.py", "check", "--deploy", "--fail-level=WARNING", **PRODUCTION)
    assert (status, told) == (0, "")

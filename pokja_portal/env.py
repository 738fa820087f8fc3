"""Helpers of settings.py: what the environment's words mean, and when a start is refused.

Pure functions over values that settings.py has read; only `generated_key` and
`is_offline_command` look further, at the random source and the command line.
"""

import secrets
import sys
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# Good enough to try the portal on one's own machine, known to everybody who has the source.
DEVELOPMENT_KEY = "hanya-untuk-pengembangan-jangan-dipakai-di-server-mana-pun"

MIN_KEY_LENGTH = 32

# Commands that answer no request: they sign nothing that outlives them, so a plain
# `python manage.py siapkan` works with DATABASE_URL alone, on a key made for this one run.
OFFLINE_COMMANDS = frozenset(
    {"help", "version", "siapkan", "contoh", "impor", "nilai", "makemigrations", "migrate"}
    | {"collectstatic", "showmigrations", "shell", "dbshell", "createsuperuser"}
    | {"changepassword", "periksa_log", "periksa_nilai", "periksa_berkas", "kabari", "ingatkan"}
    | {"latihan"}
)

# WAL lets readers go on while one writes. NORMAL is safe with WAL against a crash of the process.
# IMMEDIATE takes the write lock when a transaction begins: without it a transaction that reads
# first and writes later fails at once with "database is locked" whenever another wrote meanwhile.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"),
}


def database_config(parsed):
    """Complete what django-environ made of DATABASE_URL with the options each engine needs."""
    config = dict(parsed)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    else:
        config["CONN_MAX_AGE"] = config.get("CONN_MAX_AGE") or 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


def mail_config(url, spool, others):
    """What EMAIL_URL means: ``spool://`` is the folder ``spool``, ``spool:///a/b`` another one;
    everything else as ``others(url)`` (django-environ) reads it."""
    if urlsplit(url).scheme == "spool":
        folder = unquote(urlsplit(url).path) or str(spool)
        return {"EMAIL_BACKEND": "apps.notices.spool.EmailBackend", "EMAIL_FILE_PATH": folder}
    return others(url)


def generated_key():
    return secrets.token_urlsafe(MIN_KEY_LENGTH)


def is_offline_command(argv=None):
    """Whether this process is `manage.py` running a command that never serves a page."""
    argv = sys.argv if argv is None else argv
    return len(argv) > 1 and argv[0].endswith("manage.py") and argv[1] in OFFLINE_COMMANDS


def refuse_unsafe_start(*, debug, secret_key, allowed_hosts):
    """Raise ImproperlyConfigured for a production start that would not be safe (spec section 10).

    Development (`debug`) may do what it likes; everything else needs a key of its own and the
    names under which it may be reached.
    """
    if debug:
        return
    if not secret_key:
        raise ImproperlyConfigured(
            "SECRET_KEY belum diisi. Isi variabel lingkungan SECRET_KEY dengan kunci acak, atau "
            "DEBUG=1 bila ini komputer pengembangan."
        )
    if secret_key == DEVELOPMENT_KEY:
        raise ImproperlyConfigured(
            "SECRET_KEY masih kunci pengembangan yang diketahui umum. Ganti dengan kunci acak "
            "milik pemasangan ini."
        )
    if len(secret_key) < MIN_KEY_LENGTH:
        raise ImproperlyConfigured(
            f"SECRET_KEY terlalu pendek: {len(secret_key)} karakter, paling sedikit "
            f"{MIN_KEY_LENGTH}. Buat kunci acak yang lebih panjang."
        )
    if not allowed_hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS belum diisi. Isi dengan nama host portal, dipisah koma, misalnya "
            "ALLOWED_HOSTS=pokja.contoh.go.id."
        )
    if "*" in allowed_hosts:
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS tidak boleh berisi `*`. Sebutkan nama host portal satu per satu."
        )

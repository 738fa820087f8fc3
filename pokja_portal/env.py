"""Helpers of settings.py: what the environment's words mean.

Pure functions over values that settings.py has read; only `generated_key`, `is_offline_command`
and `secret` look further: at the random source, the command line, the file a variable names.
When a start is refused stands in unsafe.py.
"""

import secrets
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from pokja_portal.unsafe import MIN_KEY_LENGTH

# Commands that answer no request: they sign nothing that outlives them, so a plain
# `python manage.py siapkan` works with DATABASE_URL alone, on a key made for this one run.
OFFLINE_COMMANDS = frozenset(
    {"help", "version", "siapkan", "contoh", "impor", "nilai", "makemigrations", "migrate"}
    | {"collectstatic", "showmigrations", "shell", "dbshell", "createsuperuser"}
    | {"changepassword", "periksa_log", "periksa_nilai", "periksa_berkas", "kabari", "ingatkan"}
    | {"arsipkan_log"}
    | {"latihan", "akun_contoh", "lepas_dua_langkah", "cadangkan", "pulihkan", "latih_pulih"}
)

# WAL lets readers go on while one writes. NORMAL is safe with WAL against a crash of the process.
# IMMEDIATE takes the write lock when a transaction begins: without it a transaction that reads
# first and writes later fails at once with "database is locked" whenever another wrote meanwhile.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 30,
    "init_command": ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"),
}

# People wait for a page, and for a lock, so long and no longer; a command of `manage.py` may take
# its time. The server's limits end what hangs there, those of the engine a line gone silent.
PATIENT_ENGINES = {"django.db.backends.postgresql": "apps.core.postgresql"}
POSTGRESQL_OPTIONS = {
    "connect_timeout": 2,  # seconds, as are the keepalives
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds, as are those of the server
    "options": "-c lock_timeout=20000 -c statement_timeout=30000",
}


def database_config(parsed):
    """Complete what django-environ made of DATABASE_URL with the options each engine needs."""
    config = dict(parsed)
    if config["ENGINE"].endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS | config.get("OPTIONS", {})
    else:
        config["CONN_MAX_AGE"] = config.get("CONN_MAX_AGE") or 60
        config["CONN_HEALTH_CHECKS"] = True
        if not is_command():
            config["ENGINE"] = PATIENT_ENGINES.get(config["ENGINE"], config["ENGINE"])
            config["OPTIONS"] = POSTGRESQL_OPTIONS | config.get("OPTIONS", {})
    return config


ROLES = {
    "operator": "operator",
    "verifikator": "verifier",
    "koordinator": "coordinator",
    "pusat": "national",
    "pengamat": "observer",
    "admin": "admin",
}


def roles(words) -> tuple[str, ...]:
    """The stored values of roles named in Indonesian; ImproperlyConfigured for any other word."""
    return tuple(ROLES[one_of(word.strip().lower(), ROLES)] for word in words)


def one_of(word, allowed):
    """The word itself, if it is one of those allowed; else ImproperlyConfigured."""
    if word not in allowed:
        raise ImproperlyConfigured(f"“{word}” tidak dikenal. Pilihannya: {', '.join(allowed)}.")
    return word


def mail_config(url, spool, others):
    """What EMAIL_URL means: ``spool://`` is the folder ``spool``, ``spool:///a/b`` another one;
    everything else as ``others(url)`` (django-environ) reads it."""
    if urlsplit(url).scheme == "spool":
        folder = unquote(urlsplit(url).path) or str(spool)
        return {"EMAIL_BACKEND": "apps.notices.spool.EmailBackend", "EMAIL_FILE_PATH": folder}
    return others(url)


def secret(env, name, default=""):
    """The value of NAME, or what lies in the file that NAME_FILE names (a credential of systemd,
    a secret of a container): a file is not inherited by every child, nor shown by `ps`.

    Raises ImproperlyConfigured when both are given, or the file cannot be read or is empty.
    """
    path = env.str(f"{name}_FILE", default="")
    if not path:
        return env.str(name, default="") or default
    if env.str(name, default=""):
        raise ImproperlyConfigured(f"{name} dan {name}_FILE terisi dua-duanya. Sisakan satu.")
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "bukan teks UTF-8"
        raise ImproperlyConfigured(f"{name}_FILE={path} tidak dapat dibaca: {reason}.") from None
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE={path} kosong.")
    return value


def words(text):
    """The entries of a list in the environment or a file: one a line or between commas."""
    return [word.strip() for word in text.replace("\n", ",").split(",") if word.strip()]


def generated_key():
    return secrets.token_urlsafe(MIN_KEY_LENGTH)


def is_command(argv=None):
    """Whether this process is `manage.py` doing anything but answering requests."""
    argv = sys.argv if argv is None else argv
    return argv[0].endswith("manage.py") and argv[1:2] != ["runserver"]


def is_offline_command(argv=None):
    """Whether this process is `manage.py` running a command that never serves a page."""
    argv = sys.argv if argv is None else argv
    return len(argv) > 1 and argv[0].endswith("manage.py") and argv[1] in OFFLINE_COMMANDS

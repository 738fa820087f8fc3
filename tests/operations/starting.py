"""The portal in processes of its own, with nothing of this one's settings."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
KEY = "Zx7-pQ" * 10
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "pokja.contoh.go.id"}
LOADED = "from pokja_portal import wsgi"


def surroundings(**environment):
    base = {k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "LANG"}}
    return base | {"DATABASE_URL": "sqlite://:memory:"} | environment


def run(*program, **environment):
    """(status, what it said on the error stream)."""
    done = subprocess.run(
        [sys.executable, *program],
        cwd=ROOT,
        env=surroundings(**environment),
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


def database_of_one_sample_account(place):
    """An SQLite file with nothing but the table of accounts, which is all the start asks for."""
    from apps.accounts.models import User

    columns = [field.column for field in User._meta.concrete_fields]
    values = dict.fromkeys(columns, "2026-01-01") | {"id": 1, "is_active": 1}
    values |= {"username": "pusat", "email": "pusat@contoh.invalid", "password": "!"}
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    table, row = User._meta.db_table, list(values.values())
    base = sqlite3.connect(place)
    base.execute(f"CREATE TABLE {table} ({names})")
    base.execute(f"INSERT INTO {table} VALUES ({marks})", row)  # noqa: S608  names of our model
    base.commit()
    base.close()

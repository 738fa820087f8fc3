"""What `cadangkan` writes, and what it says when it cannot."""

import errno
import hashlib
import json
import os
import subprocess
from datetime import datetime
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from apps.backup import rows
from apps.backup.making import make_backup
from apps.backup.trouble import BackupTrouble
from apps.documents.store import StoreUnavailable


def run(**options):
    out = StringIO()
    call_command("cadangkan", stdout=out, **options)
    return out.getvalue()


def only(place):
    """The one backup there; nothing else that is not hidden."""
    (folder,) = [path for path in place.iterdir() if not path.name.startswith(".kunci")]
    return folder


def test_a_backup_holds_every_file_and_every_row_but_log_ins(portal, client_of, place):
    client = client_of(portal.operator)

    told = run()

    folder = only(place)
    facts = json.loads((folder / "manifes.json").read_bytes())
    assert f"Cadangan: {folder}" in told
    assert facts["format"] == 1
    assert facts["sound"] is True
    assert datetime.fromisoformat(facts["made_at"]).utcoffset() is not None
    assert facts["database"]["vendor"] == connection.vendor
    assert facts["database"]["tables"]["documents_document"][0] == 3
    assert facts["files"]["count"] == 3
    assert facts["files"]["bytes"] == sum(file.size for file in portal.files)
    assert ["documents", "0001_initial"] in facts["migrations"]
    assert facts["audit"].startswith("3:")
    for file in portal.files:
        copy = folder / "berkas" / file.file.name
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == file.sha256
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "berkas.sha256"], cwd=folder, capture_output=True
    )
    assert checked.returncode == 0
    assert set(rows.LEFT_OUT).isdisjoint(facts["database"]["tables"])
    assert set(rows.LEFT_OUT) <= set(connection.introspection.table_names())
    if connection.vendor == "sqlite":  # readable without a server
        key = client.session.session_key.encode()
        assert key not in (folder / "basisdata.sqlite3").read_bytes()


def test_nobody_else_may_read_a_backup(bare, place):
    run()

    folder = only(place)
    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_a_file_of_an_earlier_backup_takes_no_room_twice(bare, place):
    first, second = make_backup(place).path, make_backup(place).path

    name = "berkas/a1/berkas.pdf"
    assert (first / name).samefile(second / name)


def test_a_copy_that_rotted_in_the_earlier_backup_is_made_anew(bare, place, change):
    first = make_backup(place).path
    name = "berkas/a1/berkas.pdf"
    change(first / name)

    second = make_backup(place).path

    assert (second / name).read_bytes() == bare["a1/berkas.pdf"]


def test_missing_and_changed_files_are_told_and_the_rest_is_saved(bare, place, change):
    good = make_backup(place).path
    default_storage.delete("a1/berkas.pdf")
    change(default_storage.path("a2/berkas.pdf"))
    out = StringIO()

    with pytest.raises(CommandError, match="2 hal di portal tidak utuh"):
        call_command("cadangkan", simpan="harian=0", stdout=out)

    assert "Berkas hilang: berkas/a1/berkas.pdf" in out.getvalue()
    assert "Berkas berubah: berkas/a2/berkas.pdf" in out.getvalue()
    (folder,) = set(place.glob("cadangan-*")) - {good}  # a flawed one removes no good one
    assert json.loads((folder / "manifes.json").read_bytes())["sound"] is False
    assert (folder / "berkas/a3/berkas.pdf").read_bytes() == bare["a3/berkas.pdf"]


def test_a_store_that_does_not_answer_leaves_no_backup(bare, place, monkeypatch):
    def gone(name):
        raise StoreUnavailable()

    monkeypatch.setattr("apps.backup.fetching.RESTS", (0, 0))
    monkeypatch.setattr(default_storage._meant(), "stream", gone, raising=False)

    with pytest.raises(CommandError, match="Penyimpanan portal sedang tidak dapat dihubungi"):
        run()

    assert [path.name for path in place.iterdir()] == [".kunci-cadangan"]


def test_a_line_that_breaks_once_is_tried_again(bare, place, monkeypatch):
    store, broken = default_storage._meant(), []
    stream = store.stream

    def sometimes(name):
        body, size = stream(name)
        if name in broken:
            return body, size
        broken.append(name)
        body.seek(10)
        return body, size

    monkeypatch.setattr("apps.backup.fetching.RESTS", (0, 0))
    monkeypatch.setattr(store, "stream", sometimes, raising=False)

    assert make_backup(place).problems == []
    assert len(broken) == 3


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "Ruang disk tidak cukup"),
        (errno.EACCES, "Tidak ada hak tulis"),
        (errno.EIO, "menolak"),
    ],
)
def test_what_the_disk_refuses_is_said_and_nothing_is_left(number, sentence, place, monkeypatch):
    """The first thing that is written; the database is not asked before."""

    def refuse(*args, **kwargs):
        raise OSError(number, "tidak")

    monkeypatch.setattr("apps.backup.making._Making.run", refuse)

    with pytest.raises(CommandError, match=sentence):
        run()

    assert [path.name for path in place.iterdir()] == [".kunci-cadangan"]


def test_one_backup_at_a_time_in_a_place_and_leftovers_go(bare, place):
    from apps.backup.disk import locked

    (place / ".belum-jadi-mati").mkdir(parents=True)
    with locked(place), pytest.raises(BackupTrouble, match="Cadangan lain sedang dibuat"):
        make_backup(place)

    make_backup(place)

    assert not (place / ".belum-jadi-mati").exists()


def test_pg_dump_older_than_the_server_or_missing_is_said(db, settings, tmp_path):
    from apps.backup import postgresql

    class Server:
        pg_version = 180004

        def ensure_connection(self):
            pass

    settings.PG_BIN_DIR = str(tmp_path)
    with pytest.raises(BackupTrouble, match=r"pg_dump tidak ditemukan.*postgresql-client-18"):
        postgresql.tool("pg_dump", Server())

    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian)'\n")
    program.chmod(0o755)
    with pytest.raises(BackupTrouble, match="versi 15 terlalu tua untuk server PostgreSQL 18"):
        postgresql.tool("pg_dump", Server())

    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 19.1'\n")
    assert postgresql.tool("pg_dump", Server()) == str(program)


def test_every_kept_file_has_its_digest_beside_it():
    """Whatever model gets a file later is in the backup by itself, and can be checked."""
    from apps.backup.fetching import columns

    assert ("documents_document", "file", "sha256") in columns()
    assert ("documents_original", "file", "sha256") in columns()


def test_the_password_of_the_database_is_on_no_command_line():
    """Everybody on the machine may read one; the file is for libpq alone, and goes."""
    from pathlib import Path

    from apps.backup.postgresql import _words_for

    class Server:
        def get_connection_params(self):
            return {"dbname": "po rtal", "user": "p", "password": r"a:b\c", "cursor_factory": 1}

    with _words_for(Server(), ["pg_dump"]) as words:
        passfile = Path(words[-1].split("passfile=")[1].strip("'"))
        assert passfile.read_text() == "*:*:*:*:a\\:b\\\\c\n"
        assert passfile.stat().st_mode & 0o777 == 0o600
        assert "a:b" not in " ".join(words)
        assert "dbname='po rtal'" in words[-1]
    assert not passfile.exists()


@pytest.mark.skipif("sqlite" in os.environ.get("DATABASE_URL", "sqlite"), reason="PostgreSQL")
def test_a_given_drill_database_is_left_empty_and_never_taken_from_anybody(db, settings, tmp_path):
    from apps.backup import postgresql

    with postgresql.scratch(connection, tmp_path) as own:
        settings.DRILL_DATABASE = own.settings_dict
        with postgresql.scratch(connection, tmp_path) as there, there.cursor() as cursor:
            cursor.execute("CREATE TABLE sisa (id integer)")
        assert postgresql.is_empty(own)
        with own.cursor() as cursor:
            cursor.execute("CREATE TABLE milik_orang (id integer)")
        with pytest.raises(BackupTrouble, match="harus basis data PostgreSQL yang kosong"):
            postgresql.scratch(connection, tmp_path).__enter__()
        assert not postgresql.is_empty(own)
        settings.DRILL_DATABASE = None

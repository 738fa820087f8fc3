"""`pulihkan`: into an empty place only, all or nothing, and nothing is different afterwards."""

from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections

from apps.backup import rows
from apps.backup.making import make_backup
from apps.backup.opening import Backup
from apps.backup.restoring import MARK, _figures, restore
from apps.backup.trouble import BackupTrouble
from apps.documents.models import Chunk, Upload


def put_back(path, there, **options):
    return restore(Backup(path), connection=there.connection, storage=there.storage, **options)


def test_everything_comes_back_but_log_ins_and_unfinished_uploads(
    portal, client_of, place, elsewhere, query
):
    client_of(portal.operator)
    fields = {"user": portal.operator, "region": portal.region, "name": "a.pdf"}
    upload = Upload.objects.create(**fields, size=10, received=4)
    Chunk.objects.create(upload=upload, offset=0, size=4, name="sementara/x")
    Upload.objects.create(**fields, size=9, received=9, document=portal.files[0])
    made, there = make_backup(place), elsewhere()
    before = _figures(connection)

    done = put_back(made.path, there)

    assert done.differences == []
    assert (done.files, done.rows) == (3, sum(count for count, _ in before.values()))
    after = _figures(there.connection)
    assert {name for name in before if before[name] != after[name]} == {"documents_upload"}
    counts = {
        table: query(there.connection, f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608
        for table in ("django_session", "documents_chunk", "documents_upload")
    }
    assert counts == {"django_session": 0, "documents_chunk": 0, "documents_upload": 1}
    assert rows.triggers(there.connection) == rows.triggers(connection) != []
    for file in portal.files:
        with there.storage.open(file.file.name) as back, file.file.open() as held:
            assert back.read() == held.read()
    assert not there.storage.exists(MARK)
    highest = query(there.connection, "SELECT max(id) FROM documents_document")[0][0]
    with there.connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO documents_document (uuid, region_id, file, original_name, sha256, size, "
            "pages, uploaded_at) SELECT '0123456789abcdef0123456789abcdef', region_id, 'x', 'x', "
            "'x', 1, 1, uploaded_at FROM documents_document LIMIT 1"
        )
    assert query(there.connection, "SELECT max(id) FROM documents_document")[0][0] > highest


def test_a_place_that_is_not_empty_is_refused_and_left_alone(bare, place, elsewhere, query):
    made, there = make_backup(place), elsewhere()
    with there.connection.cursor() as cursor:
        cursor.execute("CREATE TABLE milik_orang (id integer)")
    with pytest.raises(BackupTrouble, match="Basis data tidak kosong"):
        put_back(made.path, there)
    with there.connection.cursor() as cursor:
        cursor.execute("DROP TABLE milik_orang")
    there.folder.mkdir()
    (there.folder / "milik orang.pdf").write_bytes(b"x")

    with pytest.raises(BackupTrouble, match=r"Tempat berkas .* tidak kosong"):
        put_back(made.path, there)

    assert [path.name for path in there.folder.iterdir()] == ["milik orang.pdf"]
    with there.connection.cursor() as cursor:
        assert there.connection.introspection.table_names(cursor) == []


class Cut(Exception):
    """Stands for a process that died."""


def test_a_restore_cut_off_is_known_as_such_and_goes_on(bare, place, elsewhere, monkeypatch):
    made, there = make_backup(place), elsewhere()
    other = make_backup(place)
    save, saved = type(there.storage).save, []

    def dying(storage, name, content, **options):
        if len(saved) == 3:  # the mark and two files
            raise Cut
        saved.append(name)
        return save(storage, name, content, **options)

    with monkeypatch.context() as patch:
        patch.setattr(type(there.storage), "save", dying)
        with pytest.raises(Cut):
            put_back(made.path, there)
    assert there.storage.exists(MARK)
    with pytest.raises(BackupTrouble, match="dari cadangan lain belum selesai"):
        put_back(other.path, there)

    done = put_back(made.path, there)

    assert (done.files, done.differences) == (3, [])
    assert not there.storage.exists(MARK)
    with pytest.raises(BackupTrouble, match="Basis data tidak kosong"):
        put_back(made.path, there)


def test_a_restore_cut_off_after_the_database_only_compares(bare, place, elsewhere, monkeypatch):
    made, there = make_backup(place), elsewhere()

    def dying(*args):
        raise Cut

    with monkeypatch.context() as patch:
        patch.setattr("apps.backup.restoring._compare", dying)
        with pytest.raises(Cut):
            put_back(made.path, there)

    assert put_back(made.path, there).differences == []
    assert not there.storage.exists(MARK)


def test_backups_of_another_kind_or_of_a_newer_portal_are_refused(
    bare, place, elsewhere, monkeypatch
):
    made, there = make_backup(place), elsewhere()
    backup = Backup(made.path)
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    backup.facts["database"]["vendor"] = other
    with pytest.raises(BackupTrouble, match="pemulihan ke jenis lain tidak didukung"):
        restore(backup, connection=there.connection, storage=there.storage)

    monkeypatch.setattr(rows, "migrations", lambda seen: [["documents", "9999_nanti"]])
    newer = make_backup(place)
    with pytest.raises(BackupTrouble, match=r"lebih baru .* documents\.9999_nanti"):
        put_back(newer.path, there)
    assert not there.folder.exists()


def test_the_command_restores_into_the_portals_own_place(
    bare, place, elsewhere, settings, monkeypatch
):
    made, there = make_backup(place), elsewhere()
    settings.MEDIA_ROOT = there.folder
    live, out = connections["default"], StringIO()
    monkeypatch.setattr("apps.backup.restoring.MigrationLoader", OlderCode)
    connections["default"] = there.connection
    try:
        call_command("pulihkan", str(made.path), stdout=out)
    finally:
        connections["default"] = live

    assert "3 berkas" in out.getvalue()
    assert "Jalankan: python manage.py siapkan" in out.getvalue()
    with pytest.raises(CommandError, match="Basis data tidak kosong"):
        call_command("pulihkan", str(made.path))
    with pytest.raises(CommandError, match="bukan cadangan"):
        call_command("pulihkan", str(place))


def OlderCode(*args, **kwargs):
    """The migrations of a portal that has one more than the backup."""
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    known = loader.disk_migrations | {("documents", "9999_nanti"): None}
    return SimpleNamespace(load_disk=lambda: None, disk_migrations=known)

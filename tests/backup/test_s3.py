"""Files in S3-compatible storage: brought here for a backup, and back by a restore."""

import pytest
from django.core.files.storage import default_storage, storages

from apps.backup.making import make_backup
from apps.backup.opening import Backup
from apps.backup.restoring import MARK, restore
from apps.backup.trouble import BackupTrouble
from tests.documents.conftest import KEYS, s3_address, s3_server, use_store  # noqa: F401


@pytest.fixture
def in_s3(use_store, s3_address):  # noqa: F811  the fixtures of the documents
    use_store(s3_address)
    return s3_address


def test_files_come_from_s3_and_go_back_into_an_empty_place_there(in_s3, bare, place, elsewhere):
    from pokja_portal.stores import file_store

    made = make_backup(place)
    there = elsewhere().connection
    backup = Backup(made.path)
    with pytest.raises(BackupTrouble, match=r"Tempat berkas .* tidak kosong"):
        restore(backup, connection=there, storage=default_storage)
    empty = storages.create_storage(file_store(in_s3.replace("?", "-pulih?"), **KEYS))

    done = restore(backup, connection=there, storage=empty)

    assert (made.facts["files"]["count"], done.files, done.differences) == (3, 3, [])
    for name, content in bare.items():
        body, size = empty.stream(name)
        assert (body.read(), size) == (content, len(content))
    assert not empty.exists(MARK)

"""Files against their records: leftovers of a crash, files that are missing or changed."""

import os
import time
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from apps.documents.pages import page_image
from apps.documents.reconcile import compare
from tests.makers import make_document

pytestmark = pytest.mark.django_db
TWO_HOURS = 7200


@pytest.fixture
def document(regions, operator_makassar):
    return make_document(regions.makassar, operator_makassar)


def leftover(name="ab/abandoned.pdf", age=TWO_HOURS):
    default_storage.save(name, ContentFile(b"%PDF-1.7"))
    then = time.time() - age
    os.utime(default_storage.path(name), (then, then))
    return name


def test_sound_files_are_called_sound(document, capsys):
    page_image(document, 1)  # images of pages are not documents and no leftovers
    call_command("periksa_berkas")
    assert capsys.readouterr().out.splitlines() == ["1 dokumen diperiksa", "Semua berkas utuh"]


def test_a_leftover_is_named_and_removed_only_when_asked(document, capsys):
    name = leftover()
    call_command("periksa_berkas")
    assert f"Tanpa catatan: {name}" in capsys.readouterr().out
    assert default_storage.exists(name)
    call_command("periksa_berkas", "--hapus-sisa")
    assert not default_storage.exists(name)
    assert default_storage.exists(document.file.name)


def test_an_upload_under_way_is_left_alone(document):
    leftover(age=60)
    assert compare().leftovers == []


def test_a_changed_byte_is_found(document):
    path = Path(document.file.path)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(CommandError, match="0 berkas hilang, 1 berubah"):
        call_command("periksa_berkas")
    call_command("periksa_berkas", "--cepat")


def test_a_missing_file_is_found(document):
    Path(document.file.path).unlink()
    with pytest.raises(CommandError, match="1 berkas hilang, 0 berubah"):
        call_command("periksa_berkas", "--cepat")


def test_an_empty_store_is_sound(db, capsys):
    call_command("periksa_berkas")
    assert "0 dokumen diperiksa" in capsys.readouterr().out

"""Encrypted backups: with a passphrase or for the owner of a key; nothing readable on the way."""

import pyrage
import pytest
from django.core.management import CommandError, call_command

from apps.backup.making import make_backup
from apps.backup.opening import Backup
from apps.backup.restoring import restore
from apps.backup.sealing import Lock, identities_from, lock_for, make_key, sealing, unsealing
from apps.backup.trouble import BackupDamaged, BackupTrouble

PHRASE = "empat kata yang panjang\n"


@pytest.fixture
def phrase(tmp_path):
    path = tmp_path / "sandi.txt"
    path.write_text(PHRASE)
    return path


def test_a_passphrase_opens_what_it_closed_and_no_other_does(
    bare, place, phrase, tmp_path, elsewhere
):
    there = elsewhere()
    call_command("cadangkan", sandi_berkas=phrase, verbosity=0)
    (folder,) = place.glob("cadangan-*")
    assert {path.name for path in folder.iterdir()} == {"isi.tar.age", "kunci.age", "manifes.json"}
    assert b"berkas.pdf" not in (folder / "isi.tar.age").read_bytes()
    with pytest.raises(BackupTrouble, match="Cadangan ini terkunci"):
        Backup(folder)
    backup = Backup(folder, phrase)
    done = restore(backup, connection=there.connection, storage=there.storage)

    assert (done.files, done.differences) == (3, [])


def test_a_wrong_passphrase_is_said(phrase, monkeypatch):
    """What the package answers then; asking it really takes seconds, on purpose."""

    def refuse(sealed, passphrase):
        raise pyrage.DecryptError("Decryption failed")

    monkeypatch.setattr(pyrage.passphrase, "decrypt", refuse)

    with pytest.raises(BackupTrouble, match="Kata sandi tidak cocok"):
        identities_from(phrase, b"kunci")


def test_the_owner_of_the_key_opens_it_and_the_machine_that_made_it_cannot(bare, place, tmp_path):
    mine, others = tmp_path / "kunci.txt", tmp_path / "lain.txt"
    made = make_backup(place, lock=lock_for([make_key(mine)])).path
    make_key(others)

    assert Backup(made, mine).read_through()["files"]["count"] == 3
    with pytest.raises(BackupTrouble, match="Kunci tidak cocok"):
        Backup(made, others).read_through()
    others.write_text(PHRASE)
    with pytest.raises(BackupTrouble, match="dikunci untuk penerima"):
        Backup(made, others)
    assert mine.stat().st_mode & 0o777 == 0o600


def test_the_words_of_the_command_are_checked_before_anything_is_read(place, phrase, tmp_path):
    short = tmp_path / "pendek.txt"
    short.write_text("pendek\n")
    place.mkdir()
    inside = place / "sandi.txt"
    inside.write_text(PHRASE)
    refusals = {
        "terlalu pendek": {"sandi_berkas": short},
        "Pilih salah satu": {"sandi_berkas": phrase, "penerima": ["age1x"]},
        "jangan disimpan di tempat cadangan": {"sandi_berkas": inside},
        "tidak dapat dibaca": {"sandi_berkas": tmp_path / "tidak ada"},
        "Kunci penerima tidak dikenal": {"penerima": ["age1x"]},
        "--simpan 'jam=3' tidak dikenal": {"simpan": "jam=3"},
    }
    for words, options in refusals.items():
        with pytest.raises(CommandError, match=words):
            call_command("cadangkan", **options)
    assert list(place.glob("cadangan-*")) == []


def test_a_key_is_never_written_over(tmp_path):
    path = tmp_path / "kunci.txt"
    make_key(path)
    before = path.read_bytes()

    with pytest.raises(BackupTrouble, match="tidak ditimpa"):
        make_key(path)

    assert path.read_bytes() == before


@pytest.fixture
def identity():
    return pyrage.x25519.Identity.generate()


def test_a_full_disk_under_the_stream_keeps_its_own_error(tmp_path, identity, monkeypatch):
    def full(self, piece):
        error = OSError(28, "No space left on device")
        self.trouble.append(error)
        raise error

    monkeypatch.setattr("apps.backup.sealing._Told.write", full)

    with pytest.raises(OSError, match="No space left") as caught:
        fill(tmp_path / "isi", identity)

    assert caught.value.errno == 28


def fill(path, identity):
    with sealing(path, Lock([identity.to_public()])) as stream:
        for _ in range(100):
            stream.write(b"x" * 100_000)


def test_whoever_leaves_a_stream_early_is_not_kept_waiting(tmp_path, identity):
    path = tmp_path / "isi"
    fill(path, identity)

    with unsealing(path, [identity]) as stream:
        assert stream.read(3) == b"xxx"
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupDamaged, match="rusak atau terpotong"):
        read_all(path, identity)


def read_all(path, identity):
    with unsealing(path, [identity]) as stream:
        while stream.read(65536):
            pass

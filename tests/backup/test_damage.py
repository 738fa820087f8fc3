"""A backup that is not as it was made is never restored: whatever byte, file or row it is."""

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing

import pytest
from django.db import connection

from apps.backup import manifest, rows
from apps.backup.making import make_backup
from apps.backup.opening import Backup
from apps.backup.restoring import restore
from apps.backup.sealing import lock_for, make_key
from apps.backup.trouble import BackupDamaged, BackupTrouble


def refusal(path, key=None) -> str:
    """What is said of a backup; "" when nothing is found wrong with it."""
    try:
        Backup(path, key).read_through()
    except BackupDamaged as damaged:
        return str(damaged)
    return ""


def test_every_kind_of_damage_to_a_plain_backup_is_found(bare, place, tmp_path, change):
    made = make_backup(place).path
    assert refusal(made) == ""
    dump = manifest.DUMPS[connection.vendor]
    name = "berkas/a1/berkas.pdf"
    damages = {
        "manifest": (lambda there: change(there / "manifes.json", 40), "manifes.json rusak"),
        "manifest gone": (lambda there: (there / "manifes.json").unlink(), "bukan cadangan"),
        "list": (lambda there: change(there / "berkas.sha256", 3), "tidak sama|daftar"),
        "list cut": (lambda there: cut(there / "berkas.sha256"), "daftar|tidak tercatat"),
        "list gone": (lambda there: (there / "berkas.sha256").unlink(), "tidak ada di cadangan"),
        "database": (lambda there: change(there / dump, 5000), f"{dump} rusak"),
        "database gone": (lambda there: (there / dump).unlink(), "rusak|terpotong|tidak ada"),
        "file": (lambda there: change(there / name, 0), f"{name} rusak"),
        "file gone": (lambda there: (there / name).unlink(), f"{name} tidak ada"),
        "file more": (lambda there: (there / "berkas/lebih").write_text("x"), "tidak tercatat"),
        "file elsewhere": (lambda there: link(there / name), "tidak tercatat"),
    }
    unfound = {}
    for what, (damage, words) in damages.items():
        there = tmp_path / f"rusak {what}"
        shutil.copytree(made, there)
        damage(there)
        try:
            told = refusal(there)
        except BackupTrouble as trouble:
            told = str(trouble)
        if not any(word in told for word in words.split("|")):
            unfound[what] = told
    assert unfound == {}


def cut(path):
    """Without its last line."""
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def link(path):
    """The same bytes, but of a file that is not part of the backup."""
    aside = path.with_name("di luar")
    path.rename(aside)
    path.symlink_to(aside)


def test_every_kind_of_damage_to_an_encrypted_backup_is_found(bare, place, tmp_path, change):
    key = tmp_path / "kunci.txt"
    made = make_backup(place, lock=lock_for([make_key(key)])).path
    assert refusal(made, key) == ""
    sealed = made / "isi.tar.age"
    content = sealed.read_bytes()
    for at in (0, 100, len(content) // 2, len(content) - 1):
        change(sealed, at)
        assert "isi.tar.age rusak" in refusal(made, key)
        sealed.write_bytes(content)
    sealed.write_bytes(content[:-1])
    assert "isi.tar.age rusak" in refusal(made, key)

    adjusted(made, sealed)  # somebody who can write makes the open manifest fit
    assert "rusak" in refusal(made, key)


def adjusted(folder, sealed):
    facts = json.loads((folder / "manifes.json").read_bytes())
    digest = hashlib.sha256(sealed.read_bytes()).hexdigest()
    facts["sealed"] = {"size": sealed.stat().st_size, "sha256": digest}
    (folder / "manifes.json").write_bytes(manifest.encode(facts))


def test_a_row_left_out_is_found_though_every_checksum_fits(bare, place, elsewhere):
    """Whatever lost it: the rows are compared with those of the moment it was made."""
    made, there = make_backup(place).path, elsewhere()
    facts = json.loads((made / "manifes.json").read_bytes())
    figure = facts["database"]["tables"]["django_content_type"]
    if connection.vendor == "sqlite":
        dump = made / manifest.DUMPS["sqlite"]
        with closing(sqlite3.connect(dump)) as database:
            database.execute("DELETE FROM django_content_type")
            database.commit()
        digest = hashlib.sha256(dump.read_bytes()).hexdigest()
        facts["database"] |= {"sha256": digest, "size": dump.stat().st_size}
        expected = f"django_content_type: 0 baris, seharusnya {figure[0]}"
    else:
        expected = f"django_content_type: {figure[0]} baris, seharusnya {figure[0] + 1}"
        figure[0] += 1
    (made / "manifes.json").write_bytes(manifest.encode(facts))

    backup = Backup(made)
    done = restore(backup, connection=there.connection, storage=there.storage)

    assert f"Tabel {expected}" in done.differences


def test_a_row_that_differs_is_found(db):
    before = rows.figures(connection)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_content_type SET model = 'lain' WHERE model = 'document'")

    told = rows.differences(before, rows.figures(connection))

    assert told == ["Tabel django_content_type: isi barisnya berbeda"]


@pytest.mark.parametrize(
    "name", ["berkas/../../etc/passwd", "/etc/passwd", "berkas/", "berkas/a\\..\\b", "lain/x"]
)
def test_no_name_leads_out_of_the_folder_of_files(name):
    from apps.backup.opening import is_safe

    assert not is_safe(name)
    assert is_safe("berkas/3f/3f2a.pdf")


def test_a_format_of_later_is_not_guessed_at():
    with pytest.raises(BackupTrouble, match="format 2, portal ini mengenal format 1"):
        manifest.decode(manifest.encode({"format": 2}))

"""The administrators' page of the backups: the last one, its age, and whether it was tried."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from apps.backup.drill import Drill
from apps.backup.making import make_backup
from apps.backup.standing import NONE, RECORD, UNREADABLE, last_drill, note_drill, standing
from apps.core.formats import format_datetime


@pytest.fixture
def made(bare, place):
    return make_backup(place).path


@pytest.fixture
def told(admin, client_of):
    """What the administrator reads."""
    return lambda address="/admin/cadangan/": client_of(admin).get(address).text


def drilled(path, *differences):
    return Drill(path, timezone.now(), timedelta(seconds=12), differences=list(differences))


def test_without_a_backup_the_page_and_the_front_page_say_what_to_do(told, place):
    assert standing().warning == NONE
    for address in ("/admin/", "/admin/cadangan/"):
        assert NONE in told(address)
    assert "Belum pernah" in told()


def test_the_last_backup_is_told_with_what_is_in_it(made, told):
    found, text = standing(), told()
    assert (found.warning, found.last.path) == ("", made)
    assert "dan 3 berkas, tidak terenkripsi" in found.kind
    for words in (made.name, found.kind, found.size, format_datetime(found.last.made_at)):
        assert words in text, words
    assert "messagelist" not in told("/admin/")


@pytest.mark.parametrize(("hours", "warns"), [(25, False), (27, True)])
def test_an_old_backup_is_warned_of(made, told, hours, warns, time_machine):
    time_machine.move_to(standing().last.made_at + timedelta(hours=hours))
    assert ("sudah lebih dari 26 jam" in told("/admin/")) is warns
    assert ("sudah lebih dari 26 jam" in told()) is warns


def test_a_drill_is_told_with_its_day_and_its_outcome(made, told, place):
    note_drill(place, drilled(made))
    assert standing().is_tried
    assert "Cocok: setiap baris dan berkas pulih" in told()
    note_drill(place, drilled(made, "berkas/a rusak", "berkas/b rusak"))
    assert not standing().is_tried
    assert "2 perbedaan. Jalankan" in told()


def test_a_drill_of_another_backup_does_not_speak_for_the_last(made, place):
    note_drill(place, drilled(place / "cadangan-20250101T000000Z"))
    assert not standing().is_tried


def test_the_command_keeps_its_outcome_beside_the_backups(portal, place):
    call_command("latih_pulih", cepat=True, stdout=StringIO())
    assert standing().is_tried
    kept = place / RECORD
    assert kept.stat().st_mode & 0o077 == 0
    assert [path.name for path in place.iterdir() if "sementara" in path.name] == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"began": 3}', "\x00", "null"])
def test_a_damaged_record_is_as_if_there_were_none(place, content):
    place.mkdir()
    (place / RECORD).write_text(content)
    assert last_drill(place) is None
    assert standing().drill is None


def test_the_record_holds_no_findings(made, place):
    """Sentences of a drill may name files of people."""
    note_drill(place, drilled(made, "berkas/rahasia rusak"))
    assert "rahasia" not in json.dumps((place / RECORD).read_text())


def test_a_place_that_cannot_be_read_is_said_so(place, monkeypatch, told):
    def refuses(place):
        raise PermissionError

    monkeypatch.setattr("apps.backup.keeping.held", refuses)
    assert UNREADABLE in told()

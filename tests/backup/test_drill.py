"""`latih_pulih`: the whole way there and back, with a report; nothing of it is left."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.backup.making import make_backup


def databases():
    """What lies beside the portal's own, by name."""
    if connection.vendor == "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {row[0] for row in cursor.fetchall()}


def test_a_drill_finds_everything_as_it_was_and_leaves_nothing(portal, place, tmp_path):
    before, people, entries = databases(), User.objects.count(), Entry.objects.count()
    report, out = tmp_path / "laporan.txt", StringIO()

    call_command("latih_pulih", laporan=report, stdout=out)

    text = report.read_text()
    assert text == out.getvalue()
    assert "Hasil           : cocok 100%" in text
    assert "dapat dimasuki; nilai tersimpan dan jejak audit benar." in text
    assert "Berkas          : 3 " in text
    assert databases() == before
    assert (User.objects.count(), Entry.objects.count()) == (people, entries)
    assert list(tmp_path.glob("**/latihan.sqlite3")) == []


def test_a_drill_tells_every_difference_and_fails(bare, place, change):
    made, name = make_backup(place).path, "a2/berkas.pdf"
    change(made / "berkas" / name)
    out, before = StringIO(), databases()

    with pytest.raises(CommandError, match="tidak pulih dengan utuh"):
        call_command("latih_pulih", cadangan=made, stdout=out)

    assert "Hasil           : 1 perbedaan" in out.getvalue()
    assert f"- berkas/{name} rusak" in out.getvalue()
    assert databases() == before


def test_a_portal_that_does_not_answer_fails_the_drill(bare, place, monkeypatch):
    """Rows and files may be right and the portal unusable all the same."""
    from django.http import HttpResponse

    monkeypatch.setattr(
        "django.contrib.auth.views.LoginView.post",
        lambda self, request, *args, **kwargs: HttpResponse("rusak", status=500),
    )
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("latih_pulih", cepat=True, stdout=out)

    assert "- Tidak dapat masuk: jawaban 500" in out.getvalue()


def test_a_portal_larger_than_a_practice_room_may_be_is_signed_in_to(portal, place, settings):
    """The limit is the rooms' own; a drill is as large as what was backed up."""
    settings.PRACTICE_MAX_BYTES = 1000
    out = StringIO()

    call_command("latih_pulih", cepat=True, stdout=out)

    assert "Hasil           : cocok 100%" in out.getvalue()


def test_what_was_not_linked_yet_when_the_backup_was_made_is_no_fault(portal, place):
    """An hour old by the time of the drill; on the living portal `kabari` has linked it since."""
    Entry.objects.create(action="Lama", object_type="x.y", at=timezone.now() - timedelta(hours=1))
    out = StringIO()

    call_command("latih_pulih", cepat=True, stdout=out)

    assert "Hasil           : cocok 100%" in out.getvalue()

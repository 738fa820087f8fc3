"""Rooms on the disk: copied, renewed, tidied, and shared by nobody."""

import os
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.core.practice import current
from apps.pokja.models import Pokja
from apps.practice import rooms, template
from apps.verification.enums import Status
from apps.verification.models import Evidence
from tests.rivals import at_once

pytestmark = pytest.mark.django_db


def test_a_room_has_every_table_and_column_of_the_real_database(operator_bone, inside_room):
    def columns():
        with connection.cursor() as cursor:
            found = connection.introspection
            return {
                table: sorted(column.name for column in found.get_table_description(cursor, table))
                for table in found.table_names(cursor)
                if table not in ("django_migrations", "sqlite_sequence")
            }

    rooms.fresh_room(operator_bone.pk)
    real = columns()
    with inside_room(operator_bone):
        assert columns() == real


def test_the_sample_shows_every_state(operator_bone, inside_room):
    rooms.fresh_room(operator_bone.pk)
    with inside_room(operator_bone):
        assert set(Evidence.objects.values_list("status", flat=True)) == set(Status.values)
        empty = Pokja.objects.filter(work_plans=None, indicator_sets=None, decree_coverage=None)
        assert [pokja.code for pokja in empty] == ["9901-LAIN"]
        assert set(Pokja.objects.values_list("region__province__code", flat=True)) == {"99"}
        assert not Evidence.objects.exclude(region__code__startswith="99").exists()


def test_two_rooms_of_one_template_are_the_same(operator_bone, operator_makassar, inside_room):
    found = []
    for person in (operator_bone, operator_makassar):
        rooms.fresh_room(person.pk)
        with inside_room(person):
            found.append(list(Evidence.objects.order_by("pk").values_list("pk", "title", "status")))
    assert found[0] == found[1]


def test_a_room_is_copied_in_a_moment(operator_bone):
    rooms.fresh_room(operator_bone.pk)  # the template is there now
    start = time.perf_counter()
    rooms.fresh_room(operator_bone.pk)
    assert time.perf_counter() - start < 2


def test_of_two_who_make_the_template_one_is_enough(settings, tmp_path, monkeypatch):
    settings.PRACTICE_ROOT = tmp_path / "sekaligus"

    def fill(room):
        (room / rooms.DATABASE).write_text("isi")
        time.sleep(0.05)

    monkeypatch.setattr(template, "_fill", fill)
    place = rooms.templates() / rooms.template_name()
    made = at_once(*[lambda: template._make(place)] * 4)  # as processes: without the lock
    assert made == [None] * 4
    assert [path.name for path in rooms.templates().iterdir()] == [place.name]
    assert (place / rooms.DATABASE).read_text() == "isi"


def test_a_template_that_could_not_be_filled_leaves_nothing(settings, tmp_path, monkeypatch):
    settings.PRACTICE_ROOT = tmp_path / "gagal"

    def fail(room):
        raise sqlite3.OperationalError("disk penuh")

    monkeypatch.setattr(template, "_fill", fail)
    with pytest.raises(sqlite3.OperationalError):
        template.template()
    assert list(rooms.templates().iterdir()) == []


def test_the_template_is_of_this_month(today):
    assert rooms.template_name().endswith("-202603")


def test_rooms_unused_for_a_month_go(operator_bone, operator_makassar, practice_root):
    rooms.fresh_room(operator_bone.pk)
    rooms.fresh_room(operator_makassar.pk)
    old = time.time() - timedelta(days=31).total_seconds()
    os.utime(rooms.rooms_of(operator_bone.pk) / rooms.POINTER, (old, old))
    call_command("latihan", bersihkan=True, verbosity=0)
    assert not rooms.rooms_of(operator_bone.pk).exists()
    assert rooms.kept_room(operator_makassar.pk)


def test_a_room_in_use_is_noted_as_used(operator_bone, practising):
    client = practising(operator_bone)
    pointer = rooms.rooms_of(operator_bone.pk) / rooms.POINTER
    old = time.time() - timedelta(days=29).total_seconds()
    os.utime(pointer, (old, old))
    client.get("/tugas/")
    assert time.time() - pointer.stat().st_mtime < 60
    assert rooms.last_used(operator_bone.pk) == timezone.localdate()


def test_templates_of_before_go_and_the_present_one_stays(settings, tmp_path):
    settings.PRACTICE_ROOT = tmp_path / "rapi"
    for name in ("lama-202501", rooms.template_name(), "separuh-abcd"):
        (rooms.templates() / name).mkdir(parents=True)
    with time_machine.travel(time.time() + 7200):
        rooms.forget_unused(timedelta(days=30))
        kept = rooms.template_name()
    assert kept in [path.name for path in rooms.templates().iterdir()]
    assert "lama-202501" not in [path.name for path in rooms.templates().iterdir()]


@pytest.mark.parametrize("options", [{}, {"bersihkan": True, "hari": 0}])
def test_the_command_says_what_it_needs(options):
    with pytest.raises(CommandError):
        call_command("latihan", **options)


def test_a_disk_that_refuses_does_not_stop_siapkan(settings, tmp_path, capsys):
    blocked = tmp_path / "berkas-biasa"
    blocked.write_text("")
    settings.PRACTICE_ROOT = blocked
    call_command("latihan", siapkan=True)
    assert "belum dapat dibuat" in capsys.readouterr().err


# --- many requests, many people ---
def test_two_hundred_requests_leave_no_file_open(
    operator_bone, practising, open_files, inside_room
):
    client = practising(operator_bone)
    client.get("/profil/")
    before = open_files()
    with inside_room(operator_bone):
        Pokja.objects.count()
        assert open_files() > before  # an open room is seen
    for _ in range(200):
        assert client.get("/beranda/").status_code == 302
    assert open_files() == before
    assert current() is None


@pytest.mark.django_db(transaction=True)
def test_people_at_the_same_moment_each_see_their_own(
    operator_bone, operator_makassar, operator_banjarmasin, client_of, practising, inside_room
):
    people = (operator_bone, operator_makassar, operator_banjarmasin)
    clients = [practising(person) for person in people]
    for person in people:
        with inside_room(person):
            Pokja.objects.update(name=f"Milik {person.username}")
    outsider = client_of(operator_bone)
    start, wrong = Barrier(len(clients) + 1), []

    def look(client, own):
        start.wait()
        for _ in range(8):
            page = client.get("/pokja/").content.decode()
            seen = {person.username for person in people if f"Milik {person.username}" in page}
            if seen != own:
                wrong.append((own, seen))
        connection.close()

    each = [(client, {person.username}) for client, person in zip(clients, people, strict=True)]
    threads = [Thread(target=look, args=pair) for pair in [*each, (outsider, set())]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.mark.django_db(transaction=True)
def test_two_tabs_of_one_person_lose_nothing(operator_bone, practising, inside_room):
    client = practising(operator_bone)
    with inside_room(operator_bone):
        pokja = Pokja.objects.get(code="9901-ADV")

    def add(number):
        posted = {
            "position": "Anggota",
            "institution": f"Instansi {number}",
            "sector": "pemerintah",
            "started_on": "1 Februari 2026",
        }
        other = type(client)()
        other.cookies = client.cookies
        return lambda: other.post(f"/pokja/{pokja.pk}/anggota/tambah/", posted).status_code

    with inside_room(operator_bone):
        before = pokja.seats.count()
    answers = at_once(*[add(number) for number in range(6)])
    assert set(answers) <= {302, 303}, answers
    with inside_room(operator_bone):
        assert pokja.seats.count() == before + 6


@pytest.mark.django_db(transaction=True)
def test_a_reset_in_another_tab_breaks_no_page(operator_bone, practising):
    client = practising(operator_bone)
    other = type(client)()
    other.cookies = client.cookies
    answers = at_once(
        *[lambda: client.get("/pokja/").status_code] * 3,
        lambda: other.post("/latihan/mulai-ulang/").status_code,
    )
    assert answers == [200, 200, 200, 302]
    assert client.get("/pokja/").status_code == 200


def test_the_database_of_a_room_stands_alone(operator_bone):
    """No journal beside it is needed to read it: it can be copied as a file."""
    place = template.template()
    assert sorted(path.name for path in place.iterdir()) == sorted((rooms.DATABASE, rooms.FILES))
    with closing(sqlite3.connect(place / rooms.DATABASE)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []

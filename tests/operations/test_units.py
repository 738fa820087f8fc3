"""The systemd units of deploy/: what a timer starts exists, and what is promised has a timer."""

import re
import runpy
from configparser import RawConfigParser
from pathlib import Path

import pytest
from django.core.management import get_commands

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
UNITS = DEPLOY / "systemd"
TIMERS = sorted(path.name for path in UNITS.glob("*.timer"))


def read(name: str) -> RawConfigParser:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str
    unit.read(UNITS / name)
    return unit


def started_by(timer: str) -> tuple[str, str]:
    """(the unit, what it executes)"""
    unit = read(timer).get("Timer", "Unit", fallback=timer.replace(".timer", ".service"))
    stem, _, instance = unit.removesuffix(".service").partition("@")
    executed = read(f"{stem}@.service" if instance else unit).get("Service", "ExecStart")
    return unit, executed.replace("%i", instance)


@pytest.mark.parametrize("timer", TIMERS)
def test_every_timer_starts_a_command_that_exists(timer):
    _, executed = started_by(timer)
    command = re.search(r"manage\.py (\S+)", executed)[1]
    assert command in get_commands()
    settings = read(timer)
    assert settings.get("Timer", "OnCalendar").endswith("Asia/Jakarta")
    assert settings.get("Install", "WantedBy") == "timers.target"


def test_what_is_to_be_done_again_and_again_has_its_timer():
    done = {re.search(r"manage\.py (.+)", started_by(timer)[1])[1] for timer in TIMERS}
    assert done == {
        "cadangkan --simpan harian=7,mingguan=5,bulanan=12",
        "latih_pulih --cepat",
        "latihan --bersihkan",
        "periksa_berkas",
        "periksa_log",
        "periksa_nilai",
        "clearsessions",
    }
    times = [read(timer).get("Timer", "OnCalendar") for timer in TIMERS]
    assert len(set(times)) == len(times)  # one after the other, not all at once


@pytest.mark.parametrize("unit", ["pokja-cadangan.service", "pokja-latihan-pulih.service"])
def test_a_unit_of_backups_may_write_where_they_lie(unit):
    place = re.search(r"^BACKUP_DIR=(.+)$", (DEPLOY / "env.example").read_text(), re.MULTILINE)[1]
    assert read(unit).get("Service", "ReadWritePaths") == place


def test_a_waiting_upload_sets_little_memory_aside():
    """A name of gunicorn's that it might drop: then the worker would take 1 MB for each again."""
    from gunicorn.http.unreader import SocketUnreader

    usual = SocketUnreader.max_body_chunk
    try:
        runpy.run_path(str(DEPLOY / "gunicorn.conf.py"))
        assert SocketUnreader.max_body_chunk == 64 * 1024 < usual
    finally:
        SocketUnreader.max_body_chunk = usual
    assert read("pokja-web.service").get("Service", "Environment") == "MALLOC_ARENA_MAX=2"
    assert "MALLOC_ARENA_MAX=2" in (DEPLOY / "Containerfile").read_text()

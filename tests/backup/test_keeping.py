"""Which backups stay: some days, weeks and months; the last good one always."""

from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command

from apps.backup import manifest
from apps.backup.keeping import Held, held, newest, prune, rules_from, to_remove

WIB = ZoneInfo("Asia/Jakarta")
NIGHT = datetime(2026, 3, 31, 1, 0, tzinfo=WIB)


def every_night(tmp_path, nights, sound=lambda number: True):
    """The oldest first."""
    return [
        Held(tmp_path / str(n), NIGHT - timedelta(days=nights - 1 - n), sound(n), True)
        for n in range(nights)
    ]


def days_left(backups, rules):
    gone = set(to_remove(backups, rules_from(rules)))
    return [f"{item.made_at:%d.%m}" for item in backups if item not in gone]


def test_days_weeks_and_months_keep_the_last_of_each(tmp_path):
    backups = every_night(tmp_path, 100)

    left = days_left(backups, "harian=3,mingguan=3,bulanan=3")

    # 31 March 2026 is a Tuesday: its week, the Sundays before, the ends of the months.
    assert left == ["31.01", "28.02", "22.03", "29.03", "30.03", "31.03"]


def test_nothing_asked_for_removes_all_but_the_last_good_one(tmp_path):
    assert days_left(every_night(tmp_path, 5), "harian=0") == ["31.03"]


def test_flawed_backups_never_push_a_good_one_out(tmp_path):
    backups = every_night(tmp_path, 6, sound=lambda number: number == 2)

    assert days_left(backups, "harian=1") == ["28.03", "29.03", "30.03", "31.03"]


def test_without_a_good_one_nothing_goes(tmp_path):
    backups = every_night(tmp_path, 4, sound=lambda number: False)

    assert len(days_left(backups, "harian=1")) == 4


def test_the_day_is_that_of_the_office_not_of_the_server(tmp_path):
    """00.30 in Jakarta is the evening before in UTC."""
    two = [
        Held(tmp_path / str(hour), datetime(2026, 3, 5, hour, 30, tzinfo=WIB), True, True)
        for hour in (0, 23)
    ]
    late = Held(tmp_path / "x", datetime(2026, 3, 4, 23, 30, tzinfo=WIB), True, True)

    assert to_remove([late, *two], {"harian": 2}) == [two[0]]


def write(place, moment, sound=True):
    folder = place / f"cadangan-{moment:%Y%m%dT%H%M%SZ}"
    folder.mkdir(parents=True)
    facts = {"format": 1, "made_at": moment.isoformat(), "sound": sound}
    (folder / "manifes.json").write_bytes(manifest.encode(facts))
    return folder


def test_only_backups_are_ever_removed(place):
    old, new = write(place, NIGHT - timedelta(days=9)), write(place, NIGHT)
    strange = place / "cadangan-penting"
    strange.mkdir()
    broken = write(place, NIGHT - timedelta(days=8))
    (broken / "manifes.json").write_text("{}")

    assert prune(place, {"harian": 1}) == [old]

    assert [item.path for item in held(place)] == [new]
    assert strange.exists()
    assert broken.exists()


def test_the_alarm_looks_at_the_last_good_backup(place):
    with pytest.raises(CommandError, match="Belum ada cadangan yang baik"):
        call_command("cadangkan", periksa_umur=2)
    write(place, NIGHT)
    write(place, NIGHT + timedelta(days=1), sound=False)
    out = StringIO()
    with time_machine.travel(NIGHT + timedelta(days=2)):
        call_command("cadangkan", periksa_umur=2, stdout=out)
    assert "Cadangan baik terakhir: 31 Maret 2026 pukul 01.00 WIB" in out.getvalue()

    with (
        time_machine.travel(NIGHT + timedelta(days=2, minutes=1)),
        pytest.raises(CommandError, match="lebih dari 2 hari yang lalu"),
    ):
        call_command("cadangkan", periksa_umur=2)

    assert newest(place).made_at == NIGHT

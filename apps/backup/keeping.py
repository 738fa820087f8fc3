"""Which backups lie in a place, and which of them stay: some days, weeks and months."""

import os
import re
import shutil
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from apps.backup import manifest
from apps.backup.trouble import BackupTrouble

PREFIX = "cadangan-"
NAME = re.compile(r"cadangan-\d{8}T\d{6}Z(-\d+)?")
# What a killed run leaves: half made, or half removed. The lock of the place is held meanwhile.
HALF = (".belum-jadi-", ".dihapus-")
PERIODS = {
    "harian": lambda day: day,
    "mingguan": lambda day: day.isocalendar()[:2],
    "bulanan": lambda day: (day.year, day.month),
}


class Held(NamedTuple):
    """A backup in a place: where, when it was made, whether everything in it was sound, whether
    it can be read by whoever may read the folder."""

    path: Path
    made_at: datetime
    sound: bool
    plain: bool


def held(place: Path) -> list[Held]:
    """The backups in a folder, the oldest first. What is none, or is damaged, is passed over."""
    found = []
    for path in place.iterdir() if place.is_dir() else ():
        if not NAME.fullmatch(path.name):
            continue
        try:
            facts = manifest.read(path)
        except BackupTrouble:
            continue
        made = manifest.made_at(facts)
        found.append(Held(path, made, facts["sound"], "sealed" not in facts))
    return sorted(found, key=lambda item: (item.made_at, item.path.name))


def newest(place: Path) -> Held | None:
    """The last good one."""
    sound = [item for item in held(place) if item.sound]
    return sound[-1] if sound else None


def newest_plain(place: Path) -> Path | None:
    plain = [item.path for item in held(place) if item.plain]
    return plain[-1] if plain else None


def rules_from(text: str) -> dict[str, int]:
    """``harian=7,mingguan=5,bulanan=12``: how many of each; raises BackupTrouble."""
    rules = {}
    for part in filter(None, (word.strip() for word in text.split(","))):
        name, _, number = part.partition("=")
        if name not in PERIODS or not number.isdecimal() or not number.isascii():
            raise BackupTrouble(
                f"--simpan {part!r} tidak dikenal. Contoh: --simpan harian=7,mingguan=5,bulanan=12"
            )
        rules[name] = int(number)
    return rules


def to_remove(backups: Iterable[Held], rules: dict[str, int]) -> list[Held]:
    """Those that no rule keeps. The last good one always stays, and what came after it: until
    there is a good one again, a flawed one may be all there is."""
    backups = list(backups)
    sound = [item for item in backups if item.sound]
    if not sound:
        return []
    keep = {sound[-1].path}
    keep |= {item.path for item in backups if item.made_at > sound[-1].made_at}
    for name, number in rules.items():
        last_of = {PERIODS[name](_day(item)): item.path for item in sound}  # the last of each wins
        keep |= set(list(last_of.values())[-number:] if number else ())
    return [item for item in backups if item.path not in keep]


def prune(place: Path, rules: dict[str, int]) -> list[Path]:
    """Remove what no rule keeps; returns what went. Raises OSError."""
    gone = [item.path for item in to_remove(held(place), rules)]
    for path in gone:
        _remove(path)
    return gone


def remove_unfinished(place: Path) -> None:
    """What killed runs left; hold the lock of the place."""
    for path in list(place.iterdir()):
        if path.name.startswith(HALF):
            shutil.rmtree(path, ignore_errors=True)


def age(place: Path) -> timedelta | None:
    """Of the last good backup; None without one."""
    last = newest(place)
    return timezone.now() - last.made_at if last else None


def _remove(path: Path) -> None:
    """It loses its name first: half of it is never taken for a backup."""
    doomed = path.with_name(f".dihapus-{path.name}")
    os.rename(path, doomed)
    shutil.rmtree(doomed)


def _day(item: Held):
    return timezone.localdate(item.made_at)

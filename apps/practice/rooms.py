"""Practice rooms on the disk: one template, and a copy of it for each person.

    PRACTICE_ROOT/cetakan/<schema>-<month>/     the template: portal.sqlite3 and berkas/
    PRACTICE_ROOT/ruang/<user>/<room>/          a person's room, a copy of it
    PRACTICE_ROOT/ruang/<user>/kini             the name of the room in use

A room's name begins with the schema it was made for, so an update of the portal makes new ones; it
is never used twice, so that no request ever meets half a room, and the database of one is never
taken for another's. Losing any of it is harmless: it is made again.
"""

import hashlib
import os
import secrets
import shutil
import time
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.utils import ConnectionHandler
from django.utils import timezone

from apps.core.practice import Stay

DATABASE, FILES, POINTER = "portal.sqlite3", "berkas", "kini"
# Raise it when the sample of apps.practice.sample changes and old rooms should give way.
SAMPLE_VERSION = 1
TOUCHED_EVERY = 3600  # seconds between two notes that a room is in use
COPIED_WITHIN = 10  # seconds, on the slowest disk
HALF_MADE = timedelta(hours=1)  # what has lain unfinished longer will not be finished


def templates() -> Path:
    return Path(settings.PRACTICE_ROOT) / "cetakan"


def rooms_of(user_pk: int) -> Path:
    return Path(settings.PRACTICE_ROOT) / "ruang" / str(user_pk)


@cache
def schema_mark() -> str:
    """A word that changes with every migration of every app."""
    names = sorted(
        f"{config.label}/{path.stem}"
        for config in apps.get_app_configs()
        for path in Path(config.path, "migrations").glob("[0-9]*.py")
    )
    return hashlib.sha256(repr((SAMPLE_VERSION, names)).encode()).hexdigest()[:12]


def template_name() -> str:
    """Made anew each month: the sample speaks of last week and of this year."""
    return f"{schema_mark()}-{timezone.localdate():%Y%m}"


# --- a person's room ---
def room_of(user_pk: int) -> Path:
    """The room in use, a new one where there is none that fits; raises OSError (disk)."""
    return kept_room(user_pk) or fresh_room(user_pk)


def kept_room(user_pk: int) -> Path | None:
    """The room somebody has already, if it fits the portal as it is now."""
    pointer = rooms_of(user_pk) / POINTER
    try:
        name = pointer.read_text()
        last_used = pointer.stat().st_mtime
    except FileNotFoundError:
        return None
    room = pointer.with_name(name)
    if not name.startswith(schema_mark()) or not (room / DATABASE).is_file():
        return None
    if time.time() - last_used > TOUCHED_EVERY:
        os.utime(pointer)
    return room


def last_used(user_pk: int) -> date | None:
    """The day somebody was last in the room they have; None without one."""
    pointer = rooms_of(user_pk) / POINTER
    if kept_room(user_pk) is None:
        return None
    return datetime.fromtimestamp(pointer.stat().st_mtime, timezone.get_current_timezone()).date()


def fresh_room(user_pk: int) -> Path:
    """A new copy of the template in the place of the person's room; raises OSError (disk)."""
    room = copied_room(user_pk)
    point_to(room)
    return room


def copied_room(user_pk: int) -> Path:
    """A new copy of the template, not in use yet; raises OSError.

    The room in use stays until the time after: another tab may be reading it just then.
    """
    from apps.practice.template import template  # it fills a room, and needs this module

    home = rooms_of(user_pk)
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    _drop_others(home, keep=kept_room(user_pk))
    room = home / f"{schema_mark()}-{secrets.token_hex(6)}"
    shutil.copytree(template(), room)
    return room


def point_to(room: Path) -> None:
    """From now on this is the room in use; one step, so that nobody reads half a name."""
    part = room.with_name(f"{POINTER}.{secrets.token_hex(4)}")
    part.write_text(room.name)
    part.replace(room.with_name(POINTER))


def _drop_others(home: Path, keep: Path | None) -> None:
    for path in _folders(home):
        # Somebody may be copying into a young one at this moment.
        if path != keep and time.time() - path.stat().st_ctime > COPIED_WITHIN:
            shutil.rmtree(path, ignore_errors=True)


def used_bytes(room: Path) -> int:
    """What a room takes on the disk, database and files."""
    total = 0
    for folder, _, names in os.walk(room):
        for name in names:
            try:
                total += Path(folder, name).stat().st_size
            except FileNotFoundError:  # gone since the folder was read
                continue
    return total


def open_stay(room: Path, role: str = "") -> Stay:
    """A stay with a connection of its own; whoever opens it closes the connection."""
    config = settings.PRACTICE_DATABASE | {"NAME": str(room / DATABASE)}
    connection = ConnectionHandler({"default": config}).create_connection("default")
    return Stay(key=room.name, folder=room, connection=connection, role=role)


# --- tidying ---
def forget_unused(older_than: timedelta) -> int:
    """Remove the rooms nobody has used for so long, and templates of before; returns how many
    people's rooms went."""
    border, gone = time.time() - older_than.total_seconds(), 0
    for home in _folders(Path(settings.PRACTICE_ROOT) / "ruang"):
        pointer = home / POINTER
        if (pointer if pointer.exists() else home).stat().st_mtime < border:
            shutil.rmtree(home, ignore_errors=True)
            gone += 1
    half_made = time.time() - HALF_MADE.total_seconds()
    for path in _folders(templates()):
        if path.name != template_name() and path.stat().st_mtime < half_made:
            shutil.rmtree(path, ignore_errors=True)
    return gone


def _folders(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_dir()] if place.is_dir() else []

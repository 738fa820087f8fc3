"""Make a backup: the database of one moment, every file its rows name, what it says of itself."""

import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import django
from django.core.files.storage import default_storage
from django.db import connection as live
from django.utils import timezone

from apps.backup import keeping, rows
from apps.backup.databases import kind_of
from apps.backup.disk import (
    flush,
    flush_folder,
    locked,
    make_folder,
    open_private,
    sha256_of,
)
from apps.backup.fetching import Broken, fetch, records
from apps.backup.manifest import DUMPS, FILES, FORMAT, LIST
from apps.backup.sealing import Lock
from apps.backup.trouble import disk_trouble_told
from apps.backup.writing import folder_sink, sealed_sink, write_outside

UNFINISHED = ".belum-jadi-"


@dataclass
class Made:
    """A backup that is written. ``facts`` is its manifest; ``problems`` say in sentences what was
    not sound in the portal itself."""

    path: Path
    facts: dict
    problems: list[str] = field(default_factory=list)


def make_backup(
    place: Path,
    *,
    lock: Lock | None = None,
    with_files: bool = True,
    connection=None,
    storage=default_storage,
    after_snapshot: Callable[[], None] = lambda: None,
) -> Made:
    """Write a backup into the folder ``place``, whole under its name or not at all.

    People may go on writing. A file that is missing or differs from its record does not stop it:
    it is told, and the manifest says that the backup is not sound. Raises BackupTrouble,
    StoreUnavailable (the store does not answer), DatabaseError.
    """
    connection = connection or live
    with disk_trouble_told(place):
        make_folder(place)
        with locked(place):
            keeping.remove_unfinished(place)
            work = place / f"{UNFINISHED}{secrets.token_hex(4)}"
            work.mkdir(mode=0o700)
            try:
                making = _Making(work, lock, connection, storage, with_files)
                making.earlier = keeping.newest_plain(place)
                facts = making.run(after_snapshot)
                path = _named(work, place, facts)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    return Made(path, facts, problems_of(facts))


class _Making:
    def __init__(self, work, lock, connection, storage, with_files):
        self.work, self.lock, self.with_files = work, lock, with_files
        self.connection, self.storage = connection, storage
        self.kind = kind_of(connection)
        self.earlier: Path | None = None

    def run(self, after_snapshot) -> dict:
        with self._scratch() as scratch:
            dump, names = scratch / "db", scratch / "list"
            facts = self._take(dump, names)
            after_snapshot()
            with self._sink() as sink:
                listed = scratch / "names"
                shutil.copyfile(names, listed)  # the sink takes the other over
                sink.add(LIST, names, facts["files"]["sha256"])
                sink.add(facts["database"]["dump"], dump, facts["database"]["sha256"])
                self._copy_files(sink, listed, scratch / "file", facts["files"])
                facts["sound"] = not problems_of(facts)
                facts = sink.finish(facts)
                listed.unlink()
        if self.lock:
            write_outside(self.work, facts)
        return facts

    @contextmanager
    def _scratch(self):
        """A private folder for what has not its place yet; of an encrypted backup nothing ever
        lies readable where the backup goes."""
        parent = self.kind.scratch_folder(self.connection) if self.lock else self.work
        folder = Path(tempfile.mkdtemp(prefix=".cadangan-", dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _sink(self):
        if self.lock:
            return sealed_sink(self.work, self.lock)
        return folder_sink(self.work, self.earlier)

    def _take(self, dump: Path, names: Path) -> dict:
        """Everything that is read of the database, at one moment."""
        with self.kind.snapshot(self.connection, dump) as seen:
            taken = datetime.now(UTC)
            files = self._list(seen, names)
            facts = {
                "format": FORMAT,
                "made_at": taken.astimezone(timezone.get_current_timezone()).isoformat(),
                "django": django.get_version(),
                "migrations": rows.migrations(seen),
                "audit": rows.audit_anchor(seen),
                "database": {
                    "vendor": seen.vendor,
                    "dump": DUMPS[seen.vendor],
                    "tables": rows.figures(seen),
                    "triggers": rows.triggers(seen),
                    "problems": self.kind.problems(seen),
                    "behind": self.kind.sequences_behind(seen),
                },
                "files": files,
            }
        facts["database"] |= {"size": dump.stat().st_size, "sha256": sha256_of(dump)}
        return facts

    def _list(self, seen, names: Path) -> dict:
        with open_private(names) as file:
            for name, sha256 in records(seen) if self.with_files else ():
                file.write(f"{sha256}  {FILES}{name}\n".encode())
            flush(file)
        facts = {"included": self.with_files, "sha256": sha256_of(names), "count": 0, "bytes": 0}
        return facts | {"missing": [], "changed": []}

    def _copy_files(self, sink, listed: Path, part: Path, facts: dict) -> None:
        with listed.open() as lines:
            for line in lines:
                sha256, name = line.rstrip("\n").split("  ", 1)
                try:
                    size, found = fetch(self.storage, name.removeprefix(FILES), part)
                except (FileNotFoundError, Broken):
                    part.unlink(missing_ok=True)
                    facts["missing"].append(name)
                    continue
                if found != sha256:
                    facts["changed"].append(name)
                sink.add(name, part, found)
                facts["count"] += 1
                facts["bytes"] += size


def problems_of(facts: dict) -> list[str]:
    """What was not sound when the backup was made, in sentences."""
    told = list(facts["database"]["problems"])
    told += [f"Berkas hilang: {name}" for name in facts["files"]["missing"]]
    told += [f"Berkas berubah: {name}" for name in facts["files"]["changed"]]
    return told


def _named(work: Path, place: Path, facts: dict) -> Path:
    """Give the finished folder its name: the moment, in UTC."""
    moment = datetime.fromisoformat(facts["made_at"]).astimezone(UTC)
    name, number = f"{keeping.PREFIX}{moment:%Y%m%dT%H%M%SZ}", 1
    path = place / name
    while path.exists():
        number += 1
        path = place / f"{name}-{number}"
    work.rename(path)
    flush_folder(place)
    return path

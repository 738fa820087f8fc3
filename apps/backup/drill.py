"""The drill: restore a backup into a scratch place, compare everything, ask the portal there."""

import tempfile
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import connection as live
from django.utils import timezone

from apps.backup import manifest
from apps.backup.databases import NAMES, kind_of
from apps.backup.opening import Backup
from apps.backup.restoring import Restored, restore
from apps.backup.trial import faults_of_answers, faults_of_portal, trial
from apps.backup.trouble import BackupTrouble
from apps.core.formats import format_datetime, format_number, format_size
from apps.documents.folder_store import FolderStore
from apps.documents.store import StoreUnavailable


@dataclass
class Drill:
    """What a drill found. ``differences`` empty: everything is as it was saved."""

    backup: Path
    began: datetime
    took: timedelta = timedelta()
    restored: Restored | None = None
    differences: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    checked: str = ""  # what else was found right

    @property
    def passed(self) -> bool:
        return not self.differences


def drill(
    folder: Path, key_file: Path | None = None, *, with_scores: bool = True, connection=None
) -> Drill:
    """Restore the backup in ``folder`` beside the portal, which goes on; nothing of it is left.

    ``with_scores``: also compute every stored figure anew, which takes minutes. Raises
    BackupTrouble only where no scratch place can be had.
    """
    connection = connection or live
    done = Drill(folder, timezone.now())
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="pokja-latih-pulih-") as place:
        scratch = Path(place)
        with kind_of(connection).scratch(connection, scratch) as there:
            store = FolderStore(location=scratch / "berkas")
            _restore(done, key_file, there, store)
            if not done.differences and not done.notes:
                with trial(scratch, there, store).inside():
                    _ask_portal(done, with_scores)
    done.took = timedelta(seconds=time.monotonic() - began)
    return done


def _restore(done: Drill, key_file, there, store) -> None:
    try:
        backup = Backup(done.backup, key_file)
        done.restored = restore(backup, connection=there, storage=store)
    except (BackupTrouble, StoreUnavailable) as trouble:
        done.differences.append(str(trouble))
        return
    done.differences += done.restored.differences
    if done.restored.behind:
        done.notes.append(
            "Cadangan lebih tua daripada portal, jadi nilai, jejak audit, dan halaman tidak "
            "diperiksa. Sesudah pulihkan jalankan siapkan."
        )


def _ask_portal(done: Drill, with_scores: bool) -> None:
    anchor = done.restored.facts["audit"]
    done.differences += faults_of_portal(anchor, with_scores=with_scores)
    done.differences += faults_of_answers()
    done.checked = ("nilai tersimpan dan " if with_scores else "") + "jejak audit benar"


def report_of(done: Drill) -> str:
    """The drill in Indonesian, for the files of whoever must show that it was done."""
    lines = ["LAPORAN LATIHAN PEMULIHAN", "Portal Pokja Bangga Kencana", ""]
    lines += [
        f"Dijalankan      : {format_datetime(done.began)}",
        f"Cadangan        : {done.backup}",
    ]
    if done.restored is not None:
        lines += _facts(done.restored)
    lines += [f"Lama latihan    : {format_number(round(done.took.total_seconds()))} detik", ""]
    if done.passed:
        lines.append("Hasil           : cocok 100%")
        lines.append("Setiap baris, berkas, pemicu, dan nomor urut sama dengan saat dicadangkan.")
        if done.checked:
            lines.append(f"Portal yang dipulihkan dapat dimasuki; {done.checked}.")
    else:
        lines.append(f"Hasil           : {format_number(len(done.differences))} perbedaan")
        lines += [f"- {text}" for text in done.differences]
    lines += [f"Catatan         : {note}" for note in done.notes]
    return "\n".join(lines) + "\n"


def _facts(restored: Restored) -> list[str]:
    facts = restored.facts
    made = format_datetime(manifest.made_at(facts))
    size = format_size(facts["files"]["bytes"])
    lines = [
        f"Dibuat          : {made}",
        f"Basis data      : {NAMES[facts['database']['vendor']]}, "
        f"{format_number(restored.tables)} tabel, {format_number(restored.rows)} baris",
        f"Berkas          : {format_number(restored.files)} ({size})",
    ]
    if not facts["sound"]:
        flawed = len(facts["files"]["missing"]) + len(facts["files"]["changed"])
        lines.append(f"Sejak di portal : {format_number(flawed)} berkas hilang atau berubah")
    return lines

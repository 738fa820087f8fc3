"""How the backups stand: the last good one, its age against the limit, the last drill.

The outcome of a drill lies as a small file beside the backups: pages read it there, and it goes
with them to wherever they are copied.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from apps.backup import keeping, manifest
from apps.backup.databases import NAMES
from apps.backup.disk import make_folder, write_private
from apps.backup.trouble import BackupTrouble, disk_trouble_told
from apps.core.formats import format_number, format_size

if TYPE_CHECKING:  # a drill brings the test client along; a page needs none of it
    from apps.backup.drill import Drill

RECORD = "latihan-pulih.json"
NONE = (
    "Belum ada cadangan yang baik. Jalankan cadangkan, lalu pasang jadwalnya supaya berjalan "
    "setiap malam."
)
OLD = (
    "Cadangan terakhir sudah lebih dari {hours} jam. Jalankan cadangkan, lalu periksa jadwal dan "
    "ruang disk tempatnya."
)
UNREADABLE = (
    "Tempat cadangan tidak dapat dibaca dari halaman ini. Periksa BACKUP_DIR dan hak baca akun "
    "yang menjalankan portal."
)


@dataclass(frozen=True)
class DrillRecord:
    """The last drill: when it began (ISO, with zone), on which backup, how it went."""

    began: str
    seconds: int
    backup: str
    differences: int
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        return not self.differences

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.began)


@dataclass(frozen=True)
class Standing:
    """``last`` is the last good backup, ``kind`` and ``size`` in words; ``warning`` is a sentence
    with its repair, "" where all is well."""

    last: keeping.Held | None
    kind: str
    size: str
    count: int
    drill: DrillRecord | None
    warning: str

    @property
    def is_tried(self) -> bool:
        """Has the last drill restored this very backup, and found nothing?"""
        name = self.last.path.name if self.last else None
        return bool(self.drill and self.drill.passed and self.drill.backup == name)


def note_drill(place: Path, done: "Drill") -> None:
    """Keep the outcome beside the backups, whole or as it was. Raises BackupTrouble."""
    record = DrillRecord(
        began=done.began.isoformat(),
        seconds=round(done.took.total_seconds()),
        backup=done.backup.name,
        differences=len(done.differences),
        notes=tuple(done.notes),
    )
    half = place / f".{RECORD}.sementara"
    with disk_trouble_told(place):
        make_folder(place)
        half.unlink(missing_ok=True)
        write_private(half, json.dumps(asdict(record), ensure_ascii=False, indent=1).encode())
        os.replace(half, place / RECORD)


def last_drill(place: Path) -> DrillRecord | None:
    """None where there was none, or its record is damaged."""
    with suppress(OSError, ValueError, TypeError):
        record = DrillRecord(**json.loads((place / RECORD).read_text()))
        return record if record.at.tzinfo else None
    return None


def standing(place: Path | None = None) -> Standing:
    """Of the place of the settings, or another."""
    place = place or Path(settings.BACKUP_DIR)
    try:
        found = keeping.held(place)
    except OSError:
        return Standing(None, "", "", 0, None, UNREADABLE)
    sound = [item for item in found if item.sound]
    last = sound[-1] if sound else None
    kind, size = _told(last) if last else ("", "")
    return Standing(last, kind, size, len(found), last_drill(place), _warning(last))


def _warning(last: keeping.Held | None) -> str:
    if last is None:
        return NONE
    hours = settings.BACKUP_MAX_AGE_HOURS
    is_old = timezone.now() - last.made_at > timedelta(hours=hours)
    return OLD.format(hours=format_number(hours)) if is_old else ""


def _told(last: keeping.Held) -> tuple[str, str]:
    """(what is in it and whether it is locked, how much)"""
    try:
        facts = manifest.read(last.path)
    except BackupTrouble:  # just removed
        return "", ""
    database, files = facts["database"], facts["files"]
    kind = f"basis data {NAMES.get(database['vendor'], database['vendor'])}"
    number = format_number(files["count"])
    kind += f" dan {number} berkas" if files["included"] else ", tanpa berkas"
    kind += ", tidak terenkripsi" if last.plain else ", terenkripsi"
    return kind, format_size(database["size"] + files["bytes"])

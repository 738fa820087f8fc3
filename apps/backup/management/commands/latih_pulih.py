from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from apps.backup.drill import Drill, drill, report_of
from apps.backup.keeping import newest
from apps.backup.making import make_backup
from apps.backup.standing import note_drill
from apps.backup.trouble import BackupTrouble
from apps.documents.store import StoreUnavailable


class Command(BaseCommand):
    help = (
        "Latihan pemulihan: memulihkan cadangan (terakhir, disebut, atau baru) ke tempat "
        "sementara, membandingkan setiap baris dan berkas, masuk ke portal yang dipulihkan, lalu "
        "menghapus tempat itu. Status keluar 1 bila ada perbedaan."
    )

    def add_arguments(self, parser):
        parser.add_argument("--cadangan", metavar="DIR", type=Path, help="folder cadangan-…")
        parser.add_argument("--baru", action="store_true", help="buat cadangan lebih dulu")
        parser.add_argument("--kunci", metavar="FILE", type=Path)
        parser.add_argument("--laporan", metavar="FILE", type=Path, help="tulis juga ke berkas")
        parser.add_argument(
            "--cepat", action="store_true", help="tanpa menghitung ulang nilai (hitungan menit)"
        )

    def handle(self, *, cadangan, baru, kunci, laporan, cepat, **options):
        try:
            done = drill(cadangan or self._newest(baru), kunci, with_scores=not cepat)
        except (BackupTrouble, StoreUnavailable) as trouble:
            raise CommandError(str(trouble)) from None
        except DatabaseError as error:
            line = (str(error).strip().splitlines() or [""])[0]
            raise CommandError(f"Basis data tidak dapat dihubungi: {line}") from None
        report = report_of(done)
        self.stdout.write(report, ending="")
        self._write(laporan, report)
        self._note(done)
        if not done.passed:
            raise CommandError("Cadangan tidak pulih dengan utuh. Perbedaannya tercetak di atas.")

    def _newest(self, make_one: bool) -> Path:
        """The last good backup, a new one where there is none or one is asked for."""
        place = Path(settings.BACKUP_DIR)
        last = None if make_one else newest(place)
        return last.path if last else make_backup(place).path

    def _note(self, done: Drill) -> None:
        """For the administrators' page; a place that cannot be written to fails no drill."""
        try:
            note_drill(Path(settings.BACKUP_DIR), done)
        except BackupTrouble as trouble:
            self.stderr.write(f"Hasil latihan tidak tercatat untuk halaman admin: {trouble}")

    def _write(self, path: Path | None, report: str) -> None:
        if path is None:
            return
        try:
            path.write_text(report)
        except OSError as error:
            raise CommandError(f"Laporan {path} tidak dapat ditulis: {error.strerror}.") from None

from pathlib import Path

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection

from apps.backup.opening import Backup
from apps.backup.restoring import Restored, restore
from apps.backup.trial import faults_of_portal
from apps.backup.trouble import BackupTrouble
from apps.core.formats import format_number, format_size
from apps.documents.store import StoreUnavailable


class Command(BaseCommand):
    help = (
        "Memulihkan cadangan ke tempat kosong (basis data DATABASE_URL, berkas MEDIA_ROOT atau "
        "FILE_STORE) dan membandingkan semuanya. Yang terputus dilanjutkan dengan menjalankannya "
        "lagi. Semua orang harus masuk lagi sesudahnya."
    )

    # Also of a portal that does not start: then it is needed most.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("cadangan", type=Path, help="folder cadangan-…")
        parser.add_argument(
            "--kunci", metavar="FILE", type=Path, help="kunci rahasia atau kata sandi di berkas"
        )
        parser.add_argument(
            "--cepat", action="store_true", help="tanpa menghitung ulang nilai (hitungan menit)"
        )

    def handle(self, *, cadangan, kunci, cepat, **options):
        try:
            backup = Backup(cadangan, kunci)
            done = restore(
                backup, connection=connection, storage=default_storage, tell=self.stdout.write
            )
        except (BackupTrouble, StoreUnavailable) as trouble:
            raise CommandError(str(trouble)) from None
        except DatabaseError as error:
            line = (str(error).strip().splitlines() or [""])[0]
            raise CommandError(f"Basis data tidak dapat dihubungi: {line}") from None
        self._tell(done)
        self._conclude(done, with_scores=not cepat)

    def _tell(self, done: Restored) -> None:
        self.stdout.write(
            f"Dipulihkan: {format_number(done.tables)} tabel, {format_number(done.rows)} baris, "
            f"{format_number(done.files)} berkas ({format_size(done.bytes)})"
        )
        for kind, label in (("missing", "hilang"), ("changed", "berubah")):
            for name in done.facts["files"][kind]:
                self.stdout.write(f"Sudah {label} saat dicadangkan: {name}")

    def _conclude(self, done: Restored, *, with_scores: bool) -> None:
        faults = list(done.differences)
        if not faults and not done.behind:
            faults = faults_of_portal(done.facts["audit"], with_scores=with_scores)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(
                f"{format_number(len(faults))} hal tidak sama dengan yang dicadangkan. Jangan buka "
                "portal dulu; coba cadangan sebelumnya di tempat kosong."
            )
        if done.behind:
            self.stdout.write(
                f"Cadangan lebih tua daripada portal ({format_number(len(done.behind))} migrasi). "
                "Jalankan: python manage.py siapkan, lalu periksa_nilai dan periksa_log."
            )
        if not done.facts["files"]["included"]:
            self.stdout.write(
                "Cadangan ini tanpa berkas. Jalankan: python manage.py periksa_berkas"
            )
        self.stdout.write(
            "Semuanya cocok dengan cadangan. Semua orang perlu masuk lagi. Pakai SECRET_KEY yang "
            "lama: tanpa itu verifikasi dua langkah harus dipasang ulang."
        )

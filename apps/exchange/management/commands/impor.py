from pathlib import Path

from django.core.management.base import BaseCommand

from apps.accounts.queries import account_named
from apps.core.commands import Galat
from apps.core.tabular import TabularError
from apps.exchange import texts
from apps.exchange.registry import IMPORTERS, is_evidence
from apps.exchange.services import import_file, marked_file
from apps.verification.importing import STATUS_WORDS


class Command(BaseCommand):
    help = (
        "Mengimpor berkas XLSX atau CSV. Semua baris disimpan, atau tidak satu pun: satu sel "
        "salah membatalkan seluruhnya (status keluar 1)."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "jenis", metavar="KIND", help=f"salah satu dari: {', '.join(IMPORTERS)}"
        )
        parser.add_argument("berkas", metavar="FILE", help="berkas .xlsx atau .csv")
        parser.add_argument(
            "--uji",
            action="store_true",
            help="hanya menunjukkan apa yang akan terjadi; tidak menyimpan apa pun",
        )
        parser.add_argument(
            "--status",
            default="draf",
            metavar="draf|diajukan|terverifikasi",
            help="status bukti setelah diimpor (bawaan: draf)",
        )
        parser.add_argument(
            "--oleh",
            metavar="USERNAME",
            help="akun yang dicatat sebagai pelaku; wilayah dan perannya berlaku",
        )
        parser.add_argument(
            "--berkas-dir", metavar="DIR", help="folder tempat PDF yang disebut di kolom berkas"
        )
        parser.add_argument(
            "--laporan",
            metavar="OUT.xlsx",
            help="tulis kembali buku kerjanya dengan sel yang salah diwarnai merah",
        )

    def handle(self, *, jenis, berkas, uji, status, oleh, berkas_dir, laporan, **options):
        self._check(jenis, berkas, status, berkas_dir)
        actor = self._actor(oleh)
        report = import_file(
            jenis, berkas, actor=actor, status=STATUS_WORDS[status], folder=berkas_dir, dry_run=uji
        )
        if laporan:
            self._write_report(jenis, berkas, report, laporan)
        for warning in report.warnings:
            self.stderr.write(f"Peringatan: {warning}", self.style.WARNING)
        if report.errors:
            self._fail(report)
        if uji:
            self._preview(report)
        else:
            self._tell(report, jenis, status)

    def _check(self, kind, path, status, folder):
        if kind not in IMPORTERS:
            raise Galat(f"Jenis {kind} tidak dikenal. Pilihan: {', '.join(IMPORTERS)}")
        if status not in STATUS_WORDS:
            raise Galat(f"Status {status} tidak dikenal. Pilihan: {', '.join(STATUS_WORDS)}")
        if not Path(path).is_file():
            raise Galat(f"Berkas {path} tidak ditemukan")
        if folder and not Path(folder).is_dir():
            raise Galat(f"Folder {folder} tidak ditemukan")

    def _actor(self, username):
        if username is None:
            return None
        actor = account_named(username)
        if actor is None or not actor.is_active:
            raise Galat(f"Akun {username} tidak ditemukan atau tidak aktif")
        return actor

    def _write_report(self, kind, path, report, target):
        try:
            Path(target).write_bytes(marked_file(kind, path, report))
        except TabularError as error:
            raise Galat(f"{error}. Laporan {target} tidak dapat ditulis") from error
        except OSError as error:
            raise Galat(f"Laporan {target} tidak dapat ditulis") from error
        self.stdout.write(f"Laporan: {target}")

    def _fail(self, report):
        for error in report.errors:
            self.stderr.write(str(error))
        raise Galat(f"{len(report.errors)} kesalahan; tidak ada yang disimpan")

    def _preview(self, report):
        for outcome in report.outcomes:
            self.stdout.write(texts.outcome_line(outcome))
        self.stdout.write(f"Uji, tidak ada yang disimpan. {texts.counts(report, would=True)}")

    def _tell(self, report, kind, status):
        self.stdout.write(texts.counts(report))
        if not report.count("tambah") + report.count("ubah"):
            self.stdout.write("Tidak ada yang berubah")
        elif is_evidence(kind):
            self.stdout.write(f"Disimpan dengan status {status}")
        else:
            self.stdout.write("Disimpan")

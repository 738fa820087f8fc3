from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.audit.chain import link_everything
from apps.audit.sealed import digest_of, seal_year
from apps.core.formats import format_number


class Command(BaseCommand):
    help = (
        "Menyalin jejak audit tahun yang sudah lewat ke berkas tersegel (JSON per baris, gzip, "
        "dengan SHA-256), untuk disimpan di luar portal. Catatan di basis data tetap ada. Berkas "
        "diperiksa dengan `periksa_log --arsip`."
    )

    def add_arguments(self, parser):
        parser.add_argument("--tahun", type=int, required=True, help="tahun yang sudah lewat")
        parser.add_argument("--ke", type=Path, required=True, help="folder tujuan")

    def handle(self, *, tahun, ke, **options):
        if not 2000 <= tahun < timezone.localdate().year:
            raise CommandError("Hanya tahun yang sudah lewat yang dapat diarsipkan.")
        link_everything()
        try:
            ke.mkdir(parents=True, exist_ok=True)
            path, count = seal_year(tahun, ke)
        except FileExistsError as error:
            raise CommandError(f"{error} sudah ada dan isinya lain; tidak ditimpa.") from None
        except OSError as error:
            raise CommandError(f"Folder tujuan tidak dapat ditulis: {error.strerror}") from None
        self.stdout.write(f"{path}: {format_number(count)} catatan, SHA-256 {digest_of(path)}")

from django.core.management.base import BaseCommand, CommandError

from apps.documents.reconcile import compare, remove
from apps.documents.store import StoreUnavailable


class Command(BaseCommand):
    help = (
        "Membandingkan berkas dengan catatannya: ada, utuh (ukuran dan SHA-256), dan tidak ada "
        "sisa unggahan yang terputus. Status keluar 1 bila ada berkas hilang atau berubah."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--hapus-sisa",
            action="store_true",
            help="hapus berkas tanpa catatan (umur > 1 jam) dan unggahan yang ditinggalkan; "
            "dokumen tidak pernah dihapus",
        )
        parser.add_argument(
            "--cepat",
            action="store_true",
            help="hanya periksa ada tidaknya dan ukurannya, tanpa SHA-256",
        )

    def handle(self, *, hapus_sisa, cepat, **options):
        try:
            findings = compare(with_content=not cepat)
        except StoreUnavailable as trouble:
            raise CommandError(str(trouble)) from None
        self._tell(findings)
        if hapus_sisa:
            self.stdout.write(f"{remove(findings)} sisa dihapus")
        if not findings.is_sound:
            raise CommandError(
                f"{len(findings.missing)} berkas hilang, {len(findings.changed)} berubah. "
                "Pulihkan dari cadangan."
            )
        self.stdout.write("Semua berkas utuh")

    def _tell(self, findings) -> None:
        photos = f" dan {findings.photos} foto asli" if findings.photos else ""
        self.stdout.write(f"{findings.documents} dokumen{photos} diperiksa")
        for label in findings.missing:
            self.stdout.write(f"Hilang: {label}")
        for label in findings.changed:
            self.stdout.write(f"Berubah: {label}")
        for name in findings.leftovers:
            self.stdout.write(f"Tanpa catatan: {name}")
        for upload in findings.abandoned:
            self.stdout.write(f"Unggahan ditinggalkan: {upload.uuid} ({upload.name})")
        for label in findings.unused:
            self.stdout.write(f"Belum dipakai bukti mana pun: {label}")

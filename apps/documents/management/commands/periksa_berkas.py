from django.core.management.base import BaseCommand, CommandError

from apps.documents.reconcile import compare, remove


class Command(BaseCommand):
    help = (
        "Membandingkan berkas dengan catatannya: ada, utuh (SHA-256), dan tidak ada sisa unggahan "
        "yang terputus. Status keluar 1 bila ada berkas hilang atau berubah."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--hapus-sisa", action="store_true", help="hapus berkas tanpa catatan (umur > 1 jam)"
        )
        parser.add_argument(
            "--cepat", action="store_true", help="hanya periksa ada tidaknya, tanpa SHA-256"
        )

    def handle(self, *, hapus_sisa, cepat, **options):
        findings = compare(with_content=not cepat)
        self.stdout.write(f"{findings.checked} dokumen diperiksa")
        for document in findings.missing:
            self.stdout.write(f"Hilang: {document.uuid} ({document.original_name})")
        for document in findings.changed:
            self.stdout.write(f"Berubah: {document.uuid} ({document.original_name})")
        for name in findings.leftovers:
            self.stdout.write(f"Tanpa catatan: {name}")
        if hapus_sisa:
            self.stdout.write(f"{remove(findings)} berkas sisa dihapus")
        if not findings.is_sound:
            raise CommandError(
                f"{len(findings.missing)} berkas hilang, {len(findings.changed)} berubah. "
                "Pulihkan dari cadangan."
            )
        self.stdout.write("Semua berkas utuh")

from django.core.management import call_command
from django.core.management.base import BaseCommand

from apps.audit.chain import link_everything
from apps.documents.services import queue_unread
from apps.effectiveness.stored import settle
from apps.exchange.reference import load_reference
from apps.regions.enums import Level
from apps.regions.services import load_published_facts, load_regions, load_villages


class Command(BaseCommand):
    help = (
        "Menyiapkan basis data: migrasi, wilayah, katalog indikator, alasan pengembalian, "
        "rubrik bawaan, dan fakta terbitan. Dijalankan lagi tidak mengubah apa pun."
    )

    def add_arguments(self, parser):
        parser.add_argument("--kecamatan", action="store_true", help="muat juga kecamatan")
        parser.add_argument(
            "--desa", action="store_true", help="muat juga kecamatan, desa, dan kelurahan"
        )
        # One process instead of two: the second start of a newcomer's portal takes seconds.
        parser.add_argument(
            "--contoh", action="store_true", help="tambah juga data dan akun contoh"
        )

    def handle(self, *, kecamatan, desa, contoh, **options):
        call_command("migrate", verbosity=0, interactive=False)
        self.stdout.write("Migrasi: selesai")
        self._tell("Wilayah", load_regions())
        if desa or kecamatan:
            level = Level.DESA if desa else Level.KECAMATAN
            self._tell("Wilayah di bawahnya", load_villages(level))
        for label, added in load_reference():
            self._tell(label, added)
        self._tell("Fakta terbitan", load_published_facts())
        if contoh:
            call_command("contoh", stdout=self.stdout)
        settle()
        self._tell("Catatan audit dirantai", link_everything())
        call_command("latihan", siapkan=True, verbosity=0)
        self._tell_queued(queue_unread())

    def _tell_queued(self, count):
        """After an update, documents from before are read as well."""
        if count:
            self.stdout.write(f"Dokumen untuk dibaca (db_worker): {count} antre")

    def _tell(self, label, added):
        """``added`` is a count, or counts by name."""
        counts = added if isinstance(added, dict) else {"": added}
        parts = [f"{count} {name}".strip() for name, count in counts.items() if count]
        self.stdout.write(f"{label}: {', '.join(parts) + ' ditambah' if parts else 'tetap'}")

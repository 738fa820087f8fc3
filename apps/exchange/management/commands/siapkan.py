from django.core.management import call_command
from django.core.management.base import BaseCommand

from apps.documents.services import queue_unread
from apps.effectiveness.builtin import load_builtin_rubric
from apps.inbox.reminders import load_reminder_rules
from apps.indicators.catalogue import load_catalogue
from apps.pokja.sectors import load_roster_requirements
from apps.regions.enums import Level
from apps.regions.services import load_published_facts, load_regions, load_villages
from apps.verification.reasons import load_return_reasons


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
        self._tell("Katalog indikator", load_catalogue())
        self._tell("Alasan pengembalian", load_return_reasons())
        self._tell("Rubrik bawaan", load_builtin_rubric())
        self._tell("Unsur yang harus terwakili", load_roster_requirements())
        self._tell("Pengingat SK berakhir", load_reminder_rules())
        self._tell("Fakta terbitan", load_published_facts())
        if contoh:
            call_command("contoh", stdout=self.stdout)
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

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from apps.practice.rooms import forget_unused
from apps.practice.template import template

UNUSED_DAYS = 30


class Command(BaseCommand):
    help = "Ruang latihan: menyiapkan cetakannya, membersihkan yang lama tidak dipakai."

    def add_arguments(self, parser):
        parser.add_argument(
            "--siapkan", action="store_true", help="buat cetakan ruang latihan bila belum ada"
        )
        parser.add_argument(
            "--bersihkan",
            action="store_true",
            help=f"hapus ruang latihan yang tidak dipakai {UNUSED_DAYS} hari",
        )
        parser.add_argument(
            "--hari", type=int, default=UNUSED_DAYS, help="batas lain dalam hari (paling sedikit 1)"
        )

    def handle(self, *, siapkan, bersihkan, hari, **options):
        if hari < 1:
            raise CommandError("--hari paling sedikit 1.")
        if not siapkan and not bersihkan:
            raise CommandError("Sebutkan --siapkan atau --bersihkan.")
        if siapkan:
            self._prepare(options)
        if bersihkan:
            gone = forget_unused(timedelta(days=hari))
            self._say(f"Ruang latihan dihapus: {gone}", options)

    def _prepare(self, options):
        """Whoever enters first makes it otherwise, so a disk that refuses is no reason to stop."""
        try:
            template()
        except OSError as error:
            self.stderr.write(f"Cetakan ruang latihan belum dapat dibuat: {error}")
        else:
            self._say("Cetakan ruang latihan: siap", options)

    def _say(self, words, options):
        if options["verbosity"]:
            self.stdout.write(words)

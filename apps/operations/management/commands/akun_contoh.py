from django.core.management.base import BaseCommand, CommandError

from apps.operations.sample_accounts import close_sample_accounts, open_sample_accounts


class Command(BaseCommand):
    help = "Menyebut akun contoh yang masih dapat masuk; dengan --nonaktifkan menutupnya."

    def add_arguments(self, parser):
        told = "tutup semua akun contoh; isian mereka tetap"
        parser.add_argument("--nonaktifkan", action="store_true", help=told)

    def handle(self, **options):
        people = self._closed() if options["nonaktifkan"] else open_sample_accounts()
        for person in people:
            self.stdout.write(f"  {person.username}")
        word = "dinonaktifkan" if options["nonaktifkan"] else "masih dapat masuk"
        self.stdout.write(f"{len(people)} akun contoh {word}.")

    @staticmethod
    def _closed():
        try:
            return close_sample_accounts()
        except LookupError:
            raise CommandError(
                "Belum ada admin lain. Buat dahulu dengan `python manage.py createsuperuser`, "
                "supaya portal tidak kehilangan pengelolanya."
            ) from None

from django.core.management.base import BaseCommand, CommandError

from apps.accounts.second_factor import renew_keys


class Command(BaseCommand):
    help = (
        "Sesudah SECRET_KEY diganti: mengunci ulang rahasia verifikasi dua langkah dengan kunci "
        "sekarang. Selama itu kunci lama harus ada dalam SECRET_KEY_FALLBACKS; sesudahnya boleh "
        "dihapus dari sana."
    )

    def handle(self, **options):
        done, lost = renew_keys()
        self.stdout.write(f"{done} rahasia memakai kunci sekarang.")
        if lost:
            raise CommandError(
                f"{lost} rahasia tidak terbaca: kunci lamanya tidak ada dalam SECRET_KEY_FALLBACKS."
            )

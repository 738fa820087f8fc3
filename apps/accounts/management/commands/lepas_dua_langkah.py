from django.core.management.base import BaseCommand, CommandError

from apps.accounts import alerts, second_factor
from apps.accounts.models import User


class Command(BaseCommand):
    help = (
        "Melepas verifikasi dua langkah sebuah akun yang kehilangan ponsel dan kode pemulihannya. "
        "Semua masuknya berakhir; tercatat di jejak audit, dan pemiliknya diberi tahu."
    )

    def add_arguments(self, parser):
        parser.add_argument("nama_pengguna")
        parser.add_argument("--alasan", required=True)

    def handle(self, *, nama_pengguna, alasan, **options):
        user = User.objects.filter(username__iexact=nama_pengguna).first()
        if user is None:
            raise CommandError(f"Tidak ada akun bernama {nama_pengguna}.")
        if not second_factor.turn_off(user, actor=None, reason=alasan):
            raise CommandError(f"Akun {user.username} tidak memakai verifikasi dua langkah.")
        alerts.second_factor_changed(user, "dilepas", reason=alasan)
        self.stdout.write(f"Verifikasi dua langkah {user.username} dilepas.")

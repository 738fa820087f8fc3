from django.core.management.base import BaseCommand, CommandError

from apps.core.formats import format_number
from apps.effectiveness.proof import Proof, prove, prove_all
from apps.effectiveness.stored import rebuild

SHOWN = 200


class Command(BaseCommand):
    help = (
        "Menghitung semua nilai dari data mentah dan membandingkannya dengan yang tersimpan. "
        "Setiap perbedaan dicetak; status keluar 1 bila ada perbedaan."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--perbaiki", action="store_true", help="hitung ulang dan simpan lagi semuanya"
        )

    def handle(self, *, perbaiki, **options):
        proof = prove_all()
        self._tell(proof)
        if not proof.differences:
            return
        if not perbaiki:
            raise CommandError(
                f"{format_number(len(proof.differences))} nilai tersimpan berbeda dari data "
                "mentah. Jalankan lagi dengan --perbaiki."
            )
        done = rebuild()
        self.stdout.write(f"Dihitung ulang: {format_number(done.written)} nilai tersimpan")
        if left := prove().differences:
            raise CommandError(f"{format_number(len(left))} nilai masih berbeda.")

    def _tell(self, proof: Proof) -> None:
        for difference in proof.differences[:SHOWN]:
            self.stdout.write(str(difference))
        if len(proof.differences) > SHOWN:
            left = len(proof.differences) - SHOWN
            self.stdout.write(f"… dan {format_number(left)} lagi")
        waiting = (
            f"; {format_number(len(proof.marked))} provinsi sedang berubah dan dihitung saat dibaca"
            if proof.marked
            else ""
        )
        self.stdout.write(
            f"{format_number(proof.figures)} nilai tersimpan dibandingkan, "
            f"{format_number(len(proof.differences))} berbeda{waiting}"
        )

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from apps.audit.checking import BadAnchor, check, note
from apps.audit.sealed import SealBroken, check_sealed
from apps.core.formats import format_number


class Command(BaseCommand):
    help = (
        "Memeriksa jejak audit seluruhnya: catatan yang berubah atau hilang, rantai putus "
        "atau terpotong, catatan belum dirantai. Status keluar 1 bila ada temuan. Jangkar yang "
        "tercetak dicatat di luar portal, lalu dibandingkan dengan --jangkar."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--jangkar",
            action="append",
            default=[],
            metavar="NOMOR:SIDIK",
            help="jangkar yang pernah dicatat; boleh beberapa kali",
        )
        parser.add_argument(
            "--arsip",
            action="append",
            default=[],
            type=Path,
            help="berkas tersegel dari `arsipkan_log` yang ikut diperiksa; boleh beberapa kali",
        )

    def handle(self, *, jangkar, arsip, **options):
        began = time.monotonic()
        try:
            found = check(jangkar)
            self._check_sealed(arsip, found)
            note(found)
        except BadAnchor as error:
            raise CommandError(str(error)) from None
        seconds = time.monotonic() - began
        for sentence in found.faults:
            self.stdout.write(sentence)
        checked = f"{format_number(found.links)} catatan, {format_number(seconds, 1)} detik"
        waiting = f"; {format_number(found.waiting)} baru, segera dirantai" * bool(found.waiting)
        self.stdout.write(f"Diperiksa: {checked}{waiting}")
        self.stdout.write(f"Jangkar: {found.end}")
        if not found.is_sound:
            raise CommandError(
                f"{format_number(found.count)} temuan. Jangan ubah basis data; simpan salinannya "
                "dan bandingkan dengan cadangan."
            )
        self.stdout.write("Jejak audit utuh")

    def _check_sealed(self, paths, found) -> None:
        for path in paths:
            try:
                self.stdout.write(f"Arsip {path.name} utuh sampai {check_sealed(path)}")
            except SealBroken as broken:
                found.add(str(broken))
            except OSError as error:
                found.add(f"Arsip {path} tidak dapat dibaca: {error.strerror}")

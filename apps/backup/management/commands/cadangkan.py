from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from apps.backup import keeping
from apps.backup.making import Made, make_backup
from apps.backup.manifest import made_at
from apps.backup.sealing import Lock, lock_for, lock_with, make_key, passphrase_in
from apps.backup.trouble import BackupTrouble, disk_trouble_told
from apps.core.formats import format_datetime, format_number, format_size
from apps.documents.store import StoreUnavailable

NO_DATABASE = "Basis data tidak dapat dihubungi atau dibaca. Tidak ada cadangan yang ditulis. "


class Command(BaseCommand):
    help = (
        "Mencadangkan basis data dan berkas sementara portal tetap dipakai. Hasilnya satu folder "
        "cadangan-… yang utuh, atau tidak ada. Ruang latihan tidak ikut. Status keluar 1 bila "
        "gagal, atau bila ada berkas portal yang hilang atau berubah."
    )

    # Also of a portal that does not start: then it is needed most.
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--ke", metavar="DIR", type=Path, help="tempat cadangan (BACKUP_DIR)")
        parser.add_argument(
            "--sandi-berkas", metavar="FILE", type=Path, help="kunci dengan kata sandi di berkas"
        )
        parser.add_argument(
            "--penerima", metavar="age1…", action="append", help="kunci untuk penerima ini"
        )
        parser.add_argument("--simpan", default="", metavar="harian=7,mingguan=5,bulanan=12")
        parser.add_argument("--tanpa-berkas", action="store_true", help="basis data saja")
        parser.add_argument(
            "--buat-kunci", metavar="FILE", type=Path, help="hanya membuat pasangan kunci"
        )
        parser.add_argument(
            "--periksa-umur",
            metavar="HARI",
            type=int,
            help="hanya memeriksa: status 1 bila cadangan baik terakhir lebih tua dari itu",
        )

    def handle(self, *, ke, sandi_berkas, penerima, simpan, tanpa_berkas, **options):
        place = ke or Path(settings.BACKUP_DIR)
        if options["buat_kunci"]:
            self._make_key(options["buat_kunci"])
            return
        if options["periksa_umur"] is not None:
            self._check_age(place, timedelta(days=options["periksa_umur"]))
            return
        try:
            rules = keeping.rules_from(simpan)
            lock = lock_of(place, sandi_berkas, penerima)
            made = make_backup(place, lock=lock, with_files=not tanpa_berkas)
            self._tell(made)
            self._prune(place, rules, made)
        except (BackupTrouble, StoreUnavailable) as trouble:
            raise CommandError(str(trouble)) from None
        except DatabaseError as error:
            raise CommandError(NO_DATABASE + _first_line(error)) from None
        if made.problems:
            raise CommandError(
                f"Cadangan ditulis, tetapi {format_number(len(made.problems))} hal di portal tidak "
                "utuh. Periksa dengan periksa_berkas, lalu ambil dari cadangan sebelumnya."
            )

    def _tell(self, made: Made) -> None:
        for problem in made.problems:
            self.stdout.write(problem)
        facts = made.facts
        tables = facts["database"]["tables"].values()
        self.stdout.write(f"Cadangan: {made.path}")
        self.stdout.write(
            f"{format_number(sum(figure[0] for figure in tables))} baris, "
            f"{format_number(facts['files']['count'])} berkas "
            f"({format_size(facts['files']['bytes'])}), per {format_datetime(made_at(facts))}"
        )

    def _prune(self, place: Path, rules: dict[str, int], made: Made) -> None:
        if not rules or made.problems:
            return
        with disk_trouble_told(place):
            for path in keeping.prune(place, rules):
                self.stdout.write(f"Dihapus menurut --simpan: {path.name}")

    def _make_key(self, path: Path) -> None:
        try:
            recipient = make_key(path)
        except BackupTrouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(f"Penerima: {recipient}")
        self.stdout.write(
            f"Kunci rahasia ada di {path}. Simpan terpisah dari server dan cadangan; tanpa berkas "
            "itu cadangan tidak dapat dibuka siapa pun."
        )

    def _check_age(self, place: Path, border: timedelta) -> None:
        last, age = keeping.newest(place), keeping.age(place)
        if last is None:
            raise CommandError(f"Belum ada cadangan yang baik di {place}. Jalankan cadangkan.")
        told = f"Cadangan baik terakhir: {format_datetime(last.made_at)} ({last.path.name})"
        if age > border:
            raise CommandError(
                f"{told}, lebih dari {border.days} hari yang lalu. Jalankan cadangkan dan periksa "
                "jadwalnya."
            )
        self.stdout.write(told)


def lock_of(place: Path, passphrase_file: Path | None, recipients: list[str] | None) -> Lock | None:
    """For whom the backup is encrypted; raises BackupTrouble."""
    if passphrase_file and recipients:
        raise BackupTrouble("Pilih salah satu: --sandi-berkas atau --penerima.")
    if recipients:
        return lock_for(recipients)
    if passphrase_file is None:
        return None
    if passphrase_file.resolve().is_relative_to(place.resolve()):
        raise BackupTrouble("Berkas kata sandi jangan disimpan di tempat cadangan. Pindahkan.")
    return lock_with(passphrase_in(passphrase_file))


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [""])[0]

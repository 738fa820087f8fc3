import csv
import io
import json
from pathlib import Path

from django.core.management.base import BaseCommand

from apps.core.commands import Galat
from apps.core.parsing import parse_date
from apps.core.tabular import harmless
from apps.effectiveness.listing import COLUMNS, NO_RUBRIC, in_region, row
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.pokja.models import Pokja
from apps.regions.codes import CodeError, parse_kemendagri
from apps.regions.queries import region_for_code


class Command(BaseCommand):
    help = "Mencetak nilai setiap Pokja yang aktif pada tanggal acuan, satu baris tiap Pokja."

    def add_arguments(self, parser):
        parser.add_argument("--tahun", required=True, metavar="Y", help="tahun penilaian")
        parser.add_argument(
            "--wilayah",
            metavar="CODE",
            help="kode Kemendagri; provinsi berarti provinsi dan di bawahnya",
        )
        parser.add_argument(
            "--tanggal", metavar="D", help="pengganti tanggal acuan, misalnya 2026-06-30"
        )
        parser.add_argument("--format", default="csv", metavar="csv|json", help="bawaan: csv")
        parser.add_argument("--output", metavar="FILE", help="berkas tujuan; bawaan: layar")

    def handle(self, *, tahun, wilayah, tanggal, format, output, **options):
        year, day = self._year(tahun), self._day(tanggal)
        if format not in ("csv", "json"):
            raise Galat(f"Format {format} tidak dikenal. Pilihan: csv, json")
        pokja = self._pokja(wilayah)
        if rules_for(year) is None:
            self.stderr.write(NO_RUBRIC.format(year=year), self.style.WARNING)
        found = assess(pokja, year, day, with_index=True)
        text = _json(found) if format == "json" else _csv(found)
        if not output:
            self.stdout.write(text, ending="")
            return
        try:
            Path(output).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise Galat(f"Berkas {output} tidak dapat ditulis") from error

    def _year(self, text) -> int:
        try:
            year = int(text)
        except ValueError:
            year = 0
        if not 2000 <= year <= 2100:
            raise Galat(f"Tahun {text} tidak dikenal. Tulis tahun 2000 sampai 2100")
        return year

    def _day(self, text):
        try:
            return parse_date(text) if text else None
        except ValueError as error:
            raise Galat(f"Tanggal {text} tidak dikenal. {error}") from error

    def _pokja(self, code):
        if not code:
            return Pokja.objects.all()
        try:
            region = region_for_code(parse_kemendagri(code))
        except CodeError as error:
            raise Galat(str(error)) from error
        if region is None:
            raise Galat(f"Kode wilayah {code} tidak dikenal")
        return Pokja.objects.filter(in_region(region))


def _json(found) -> str:
    return json.dumps([row(item) for item in found], ensure_ascii=False, indent=1) + "\n"


def _csv(found) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for item in found:
        values = row(item)
        efektif = {True: "ya", False: "tidak", None: ""}[values["efektif"]]
        writer.writerow(values | {"efektif": efektif, "kode_pokja": harmless(item.code)})
    return out.getvalue()

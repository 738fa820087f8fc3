from django.core.management.base import BaseCommand

from apps.regions.geometry import computed_layout, province_codes, store_layout


class Command(BaseCommand):
    help = "Menyusun ulang letak nama pada peta provinsi (untuk pengembang, setelah peta berubah)."

    def add_arguments(self, parser):
        parser.add_argument("kode", nargs="*", help="Kode provinsi; kosong = semua provinsi.")

    def handle(self, *args, **options):
        for code in options["kode"] or province_codes():
            layout = computed_layout(code)
            store_layout(code, layout)
            inside = sum(label.inside for label in layout.labels)
            self.stdout.write(
                f"{code}: {inside} nama di dalam, {len(layout.labels) - inside} di luar"
            )

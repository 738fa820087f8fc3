"""What an import costs: 10,000 rows with all checks, preview, history and audit beside
django-import-export's bulk mode without any; and how soon a hostile workbook is refused.

    python benchmarks/imports.py            # DATABASE_URL names a database that figures.py filled

Prints one JSON object. Each part runs in a process of its own, so that its memory is its own;
what it writes is rolled back.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")
os.environ.setdefault("DEBUG", "1")

import django  # noqa: E402

django.setup()

import tablib  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402
from import_export.resources import ModelResource  # noqa: E402

from apps.core.tabular_out import write_csv  # noqa: E402
from apps.exchange.services import import_file  # noqa: E402
from apps.pokja.models import Pokja  # noqa: E402
from apps.regions.models import Region  # noqa: E402

settings.DEBUG = False  # Django would keep every statement
ROWS, TURNS = 10_000, 3
HEADERS = ("kode_pokja", "kode_wilayah", "jenis", "nama", "dibentuk", "bubar", "dilebur_ke")
PLAIN = ("code", "region", "name", "formed_on")
BOMB = 400 * 1024 * 1024  # bytes of one sheet, some 400 KB packed


class Bulk(ModelResource):
    """The package at its quickest: nothing compared, nothing told, no clean()."""

    class Meta:
        model, fields, import_id_fields = Pokja, PLAIN, ("code",)
        use_bulk, batch_size = True, 1000
        skip_diff, skip_html_diff, force_init_instance, use_transactions = True, True, True, False


def processor(call) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


def undone(call):
    """Done and taken back, so that every turn finds the same database."""
    with transaction.atomic():
        call()
        transaction.set_rollback(True)


def rows() -> list[tuple[str, int, str]]:
    """(code of a Pokja, id and code of its region)."""
    found = list(Region.objects.with_pokja_level().order_by("code").values_list("pk", "code"))
    return [(f"impor-{at}", *found[at % len(found)]) for at in range(ROWS)]


def ours() -> dict:
    """Preview first, then the import itself, as the pages do."""
    body = [
        (code, region, "gdpk", f"Pokja {code}", "2024-01-05", "", "") for code, _, region in rows()
    ]
    data = write_csv(HEADERS, body)

    def whole():
        for dry_run in (True, False):
            report = import_file("pokja", io.BytesIO(data), dry_run=dry_run)
            if report.errors or report.rows != ROWS:
                raise RuntimeError(report.errors[:3])

    times = [processor(lambda: undone(whole)) for _ in range(TURNS)]
    return {"s": median(times), "mb": peak()}


def bulk() -> dict:
    table = tablib.Dataset(headers=PLAIN)
    for code, region, _ in rows():
        table.append((code, region, f"Pokja {code}", "2024-01-05"))

    def whole():
        result = Bulk().import_data(table, raise_errors=True)
        if result.total_rows != ROWS:
            raise RuntimeError(result.totals)

    return {"s": median(processor(lambda: undone(whole)) for _ in range(TURNS)), "mb": peak()}


def hostile() -> dict:
    """A workbook whose one sheet unpacks to hundreds of megabytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(BOMB // 2**20):
                sheet.write(b" " * 2**20)
    packed.seek(0)
    began = time.perf_counter()
    report = import_file("pokja", packed)
    if not report.errors:
        raise RuntimeError("taken")
    return {"s": time.perf_counter() - began, "mb": peak()}


def peak() -> float:
    """The most memory this process ever held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(part: str) -> dict:
    """A part in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this program
        [sys.executable, __file__, part], check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout.strip().splitlines()[-1])


PARTS = {"ours": ours, "bulk": bulk, "hostile": hostile}


def main(part: str = "") -> None:
    if part:
        print(json.dumps(PARTS[part]()))
        return
    found = {name: apart(name) for name in PARTS}
    print(json.dumps({"P8": found | {"ratio": found["ours"]["s"] / found["bulk"]["s"]}}))


if __name__ == "__main__":
    main(*sys.argv[1:])

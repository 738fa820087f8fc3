"""What an export of 25,000 rows costs: XLSX beside xlsxwriter in constant memory, CSV beside
csv.writer; and whether memory grows with the rows.

    python benchmarks/exports.py

No database: the rows are made up, as the exports hand them to the writers, which write the
temporary file that is sent. Memory is measured in processes of their own. Prints one JSON object.
"""

import csv
import io
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")
os.environ.setdefault("DEBUG", "1")

from apps.core.tabular_out import Table, csv_file, xlsx_file

ROWS = 25_000
TURNS = {"xlsx": 3, "csv": 15}  # of what takes a tenth of a second, three say little
HEADERS = [f"kolom_{number}" for number in range(12)]
DAY = date(2026, 1, 5)


def rows(many: int = ROWS):
    """Twelve cells a row: codes, names, a day, money, numbers."""
    for at in range(many):
        code = f"73.{at % 24 + 1:02d}"
        start = (code, f"Pokja {at}", "Kabupaten Bone", DAY, Decimal("40000000"), at, 2026)
        yield [*start, "apbd_kabkota", "2.14.02.2.01", "DPA", "=1+1", None]


def our_xlsx(many: int = ROWS) -> None:
    """As /impor/anggaran/data.xlsx, which remembers its rows besides."""
    import django

    django.setup()
    from apps.exchange.memory import Memory

    memory = Memory("anggaran")
    book = [Table("anggaran", HEADERS, memory.passing(rows(many))), memory.table()]
    with xlsx_file(book) as file:
        file.read(1)


def our_csv(many: int = ROWS) -> None:
    with csv_file(HEADERS, rows(many)) as file:
        file.read(1)


def plain_xlsx(many: int = ROWS) -> None:
    """xlsxwriter, which needs to know nothing of the rest of the workbook."""
    import xlsxwriter

    with tempfile.TemporaryFile() as file:
        book = xlsxwriter.Workbook(
            file, {"constant_memory": True, "default_date_format": "d mmm yyyy"}
        )
        page = book.add_worksheet("anggaran")
        page.write_row(0, 0, HEADERS)
        for at, row in enumerate(rows(many), start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(at, column, value)
                elif isinstance(value, date):
                    page.write_datetime(at, column, value)
                elif value is not None:
                    page.write_number(at, column, value)
        book.close()


def plain_csv(many: int = ROWS) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    writer.writerows(rows(many))
    out.getvalue().encode("utf-8-sig")


PARTS = {each.__name__: each for each in (our_xlsx, plain_xlsx, our_csv, plain_csv)}


def timed(kind: str) -> dict[str, float]:
    """Seconds of the processor of both ways of a kind, the middle of some turns; in turn, so that
    a slower minute of the machine meets both."""
    spent = {name: [] for name in (f"our_{kind}", f"plain_{kind}")}
    for _ in range(TURNS[kind]):
        for name, times in spent.items():
            began = time.process_time()
            PARTS[name]()
            times.append(time.process_time() - began)
    return {name: median(times) for name, times in spent.items()}


def held(part: str, many: str) -> float:
    """The most memory the process holds after that many rows, MB."""
    PARTS[part](int(many))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def apart(*words: str):
    """What this program says of a part or a kind, in a process of its own."""
    line = [sys.executable, __file__, *words]
    done = subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return json.loads(done.stdout)


def main(*words: str) -> None:
    if words:
        print(json.dumps(timed(*words) if words[0] in TURNS else held(*words)))
        return
    found = {}
    for kind in TURNS:
        found |= {name: {"s": seconds} for name, seconds in apart(kind).items()}
        found[f"{kind}_ratio"] = found[f"our_{kind}"]["s"] / found[f"plain_{kind}"]["s"]
        few, many = (apart(f"our_{kind}", str(rows)) for rows in (ROWS // 10, ROWS))
        found[f"{kind}_grows_mb"] = many - few
    print(json.dumps({"P9": found}))


if __name__ == "__main__":
    main(*sys.argv[1:])

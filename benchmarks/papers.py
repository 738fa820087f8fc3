"""How long papers take, warm, through the whole portal: the rapor of a region on one page, that of
a Pokja with its annexes, the book of a province of 24 kab/kota, the Rakerda recap of the province
with the most.

    python benchmarks/papers.py             # DATABASE_URL names a database that figures.py filled

Prints one JSON object; seconds of the processor and of the clock, the middle of some turns.
"""

import json
import time
from io import BytesIO
from statistics import median

import pikepdf
from pages import YEAR, Caller  # the same program's folder; it sets Django up

from apps.pokja.models import Pokja
from apps.regions.models import Region

TURNS = 5
BOOK_OF = "73"  # 24 kab/kota
DISTRICT = "73.08"


def largest_province() -> str:
    """The code of the province with the most kab/kota (38)."""
    regions = Region.objects.kabkota().values_list("province__code", flat=True)
    codes = list(regions)
    return max(sorted(set(codes)), key=codes.count)


def addresses() -> dict[str, str]:
    pokja = Pokja.objects.filter(region__code=DISTRICT).order_by("pk").first()
    recap = f"/rekap/{largest_province()}/{YEAR}/rekap."
    return {
        "one_page": f"/rapor/{DISTRICT}/{YEAR}/rapor.pdf",
        "annexes": f"/pokja/{pokja.pk}/{YEAR}/rapor.pdf",
        "book": f"/rapor/{BOOK_OF}/{YEAR}/buku.pdf",
        "recap_xlsx": f"{recap}xlsx",
        "recap_pdf": f"{recap}pdf",
    }


def timed(caller: Caller, address: str) -> dict:
    status, body, _ = caller.get(address)
    if status != 200:
        raise RuntimeError(f"{address}: {status}")
    clock, processor = [], []
    for _ in range(TURNS):
        began, spent = time.perf_counter(), time.process_time()
        caller.get(address)
        clock.append(time.perf_counter() - began)
        processor.append(time.process_time() - spent)
    told = {"s": median(clock), "processor_s": median(processor), "kb": len(body) / 1024}
    if address.endswith(".pdf"):
        with pikepdf.open(BytesIO(body)) as paper:
            told["pages"] = len(paper.pages)
    return told


def main() -> None:
    caller = Caller()
    print(json.dumps({"P13": {name: timed(caller, at) for name, at in addresses().items()}}))


if __name__ == "__main__":
    main()

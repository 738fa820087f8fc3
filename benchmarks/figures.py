"""Measured in one process, on one database: what figures cost beside raw SQL doing the same.

    python benchmarks/figures.py SCALE      # DATABASE_URL names an empty database, or one filled so

Prints one JSON object; ``run.py`` makes the table of several. Both sides are timed in turn and the
quickest of several runs counts: a busy machine only ever adds.
"""

import json
import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pokja_portal.settings")
os.environ.setdefault("DEBUG", "1")

import django  # noqa: E402

from pokja_portal import env  # noqa: E402

# As commands of manage.py, whose statements may take their time: nobody waits for a page here.
env.is_command = lambda: True
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from apps.dashboard.nation_years import nation_years  # noqa: E402
from apps.dashboard.queries import province_figures  # noqa: E402
from apps.effectiveness import triggers  # noqa: E402
from apps.effectiveness.formula import reference_date  # noqa: E402
from apps.effectiveness.queries import assess  # noqa: E402
from apps.effectiveness.standings import province_items  # noqa: E402
from apps.effectiveness.stored import rebuild, settle  # noqa: E402
from apps.exchange.reference import load_reference  # noqa: E402
from apps.pokja.models import Pokja  # noqa: E402
from apps.regions.models import Region  # noqa: E402
from apps.regions.services import load_regions  # noqa: E402
from apps.verification.models import Evidence  # noqa: E402
from benchmarks import country, rawsql, spreadsheet  # noqa: E402

settings.DEBUG = False  # Django would keep every statement
YEAR = timezone.localdate().year


def best(call, times=7) -> float:
    """Seconds, the quickest of several runs."""
    return min(once(call) for _ in range(times))


def once(call) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began


def fetch(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def pair(ours, raw, times=7) -> dict:
    """Both in turn, so that a busy machine troubles both; ms."""
    times = [(once(ours), once(raw)) for _ in range(times)]
    first, floor = map(min, zip(*times, strict=True))
    return {"ms": first * 1000, "raw_ms": floor * 1000, "ratio": first / floor}


def queries(call) -> int:
    with CaptureQueriesContext(connection) as seen:
        call()
    return len(seen)


def nation() -> dict:
    day = reference_date(YEAR, timezone.localdate())
    found = pair(lambda: nation_years([YEAR]), lambda: fetch(rawsql.NATION, YEAR, day, day), 200)
    five = list(range(YEAR - 4, YEAR + 1))
    return found | {
        "queries": queries(lambda: nation_years([YEAR])),
        "five_years_ms": best(lambda: nation_years(five), 50) * 1000,
    }


def province(times=100) -> dict:
    """All Pokja of a province against the same by SQL; and what its page reads, which is all of
    them where they stand on one page."""
    day = reference_date(YEAR, timezone.localdate())
    region = Region.objects.get(code="73")
    rows = lambda: fetch(rawsql.PROVINCE, region.pk, YEAR, day, day)  # noqa: E731
    return pair(lambda: province_items(region.pk, [YEAR]), rows, times) | {
        "pokja": len(rows()),
        "page_ms": best(lambda: province_figures(region, YEAR), 30) * 1000,
        "page_pokja": len(province_figures(region, YEAR).items),
        "page_queries": queries(lambda: province_figures(region, YEAR)),
    }


def one_verification() -> dict:
    """The step that verifies, with the marks, against saving the same row without any trigger."""
    rows = Evidence.objects.filter(kind="budget").order_by("-pk").values_list("region", "pk")
    keys = list(dict(rows).values())  # one of each region, so that each leaves a mark of its own

    def step(pk, status):
        with transaction.atomic():
            Evidence.objects.filter(pk=pk).update(status=status)

    def run(save):
        return 1000 * min(
            once(lambda pk=pk, at=at: save(pk, ("verified", "submitted")[at % 2]))
            for at, pk in enumerate(keys)
        )

    def settled(pk, status):
        step(pk, status)
        settle()

    with_marks = run(step)
    settle()
    every, keys = keys, keys[:20]
    with_settling = run(settled)
    keys = every
    triggers.remove()
    plain = run(step)
    triggers.ensure()
    settle()
    return {
        "ms": with_marks,
        "raw_ms": plain,
        "ratio": with_marks / plain,
        "settled_at_once_ms": with_settling,
        "settled_at_once_ratio": with_settling / plain,
    }


def recompute(times=2) -> dict:
    """Everything thrown away and made anew, against one statement that fills a table."""

    def raw():
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE IF EXISTS bench_scores")
            cursor.execute(rawsql.recompute(connection.vendor))
            cursor.execute(rawsql.INDEX)

    return pair(rebuild, raw, times)


def scoring() -> dict:
    """The nation-year as the pages get it, against LibreOffice recalculating a sheet of it."""
    on_reading = best(lambda: assess(Pokja.objects.all(), YEAR), 3)
    ours = best(lambda: nation_years([YEAR]), 50)
    found = {"ms": ours * 1000, "on_reading_ms": on_reading * 1000}
    sheet = spreadsheet.recalculated(assess(Pokja.objects.all(), YEAR))
    if sheet is None:
        return found
    return found | {"raw_ms": sheet * 1000, "ratio": sheet / ours}


def main(scale: int) -> None:
    call_command("migrate", verbosity=0)
    load_regions()
    for _ in load_reference():
        pass
    counts = {} if Pokja.objects.exists() else country.fill(scale)
    first = once(settle)
    found = {
        "scale": scale,
        "vendor": connection.vendor,
        "rows": counts,
        "first_settle_s": first,
        "P1": nation(),
        "P3": province(100 if scale == 1 else 10),
        "P7": one_verification(),
        "P11": recompute(5 if scale == 1 else 2),
    }
    if scale == 1:
        found["P10"] = scoring()
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]))

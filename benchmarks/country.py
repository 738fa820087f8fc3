"""A country of made-up figures, for measuring: raw rows only, written straight into empty tables.

``1``: 552 regions × 6 types × 7 years, 1.2 million rows below the items. ``20``: 84,000 Pokja over
the same regions × 5 years; lighter below the items: one activity, one target, one line each.
"""

import itertools
import random
import uuid
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.core.management.color import no_style
from django.db import connection, transaction

from apps.budgets.models import Budget, BudgetLine
from apps.core.database import insert_rows, refresh_statistics
from apps.decrees.models import Decree, DecreeCoverage
from apps.effectiveness import triggers
from apps.indicators.models import Indicator, IndicatorSet, Target
from apps.pokja.models import Pokja, PokjaType
from apps.regions.models import Region
from apps.verification.models import Evidence
from apps.work_plans.models import Activity, WorkPlan

KINDS = ("bangga_kencana", "advokasi", "kampung_kb", "gdpk", "stunting", "pjpk")
STATUSES = ("verified",) * 7 + ("submitted", "returned", "draft")
MADE = datetime(2026, 1, 5, tzinfo=UTC).isoformat()
FIELDS = {
    Pokja: ("id", "code", "region", "name", "formed_on", "dissolved_on", "revision"),
    PokjaType: ("id", "pokja", "kind"),
    Evidence: (
        *("id", "kind", "region", "year", "title", "status", "family", "version", "revision"),
        *("created_at", "edited_at"),
    ),
    Decree: (
        *("id", "evidence", "number", "number_key", "issued_on", "title", "signer_position"),
        *("signer_status", "signer_name", "valid_from", "valid_until", "validity_basis"),
    ),
    DecreeCoverage: ("id", "decree", "pokja", "role", "parent_number", "parent_key"),
    WorkPlan: ("id", "evidence", "pokja", "year"),
    Activity: (
        *("id", "plan", "no", "strategic_issue", "objective", "name", "output", "unit"),
        *("months", "location", "person_in_charge", "partners", "fund_source"),
    ),
    IndicatorSet: ("id", "evidence", "pokja", "year"),
    Target: ("id", "indicator_set", "indicator", "target", "source"),
    Budget: ("id", "evidence", "pokja", "year", "stage"),
    BudgetLine: (
        *("id", "budget", "fund_source", "sub_activity_code", "sub_activity_name", "ceiling"),
        *("basis", "page"),
    ),
}


@dataclass(frozen=True)
class Size:
    pokja: int  # in the whole country
    years: range
    activities: int
    targets: int
    lines: int


SIZES = {
    1: Size(552 * 6, range(2020, 2027), 30, 10, 12),
    20: Size(84_000, range(2022, 2027), 1, 1, 1),
}


def fill(scale: int) -> dict[str, int]:
    """Write the country; the tables of regions and indicators must be there. Counts by table."""
    triggers.remove()
    country = _Country(SIZES[scale])
    counts: dict[str, int] = defaultdict(int)
    with _in_haste():
        for model, rows in country.parts():
            with transaction.atomic():
                insert_rows(model, FIELDS[model], rows)
            counts[model._meta.db_table] += len(rows)
    _number_on()
    refresh_statistics()
    return dict(counts)


def _number_on() -> None:
    """The rows brought their own numbers; what is written later goes on behind them."""
    with connection.cursor() as cursor:
        for words in connection.ops.sequence_reset_sql(no_style(), list(FIELDS)):
            cursor.execute(words)


@contextmanager
def _in_haste():
    """SQLite: without waiting for disks, checking keys or keeping indexes row by row. The database
    is thrown away, and what is measured later has a connection of its own again."""
    if connection.vendor != "sqlite":
        yield
        return
    tables = [model._meta.db_table for model in FIELDS]
    with connection.cursor() as cursor:
        for words in ("synchronous = OFF", "foreign_keys = OFF", "cache_size = -200000"):
            cursor.execute(f"PRAGMA {words}")
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "  # noqa: S608
            f"AND tbl_name IN ({', '.join(['%s'] * len(tables))})",
            tables,
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _, made_by in indexes:
            cursor.execute(made_by)
    connection.close()


class _Country:
    def __init__(self, size: Size):
        self.size, self.dice = size, random.Random(1)  # noqa: S311 - made-up figures
        self.regions = list(
            Region.objects.with_pokja_level().order_by("code").values_list("pk", "code")
        )
        self.indicators = list(Indicator.objects.values_list("pk", flat=True)[: size.targets])
        self.ids = defaultdict(lambda: itertools.count(1))
        self.rows: dict[type, list[tuple]] = {}

    def parts(self):
        """(model, rows), a few regions at a time; what is pointed to comes first."""
        for at in range(0, len(self.regions), 24):
            self.rows = {model: [] for model in FIELDS}
            for place, (region, code) in enumerate(self.regions[at : at + 24], start=at):
                self._region(place, region, code)
            yield from self.rows.items()

    def _add(self, model, *values) -> int:
        pk = next(self.ids[model])
        self.rows[model].append((pk, *values))
        return pk

    def _region(self, place: int, region: int, code: str) -> None:
        total, regions = self.size.pokja, len(self.regions)
        for number in range(total // regions + (place < total % regions)):
            formed = date(self.size.years.start, 1, self.dice.randint(1, 28))
            pokja = self._add(Pokja, f"{code}-{number}", region, "Pokja", formed, None, 1)
            self._add(PokjaType, pokja, KINDS[number % len(KINDS)])
            self._decrees(region, pokja, formed)
            for year in self.size.years:
                self._year(region, pokja, year)

    def _evidence(self, kind: str, region: int, year: int | None, status: str) -> int:
        family = uuid.UUID(int=self.dice.getrandbits(128))
        return self._add(
            Evidence, kind, region, year, "Bukti", status, family.hex, 1, 1, MADE, MADE
        )

    def _decrees(self, region: int, pokja: int, formed: date) -> None:
        start = formed
        while start.year < 2027:
            end = start + timedelta(days=self.dice.randint(300, 1400))
            evidence = self._evidence("decree", region, None, self.dice.choice(STATUSES))
            number = f"188/{evidence}"
            decree = self._add(
                *(Decree, evidence, number, number, start, "SK", "Bupati", "definitif", "Nama"),
                *(start, end, "tertulis"),
            )
            self._add(DecreeCoverage, decree, pokja, "establish", "", "")
            start = end + timedelta(days=1)

    def _year(self, region: int, pokja: int, year: int) -> None:
        size, status = self.size, lambda: self.dice.choice(STATUSES)
        plan = self._add(WorkPlan, self._evidence("work_plan", region, year, status()), pokja, year)
        for no in range(1, size.activities + 1):
            names = (
                "Isu",
                "Sasaran",
                "Kegiatan",
                "Keluaran",
                "kali",
                9,
                "Kantor",
                "Dinas",
                "Mitra",
            )
            self._add(Activity, plan, no, *names, "apbd_kabkota")
        chosen = self._add(
            IndicatorSet, self._evidence("indicator_set", region, year, status()), pokja, year
        )
        for indicator in self.indicators:
            self._add(Target, chosen, indicator, 2, "PK")
        budget = self._add(
            Budget, self._evidence("budget", region, year, status()), pokja, year, "murni"
        )
        for no in range(size.lines):
            code, ceiling = f"2.14.02.{no}", self.dice.choice((0, 4_000_000, 9_000_000))
            self._add(BudgetLine, budget, "apbd_kabkota", code, "Sub kegiatan", ceiling, "DPA", "3")

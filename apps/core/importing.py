"""A file of many rows, all or nothing (spec section 7): the frame that every kind fills in.

1. ``read_records``: every cell through its column's reader; bad cells are collected, not raised.
2. ``Importer.plan``: compares with what is stored (reads only, a constant number of queries) and
   says for each row: added, changed or left alone.
3. ``Plan.make_rows`` makes the rows; ``Plan.write`` saves them inside one transaction, short and
   set-based, and refuses when something it relied on has changed since: then the whole is planned
   again.

The command line, the admin and the portal use this one way in.
"""

import gc
import logging
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db import IntegrityError, transaction

from apps.core.import_parts import (
    ADD,
    CHANGE,
    KEEP,
    Column,
    Gate,
    Outcome,
    Plan,
    PlanOutdated,
    Problems,
    Record,
    Trace,
)
from apps.core.tabular import CellError, Sheet

__all__ = [
    "ADD",
    "CHANGE",
    "KEEP",
    "Column",
    "Gate",
    "Importer",
    "Outcome",
    "Plan",
    "PlanOutdated",
    "Problems",
    "Record",
    "Report",
    "Trace",
    "chunks",
    "differing",
    "limited",
    "overwrite",
    "read_records",
    "run_import",
]

logger = logging.getLogger(__name__)

REQUIRED = "Wajib diisi"
ATTEMPTS = 3
# Below the 32.766 variables that a stock SQLite takes in one statement.
CHUNK = 5_000


# What is told of the records of a file and their plan, as warnings.
Warn = Callable[[list[Record], Plan, Problems], None]


class Importer:
    """One kind of file. Subclasses name the columns, compare and write.

    ``actor`` is the account the run is logged to, None on the command line.
    """

    kind = ""
    label = ""
    # Where an error about the row as a whole is shown.
    key_column = ""

    def __init__(self, *, actor=None):
        self.actor = actor

    @property
    def columns(self) -> tuple[Column, ...]:
        raise NotImplementedError

    @classmethod
    def column_names(cls) -> list[str]:
        """Names of all columns in the order of spec section 7."""
        raise NotImplementedError

    def prepare(self, sheet: Sheet) -> None:
        """Read what the readers of the columns need to know, for all rows at once."""

    def check(self, record: Record, problems: Problems) -> None:
        """Rules over several cells of one row; may put a better value into ``values``."""

    def key_of(self, record: Record) -> Hashable | None:
        """What identifies a row; None when a part of it could not be read."""
        raise NotImplementedError

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        raise NotImplementedError

    def export_rows(self, user, within=None) -> Iterator[list]:
        """What this person may see, as rows of this very file.

        ``within`` is a queryset of what the admin lists (Pokja, SK, plans …): only those.
        """
        raise NotImplementedError


@dataclass
class Report:
    """What a run found and did."""

    rows: int = 0
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    saved: bool = False

    def count(self, action: str) -> int:
        return sum(outcome.action == action for outcome in self.outcomes)


def run_import(
    importer: Importer,
    sheet: Sheet,
    *,
    dry_run: bool = False,
    record: Callable[[list[Trace]], None],
    warn: Warn | None = None,
) -> Report:
    """Plan the whole file and, unless it has errors or ``dry_run`` is set, write it.

    ``record`` keeps the traces of what changed, inside the same transaction. Nothing is written
    when anything is wrong. Somebody else's change between planning and
    writing leads to a new plan; after three such changes the run ends with an error. ``warn`` may
    add warnings to a plan without errors.
    """
    report = Report(rows=len(sheet.rows))
    for _attempt in range(ATTEMPTS):
        problems, plan = _planned(importer, sheet, warn)
        report.errors, report.warnings = problems.errors, problems.warnings
        report.outcomes = sorted(plan.outcomes, key=lambda item: item.row) if plan else []
        if report.errors or dry_run:
            return report
        if not plan.changes_anything or _written(plan, record):
            report.saved = True
            return report
    report.errors = [CellError("Data berubah terus selama impor berjalan. Jalankan sekali lagi")]
    return report


def _planned(importer: Importer, sheet: Sheet, warn: Warn | None) -> tuple[Problems, Plan | None]:
    problems = Problems()
    names = importer.column_names()
    importer.prepare(sheet)
    columns = importer.columns
    _check_headers(sheet, columns, problems)
    records = read_records(importer, columns, sheet, problems)
    _refuse_repeated(importer, records, problems)
    plan = importer.plan(records, problems)
    if warn and not problems.errors:
        warn(records, plan, problems)
    problems.sort(names)
    return problems, None if problems.errors else plan


def _written(plan: Plan, record) -> bool:
    try:
        plan.make_rows()
        with _uncollected(), transaction.atomic():
            plan.write()
            record(plan.traces)
    except (PlanOutdated, IntegrityError) as error:
        # Mostly somebody was faster; three times in a row it is a rule no check knows of.
        logger.warning("Import is planned anew: %s", error)
        plan.undo_files()
        return False
    except BaseException:
        plan.undo_files()
        raise
    return True


@contextmanager
def _uncollected():
    """No search for garbage meanwhile: it goes through all rows of the file again and again, a
    quarter of the time that others wait for an SQLite file."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _check_headers(sheet: Sheet, columns: tuple[Column, ...], problems: Problems) -> None:
    names = {column.name for column in columns}
    unknown = [name for name in sheet.headers if name not in names]

    def shown(name: str) -> str:
        return sheet.written.get(name, name)

    for column in columns:
        if column.required and column.name not in sheet.headers:
            near = get_close_matches(column.name, unknown, 1)
            hint = f". Apakah kolom {shown(near[0])} yang dimaksud?" if near else ""
            problems.errors.append(
                CellError(f"Kolom wajib ini tidak ada di berkas{hint}", 1, column.name)
            )
    if unknown:
        words = ", ".join(map(shown, unknown))
        problems.warnings.append(CellError(f"Kolom tidak dikenal diabaikan: {words}"))
    if not sheet.rows:
        problems.errors.append(CellError("Berkas tidak memuat satu baris data pun"))


def read_records(importer: Importer, columns, sheet: Sheet, problems: Problems) -> list[Record]:
    """Every row through the readers; a column that is not in the file stays out of ``values``."""
    columns = [column for column in columns if column.name in sheet.headers]
    records = []
    for row in sheet.rows:
        record = Record(row.number, {}, row.cells)
        for column in columns:
            _read_cell(record, column, problems)
        importer.check(record, problems)
        records.append(record)
    return records


def _read_cell(record: Record, column: Column, problems: Problems) -> None:
    raw = record.cells.get(column.name)
    if raw is None or raw == "":
        if column.required:
            problems.error(record, column.name, REQUIRED)
        else:
            record.values[column.name] = column.blank
        return
    try:
        record.values[column.name] = column.read(raw)
    except ValueError as error:
        problems.error(record, column.name, str(error))


def _refuse_repeated(importer: Importer, records: Iterable[Record], problems: Problems) -> None:
    first: dict[Hashable, int] = {}
    for record in records:
        key = importer.key_of(record)
        if key is None:
            continue
        if key in first:
            problems.error(
                record,
                importer.key_column,
                f"Baris ini mengulang baris {first[key]} (kunci yang sama)",
            )
        else:
            first[key] = record.number


def chunks(values: Iterable, size: int = CHUNK) -> Iterator[list]:
    """Lists of at most ``size``, for queries with ``__in``."""
    values = list(values)
    for start in range(0, len(values), size):
        yield values[start : start + size]


def limited(rows, path: str, within):
    """Rows whose ``path`` leads into a queryset; all of them where it is None."""
    if within is None:
        return rows
    return rows.filter(**{f"{path}__in": within.order_by().values("pk")})


def overwrite(model, rows: list, fields: list[str]) -> None:
    """Store these fields of rows that exist: an upsert, many times faster than bulk_update."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields, batch_size=1000
    )


def differing(record: Record, fields: dict[str, str], stored: Callable[[str], object]):
    """(column, field, before, after) of the file's columns that differ from what is stored."""
    for column, name in fields.items():
        if column in record.values:
            before, after = stored(name), record.values[column]
            if before != after:
                yield column, name, before, after

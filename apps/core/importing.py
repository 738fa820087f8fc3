"""A file of many rows, all or nothing (spec section 7): the frame that every kind fills in.

1. ``read_records``: every cell through its column's reader; bad cells are collected, not raised.
2. ``Importer.plan``: compares with what is stored (reads only, a constant number of queries) and
   says for each row: added, changed or left alone.
3. ``Plan.write``: inside one transaction, short, set-based; refuses when something it relied on
   has changed since, and then the whole is planned again.

The command line, the admin and the portal use this one way in.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches

from django.db import IntegrityError, transaction

from apps.core.cells import Reader
from apps.core.tabular import CellError, Sheet

ADD, CHANGE, KEEP = "tambah", "ubah", "tetap"
REQUIRED = "Wajib diisi"
ATTEMPTS = 3
# Below the 32.766 variables that a stock SQLite takes in one statement.
CHUNK = 5_000


class PlanOutdated(Exception):
    """Something the plan relied on has changed since it was made; nothing was written."""


@dataclass(frozen=True)
class Column:
    """A column of the file. ``blank`` is what an empty cell stores."""

    name: str
    read: Reader
    required: bool = False
    blank: object = None


@dataclass
class Record:
    """One row as read. ``values`` holds the columns that are in the file and could be read."""

    number: int
    values: dict[str, object]
    cells: dict[str, object]

    def __getitem__(self, name):
        return self.values[name]

    def get(self, name, default=None):
        return self.values.get(name, default)

    def has(self, *names) -> bool:
        return all(name in self.values for name in names)


@dataclass
class Problems:
    """Bad cells and warnings, collected."""

    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    def error(self, record: Record | None, column: str | None, message: str) -> None:
        self.errors.append(CellError(message, record.number if record else None, column))

    def warn(self, record: Record | None, column: str | None, message: str) -> None:
        self.warnings.append(CellError(message, record.number if record else None, column))

    def sort(self, names: list[str]) -> None:
        """Both lists in the order in which somebody reads the sheet."""
        place = {name: index for index, name in enumerate(names)}
        for found in (self.errors, self.warnings):
            found.sort(key=lambda item: (item.row or 0, place.get(item.column, len(place))))


@dataclass
class Outcome:
    """What the file means for one of its rows; ``details`` are (column, before, after)."""

    row: int
    action: str
    label: str
    details: list[tuple[str, object, object]] = field(default_factory=list)


@dataclass
class Trace:
    """A changed record for the audit trail; evidence has its own history instead."""

    action: str
    subject: object
    region: object
    before: dict
    after: dict


class Plan:
    """What is to be written. ``outcomes`` has one entry for each row of the file."""

    def __init__(self):
        self.outcomes: list[Outcome] = []
        self.traces: list[Trace] = []

    def write(self) -> None:
        """Write it all inside the caller's transaction and fill ``traces``.

        PlanOutdated when what the plan relied on has changed.
        """
        raise NotImplementedError

    def undo_files(self) -> None:
        """After a roll back: remove what was stored outside the database."""

    @property
    def changes_anything(self) -> bool:
        return any(outcome.action != KEEP for outcome in self.outcomes)


class Gate:
    """Which regions a file may speak of: those where its owner may do the acts named.

    ``acts`` are (act, what the role cannot do). Without an actor (command line) all are open.
    """

    def __init__(self, actor, *acts: tuple[str, str]):
        self.actor, self.acts = actor, acts
        self._known: dict[int, str] = {}

    @property
    def hides_others(self) -> bool:
        """Must not even tell whether something exists outside the owner's regions."""
        return self.actor is not None and not self.actor.scope.sees_all

    def refusal(self, region, what: str) -> str:
        """The sentence for the cell that names something of this region; empty when open."""
        if self.actor is None:
            return ""
        if region.pk not in self._known:
            self._known[region.pk] = self._judge(region)
        return self._known[region.pk].format(what=what)

    def _judge(self, region) -> str:
        scope = self.actor.scope
        if not scope.sees_all and not scope.roles_in(region):
            return "{what} tidak ada di wilayah Anda"
        for act, cannot in self.acts:
            if not scope.can(act, region):
                return f"Peran Anda tidak dapat {cannot} di wilayah ini"
        return ""


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


def run_import(importer: Importer, sheet: Sheet, *, dry_run: bool = False,
               record: Callable[[list[Trace]], None]) -> Report:
    """Plan the whole file and, unless it has errors or ``dry_run`` is set, write it.

    ``record`` keeps the traces of what changed, inside the same transaction. Nothing is written
    when anything is wrong. Somebody else's change between planning and
    writing leads to a new plan; after three such changes the run ends with an error.
    """
    report = Report(rows=len(sheet.rows))
    for _attempt in range(ATTEMPTS):
        problems, plan = _planned(importer, sheet)
        report.errors, report.warnings = problems.errors, problems.warnings
        report.outcomes = sorted(plan.outcomes, key=lambda item: item.row) if plan else []
        if report.errors or dry_run:
            return report
        if not plan.changes_anything or _written(plan, record):
            report.saved = True
            return report
    report.errors = [CellError("Data berubah terus selama impor berjalan. Jalankan sekali lagi")]
    return report


def _planned(importer: Importer, sheet: Sheet) -> tuple[Problems, Plan | None]:
    problems = Problems()
    names = importer.column_names()
    importer.prepare(sheet)
    columns = importer.columns
    _check_headers(sheet, columns, problems)
    records = read_records(importer, columns, sheet, problems)
    _refuse_repeated(importer, records, problems)
    plan = importer.plan(records, problems)
    problems.sort(names)
    return problems, None if problems.errors else plan


def _written(plan: Plan, record) -> bool:
    try:
        with transaction.atomic():
            plan.write()
            record(plan.traces)
    except (PlanOutdated, IntegrityError):
        plan.undo_files()
        return False
    except BaseException:
        plan.undo_files()
        raise
    return True


def _check_headers(sheet: Sheet, columns: tuple[Column, ...], problems: Problems) -> None:
    names = {column.name for column in columns}
    unknown = [name for name in sheet.headers if name not in names]
    for column in columns:
        if column.required and column.name not in sheet.headers:
            near = get_close_matches(column.name, unknown, 1)
            hint = f". Apakah kolom {near[0]} yang dimaksud?" if near else ""
            problems.errors.append(
                CellError(f"Kolom wajib ini tidak ada di berkas{hint}", 1, column.name))
    if unknown:
        problems.warnings.append(CellError(f"Kolom tidak dikenal diabaikan: {', '.join(unknown)}"))
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
            problems.error(record, importer.key_column,
                           f"Baris ini mengulang baris {first[key]} (kunci yang sama)")
        else:
            first[key] = record.number


def chunks(values: Iterable, size: int = CHUNK) -> Iterator[list]:
    """Lists of at most ``size``, for queries with ``__in``."""
    values = list(values)
    for start in range(0, len(values), size):
        yield values[start:start + size]


def limited(rows, path: str, within):
    """Rows whose ``path`` leads into a queryset; all of them where it is None."""
    return rows if within is None else rows.filter(**{f"{path}__in": within.order_by().values("pk")})


def overwrite(model, rows: list, fields: list[str]) -> None:
    """Store these fields of rows that exist: an upsert, many times faster than bulk_update."""
    model.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields, batch_size=1000)


def differing(record: Record, fields: dict[str, str], stored: Callable[[str], object]):
    """(column, field, before, after) of the file's columns that differ from what is stored."""
    for column, name in fields.items():
        if column in record.values:
            before, after = stored(name), record.values[column]
            if before != after:
                yield column, name, before, after

"""Files in and out: the calls behind the command, the admin and the portal."""

from decimal import Decimal
from typing import BinaryIO

from apps.accounts.enums import Act
from apps.audit.services import record_many
from apps.core.database import refresh_statistics
from apps.core.importing import Importer, Report, run_import
from apps.core.tabular import (
    CellError,
    Sheet,
    Table,
    TabularError,
    csv_file,
    mark_errors,
    read_sheet,
    xlsx_file,
)
from apps.effectiveness.tasks import settle_figures
from apps.exchange.memory import Memory, warning_of
from apps.exchange.registry import IMPORTERS, is_evidence
from apps.verification.enums import Status

MANY_ROWS = 500  # from here on the planner's picture of the tables may be badly out of date


def importer_for(kind: str, *, actor=None, status=Status.DRAFT, folder=None) -> Importer:
    """The importer of a kind; ``status`` and ``folder`` (of scans) matter to evidence only."""
    if is_evidence(kind):
        return IMPORTERS[kind](actor=actor, status=status, folder=folder)
    return IMPORTERS[kind](actor=actor)


def import_file(
    kind: str, source, *, actor=None, status=Status.DRAFT, folder=None, dry_run=False
) -> Report:
    """Import a file (path or binary file object), all or nothing; never raises for bad content.

    With ``dry_run`` nothing is saved and the report says what would happen.
    """
    importer = importer_for(kind, actor=actor, status=status, folder=folder)
    try:
        sheet = read_sheet(source, sheet=kind, expect=importer.column_names())
    except TabularError as error:
        return Report(errors=[CellError(str(error))])
    return import_sheet(importer, sheet, dry_run=dry_run)


def import_sheet(importer: Importer, sheet: Sheet, *, dry_run=False) -> Report:
    """The same for a table that has been read already."""
    actor = importer.actor

    def role_in(region) -> str:
        return actor.scope.role_for(Act.EDIT, region) if actor and region else ""

    def record(traces) -> None:
        record_many(traces, actor=actor, role_in=role_in, reason=f"Impor berkas {importer.kind}")

    warn = warning_of(importer, sheet, _plain_row)
    report = run_import(importer, sheet, dry_run=dry_run, record=record, warn=warn)
    if report.saved and report.rows >= MANY_ROWS:
        refresh_statistics()
    if report.saved:
        settle_figures.enqueue()
    return report


def export_file(kind: str, user, *, within=None, as_csv=False) -> BinaryIO:
    """What this person may see of a kind, in exactly the columns of spec section 7. A workbook
    remembers on a hidden sheet what it was made of (``memory``).

    A temporary file, whole before the first byte is sent, gone when it is closed. Raises
    TabularError for more rows than a sheet holds.
    """
    importer = importer_for(kind, actor=user)
    rows = map(_plain_row, importer.export_rows(user, within))
    headers = importer.column_names()
    if as_csv:
        return csv_file(headers, rows)
    memory = Memory(kind)
    return xlsx_file([Table(kind, headers, memory.passing(rows)), memory.table()])


def _plain_row(row) -> list:
    return [_plain(value) for value in row]


def _plain(value):
    """Numbers without the zeros of their column."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else value.normalize()


def marked_file(kind: str, source, report: Report) -> bytes:
    """The workbook that came in with its bad cells red and noted. TabularError if unreadable."""
    return mark_errors(source, report.errors, sheet=kind, expect=IMPORTERS[kind].column_names())

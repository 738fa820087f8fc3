"""What django-import-export works with: formats and resources of every kind.

The package brings pages, forms and the result; reading, checking and writing are the portal's own
(``services``), so that a file means the same in the admin, in the portal and on the command line.
"""

import io

from django.core.exceptions import ValidationError
from import_export.formats import base_formats
from import_export.resources import Resource
from import_export.results import Error, InvalidRow, Result, RowResult

from apps.core.importing import ADD, CHANGE, KEEP, Outcome, Report
from apps.core.tabular import CellError, Sheet, read_sheet
from apps.exchange import texts
from apps.exchange.registry import IMPORTERS
from apps.exchange.services import import_sheet, importer_for

IMPORT_TYPES = {
    ADD: RowResult.IMPORT_TYPE_NEW,
    CHANGE: RowResult.IMPORT_TYPE_UPDATE,
    KEEP: RowResult.IMPORT_TYPE_SKIP,
}


class SheetDataset:
    """A table as ``read_sheet`` gives it, where the package expects a dataset of its own."""

    def __init__(self, sheet: Sheet):
        self.sheet = sheet

    def __bool__(self):
        return True  # an empty table is refused with a sentence of ours

    def __len__(self):
        return len(self.sheet.rows)


class SheetFormat(base_formats.Format):
    """XLSX or CSV, told apart by content; hostile workbooks are refused before parsing."""

    kind = ""

    def __init__(self, encoding=None):
        self.encoding = None

    def get_title(self):
        return "XLSX atau CSV"

    def can_import(self):
        return True

    def create_dataset(self, in_stream):
        """TabularError when it is no table."""
        names = IMPORTERS[self.kind].column_names()
        return SheetDataset(read_sheet(io.BytesIO(in_stream), sheet=self.kind, expect=names))


def format_for(kind: str) -> type[SheetFormat]:
    return type(f"SheetFormat_{kind}", (SheetFormat,), {"kind": kind})


class FileResource(Resource):
    """Turns the report of the portal's own run into a result of the package."""

    kind = ""

    @classmethod
    def get_display_name(cls):
        return IMPORTERS[cls.kind].label

    def import_data(self, dataset, dry_run=False, *, user, status, **kwargs):
        importer = importer_for(self.kind, actor=user, status=status)
        report = import_sheet(importer, dataset.sheet, dry_run=dry_run)
        return result_of(report, dataset.sheet)


def resource_for(kind: str) -> type[FileResource]:
    return type(f"FileResource_{kind}", (FileResource,), {"kind": kind})


def result_of(report: Report, sheet: Sheet) -> Result:
    """Every bad cell as an error of its row and column; the outcome of every row otherwise."""
    result = Result()
    result.total_rows = report.rows
    result.warnings = report.warnings
    result.diff_headers = ["Baris", "Data", "Perubahan"]
    _add_errors(result, report.errors, {row.number: row.cells for row in sheet.rows})
    for outcome in report.outcomes:
        row = _row_result(outcome)
        result.append_row_result(row)
        result.increment_row_result_total(row)
    return result


def _add_errors(result: Result, errors: list[CellError], cells) -> None:
    by_row: dict[int, dict[str, list[str]]] = {}
    for error in errors:
        if error.row is None or error.row not in cells:
            result.append_base_error(Error(ValueError(str(error)), number=error.row))
        else:
            by_row.setdefault(error.row, {}).setdefault(error.column, []).append(error.message)
    for number, messages in by_row.items():
        result.invalid_rows.append(InvalidRow(number, ValidationError(messages), ()))


def _row_result(outcome: Outcome) -> RowResult:
    row = RowResult()
    row.import_type = IMPORT_TYPES[outcome.action]
    details = "; ".join(texts.detail(*item) for item in outcome.details)
    row.diff = [outcome.row, outcome.label, details]
    return row

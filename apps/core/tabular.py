"""Tables in and out of files: the one import for other apps. See tabular_in and tabular_out."""

from apps.core.tabular_in import (
    MEMORY_SHEET,
    CellError,
    Row,
    Sheet,
    clean_value,
    normal_header,
    read_sheet,
)
from apps.core.tabular_out import (
    Table,
    csv_file,
    harmless,
    mark_errors,
    write_csv,
    write_xlsx,
    xlsx_file,
)
from apps.core.workbook_guard import LIMITS, Limits, TabularError

__all__ = [
    "LIMITS",
    "MEMORY_SHEET",
    "CellError",
    "Limits",
    "Row",
    "Sheet",
    "Table",
    "TabularError",
    "clean_value",
    "csv_file",
    "harmless",
    "mark_errors",
    "normal_header",
    "read_sheet",
    "write_csv",
    "write_xlsx",
    "xlsx_file",
]

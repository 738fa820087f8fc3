"""What a run says, in words."""

from datetime import date, datetime
from decimal import Decimal

from apps.core.formats import format_date, format_number
from apps.core.importing import ADD, CHANGE, KEEP, Outcome, Report

ACTIONS = {ADD: "tambah", CHANGE: "ubah", KEEP: "tetap"}
EMPTY = "kosong"


def counts(report: Report, *, would: bool = False) -> str:
    """5 baris: 3 ditambah, 1 diubah, 1 tetap."""
    will = "akan " if would else ""
    rows, added, changed, kept = map(
        format_number, (report.rows, *(report.count(action) for action in (ADD, CHANGE, KEEP)))
    )
    return f"{rows} baris: {added} {will}ditambah, {changed} {will}diubah, {kept} tetap"


def outcome_line(outcome: Outcome) -> str:
    """baris 5: ubah 188.45/97 untuk P-1 (berlaku_sampai: kosong → 31 Desember 2026)."""
    line = f"baris {outcome.row}: {ACTIONS[outcome.action]} {outcome.label}"
    if outcome.details:
        line += f" ({'; '.join(detail(*item) for item in outcome.details)})"
    return line


def detail(column: str, before, after) -> str:
    return f"{column}: {shown(before)} → {shown(after)}"


def shown(value) -> str:
    """A value as people write it; "kosong" where there is none."""
    if value is None or value == "":
        return EMPTY
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, Decimal):
        return format_number(value)
    return str(value)

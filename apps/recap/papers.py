"""The recap as a workbook and as a paper, of the same sheets."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from apps.core import sheets as parts
from apps.core.formats import format_date, format_number, format_rupiah, local_time
from apps.core.sheets import BODY, TOTAL, Column, Dress, Formula, Line, Sheet
from apps.core.typeset import pdf
from apps.core.workbook_out import write_book
from apps.dashboard.queries import province_figures
from apps.dashboard.selection import Selection
from apps.effectiveness.moment import Moment
from apps.papers.enums import PaperKind
from apps.papers.heads import head_for, signature_data, signature_for
from apps.papers.issuing import issue
from apps.recap import words
from apps.recap.gathering import Recap
from apps.recap.sheets import all_sheets, printed_sheets

TEMPLATE = "recap/rekap.typ"
MOST_PRINTED = 2000  # rows of one table on paper; the workbook has all
# Of a workbook without rows, and of a cell more, in bytes: measured.
BARE_SIZE, CELL_SIZE = 15_000, 7


# --- the workbook ----------------------------------------------------------------------------


def workbook(recap: Recap, paper: str = "a4") -> bytes:
    """The seven sheets as XLSX, to be printed on A4 or F4. Two queries, for who signs."""
    signature = _signature(recap)
    below = [signature["name"], signature["rank"], signature["nip"]]
    dress = Dress(
        title=title(recap),
        made_at=local_time(recap.made_at, recap.zone),
        footer=title(recap),
        mark=words.SAMPLE_MARK if recap.is_sample else "",
        signature=(signature["lines"], [text for text in below if text]),
        paper=paper,
    )
    return write_book(all_sheets(recap), dress)


def size_of(sheets: Sequence[Sheet]) -> int:
    """About how many bytes the workbook of these sheets has."""
    return BARE_SIZE + sum(len(sheet.lines) * len(sheet.columns) for sheet in sheets) * CELL_SIZE


def title(recap: Recap) -> str:
    return f"Rekap Pokja {recap.region.label} {recap.year}"


def _signature(recap: Recap) -> dict:
    """Who signs; dots to be filled in by hand where the office has named nobody."""
    day = _day(recap)
    found = signature_for(recap.region, day)
    if found is None:
        found = signature_data(None)
        found["lines"] = [f"{recap.region.label}, {format_date(day)}", *found["lines"]]
    return found


def _day(recap: Recap) -> date:
    return local_time(recap.made_at, recap.zone).date()


# --- the paper -------------------------------------------------------------------------------


def paper(recap: Recap, *, user, size: str, root: str) -> bytes:
    """Sheets 1, 2 and 4 as PDF with kop, signature and the mark of authenticity.

    The same facts on the same day are the same file: it carries the time of its first issue.
    """
    figures = recap.figures
    issued = issue(
        kind=PaperKind.RECAP,
        region=recap.region,
        year=recap.year,
        per=recap.moment and recap.moment.per,
        title=title(recap),
        told=told_of(figures, words.finding(recap)),
        user=user,
    )
    recap = replace(recap, made_at=issued.issued_at)
    common = words.notes(recap)
    data = {
        "paper": size,
        "name": title(recap),
        "made": f"Dibuat {words.made(recap)}",
        "is_sample": recap.is_sample,
        "head": head_for(recap.region, _day(recap)),
        "title": "Rekapitulasi Pokja Bangga Kencana",
        "under": words.sentence(recap),
        "tables": [_table(sheet, common) for sheet in printed_sheets(recap)],
        "notes": common,
        "signature": _signature(recap),
        "mark": issued.mark(root),
    }
    return pdf(TEMPLATE, data, issued.issued_at)


def told_of(figures, status: str) -> dict:
    """The facts of a recap, as they are kept with its code: no names."""
    total = figures.total
    return {
        "status": status,
        "keadaan": figures.on.isoformat(),
        "jenis": figures.selection.kind,
        "pokja": total.pokja,
        "efektif": total.effective if total.is_rated else None,
        "terpenuhi": dict(total.met),
        "menunggu": total.all_waiting,
        "isi": _print_of(figures),
    }


def _print_of(figures) -> str:
    """SHA-256 over the statuses of every Pokja, or over the counts of the regions where a very
    large province tells its Pokja in parts."""
    if figures.page is None:
        facts = [
            (item.code, item.effective, [(r.status, r.reason) for r in item.by_rubric.values()])
            for item in figures.items
        ]
    else:
        facts = [
            (pk, counts.pokja, counts.effective, counts.met, counts.waiting)
            for pk, counts in sorted(figures.by_region.items())
        ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def current_told(issued) -> dict:
    """The facts of an issued recap as of now; that a day has passed is no change."""
    told = issued.told
    moment = Moment(issued.per) if issued.per else None
    selection = Selection(kind=told.get("jenis", ""))
    figures = province_figures(issued.region, issued.year, moment, selection)
    now = told_of(figures, words.finding_of(figures, moment))
    return now | {"keadaan": told.get("keadaan")}


# --- a sheet on paper ------------------------------------------------------------------------


def _table(sheet: Sheet, common: list[str]) -> dict:
    """A sheet as text, for typst. Rows beyond the most that are printed are counted; ``common``
    are notes that stand once, at the end of the paper."""
    body = [line for line in sheet.lines if line.kind != TOTAL]
    totals = [line for line in sheet.lines if line.kind == TOTAL]
    notes = [note for note in sheet.notes if note not in common]
    if len(body) > MOST_PRINTED:
        left_out = format_number(len(body) - MOST_PRINTED)
        notes.insert(0, f"{left_out} baris lagi ada pada berkas Excel.")
    return {
        "title": sheet.title,
        "finding": sheet.finding,
        "columns": [_column(column) for column in sheet.columns],
        "rows": [_row(sheet, line) for line in (*body[:MOST_PRINTED], *totals)],
        "notes": notes,
    }


def _row(sheet: Sheet, line: Line) -> dict:
    cells = [shown_cell(*pair) for pair in zip(sheet.columns, line.cells, strict=True)]
    return {"strong": line.kind != BODY, "cells": cells}


def _column(column: Column) -> dict:
    is_text = column.form in (parts.TEXT, parts.CODE, parts.DAY)
    return {"header": column.header, "width": column.width, "right": not is_text}


def shown_cell(column: Column, value) -> str:
    """A cell as the portal writes it: "1.250", "51%", "+3", "Rp 40.000.000", "12 Maret 2026"."""
    if isinstance(value, Formula):
        value = value.value
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, str):
        return value
    if column.form == parts.PERCENT:
        return f"{round(value * 100)}%"
    if column.form == parts.POINTS:
        return f"{'+' if value > 0 else ''}{format_number(value)}"
    if column.form == parts.MONEY:
        return format_rupiah(value)
    return format_number(value)

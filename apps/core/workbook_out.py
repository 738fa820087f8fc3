"""Workbooks as an office prints them: titles, header with column numbers, totals, signature.

Rows are written one by one (openpyxl keeps none of them). A formula carries what it comes to: a
phone's preview, which does not calculate, shows the same as the office program. No Django.
"""

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from textwrap import wrap
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter

from apps.core.sheets import (
    BODY,
    CODE,
    COUNT,
    DAY,
    FIRST_ROW,
    HEADER_ROW,
    MONEY,
    NUMBER_ROW,
    PERCENT,
    POINTS,
    SECTION,
    TEXT,
    TOTAL,
    Column,
    Dress,
    Formula,
    Line,
    Sheet,
    cell_name,
)
from apps.core.tabular_out import DATE_FORMAT, HEADER_FILL, TEXT_FORMAT, harmless

FORMATS = {
    TEXT: TEXT_FORMAT,
    CODE: TEXT_FORMAT,
    COUNT: "#,##0",
    POINTS: "+0;-0;0",
    PERCENT: "0%",
    MONEY: '"Rp "#,##0',
    DAY: DATE_FORMAT,
}
SIGNATURE_WIDTH = 40  # characters its lines need
SIGNING_SPACE = 5  # line ends between the post and the name
TEXT_SIZE, LINE_HEIGHT = 10, 13.5  # points
LETTERS = 1.2  # of Arial 10 for each unit of a column's width
ONE_PAGE = 48  # rows
EXCEL_FOLIO = 14  # 8.5 x 13 in, the nearest to F4 that Excel knows
PAPERS = {"a4": 9, "f4": EXCEL_FOLIO}
_LIGHT = Side(style="hair", color="808B96")
_FIRM = Side(style="thin")
_TOTAL_FILL = PatternFill("solid", fgColor="F0F2F5")
_LINE_LOOKS = {
    BODY: {"bottom": _LIGHT},
    SECTION: {"bottom": _LIGHT},
    TOTAL: {"fill": _TOTAL_FILL, "top": _FIRM, "bottom": _FIRM},
}
_FORMULA = re.compile(r'<c r="([A-Z]+[0-9]+)"([^>]*)><f>([^<]*)</f><v ?(?:/>|></v>)</c>')


# --- writing ---------------------------------------------------------------------------------


def write_book(sheets: Sequence[Sheet], dress: Dress) -> bytes:
    """The workbook; text that a spreadsheet would run as a formula is made harmless."""
    book = Workbook(write_only=True)
    for style in _styles():
        book.add_named_style(style)
    book.properties.title, book.properties.creator = dress.title, "Portal Pokja Bangga Kencana"
    book.properties.created = dress.made_at.replace(tzinfo=None)
    remembered = [_write_sheet(book, sheet, dress) for sheet in sheets]
    out = io.BytesIO()
    book.save(out)
    return _with_values(out, remembered)


def _styles():
    yield _style("judul", Font(bold=True, size=14))
    yield _style("kalimat", Font(color="44515E"))
    yield _style("temuan", Font(bold=True))
    yield _style("tanda", Font(bold=True, color="A8211A"))
    yield _style("kepala", Font(bold=True), fill=HEADER_FILL, bottom=_FIRM, side="center")
    yield _style("nomor", Font(italic=True, size=9, color="5B6874"), bottom=_LIGHT, side="center")
    yield _style("catatan", Font(size=9, color="44515E"))
    yield _style("ttd", Font())
    for form, shown in FORMATS.items():
        side = "left" if form in (TEXT, CODE, DAY) else "right"
        for kind, rules in _LINE_LOOKS.items():
            font = Font(bold=kind != BODY)
            yield _style(f"{kind} {form}", font, shown, side=side, indent=1, **rules)


def _style(name, font, shown="General", *, fill=None, side=None, indent=0, top=None, bottom=None):
    style = NamedStyle(name=f"Portal {name}")
    font.name, font.size = "Arial", font.size or TEXT_SIZE
    style.font, style.number_format = font, shown
    style.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side, indent=indent)
    style.border = Border(top=top, bottom=bottom)
    if fill:
        style.fill = fill
    return style


def _write_sheet(book: Workbook, sheet: Sheet, dress: Dress) -> dict:
    """Write one sheet; gives what its formulas come to, by the name of the cell."""
    page = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", sheet.name)[:31])
    _set_up(page, sheet, dress)
    add = _Rows(page, sheet.columns)
    add.across("judul", sheet.title, 1.5)
    add.across("kalimat", sheet.sentence)
    add.across("temuan", sheet.finding)
    add.heads("kepala", [column.header for column in sheet.columns])
    add.heads("nomor", [f"({number})" for number in range(1, len(sheet.columns) + 1)])
    for line in sheet.lines:
        add.line(line)
    add.across("catatan", "")
    for note in sheet.notes:
        add.across("catatan", note)
    if dress.mark:
        add.across("tanda", dress.mark)
    _sign(add, dress)
    _fill_numbers(page, sheet)
    _fit(page, add.count)
    return add.remembered


class _Rows:
    """Appends rows to a page, high enough for what they say, and remembers what its formulas come
    to. Programs that open a workbook do not all measure its rows."""

    def __init__(self, page, columns: Sequence[Column]):
        self.page, self.columns = page, columns
        self.count, self.remembered = 0, {}
        self.looks = {}  # name of a style -> what its cells share

    def heads(self, style: str, texts: Sequence[str]) -> None:
        cells = [self._cell(_clean(text), f"Portal {style}") for text in texts]
        self._append(cells, self._lines_of(texts))

    def across(self, style: str, text: str, size: float = 1) -> None:
        """One text over the width of the table."""
        width = sum(column.width for column in self.columns)
        self._merge(1)
        self._append([self._cell(_clean(text), f"Portal {style}")], _lines(text, width) * size)

    def block(self, style: str, text, lines: int, start: int) -> None:
        """One text from a column to the right edge, that no page breaks in two."""
        self._merge(start)
        self._append([None] * (start - 1) + [self._cell(text, f"Portal {style}")], lines)

    def line(self, line: Line) -> None:
        cells = []
        for at, (column, value) in enumerate(zip(self.columns, line.cells, strict=True), start=1):
            form = column.form
            if isinstance(value, Formula):
                self.remembered[cell_name(at, self.count + 1)] = value.value
                form = COUNT if form in (TEXT, CODE) else form  # a formula in a text cell is text
                value = value.text
            elif isinstance(value, str):
                value = _clean(value)
            cells.append(self._cell(value, f"Portal {line.kind} {form}"))
        self._append(cells, self._lines_of(line.cells))

    def _lines_of(self, values) -> int:
        pairs = zip(self.columns, values, strict=True)
        texts = ((column, value) for column, value in pairs if isinstance(value, str))
        return max((_lines(text, column.width) for column, text in texts), default=1)

    def _cell(self, value, style: str) -> WriteOnlyCell:
        cell = WriteOnlyCell(self.page, value)
        if style not in self.looks:
            cell.style = style
            self.looks[style] = cell._style
        cell._style = self.looks[style]  # to look a style up by name costs as much as the cell
        return cell

    def _merge(self, start: int) -> None:
        row, last = self.count + 1, len(self.columns)
        if start < last:
            self.page.merged_cells.add(f"{cell_name(start, row)}:{cell_name(last, row)}")

    def _append(self, cells, lines: float) -> None:
        self.count += 1
        if lines > 1:
            self.page.row_dimensions[self.count].height = lines * LINE_HEIGHT + 2
        self.page.append(cells)


def _lines(text: str, width: float) -> int:
    """How many lines a text needs in a cell of so many characters."""
    room = max(1, int(width * LETTERS) - 1)
    if len(text) <= room and "\t" not in text:  # most of them, and wrapping is slow
        return 1
    return len(wrap(text, room)) or 1


def _clean(text: str) -> str:
    return harmless(ILLEGAL_CHARACTERS_RE.sub("", text))


def _set_up(page, sheet: Sheet, dress: Dress) -> None:
    for at, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(at)].width = column.width
    page.freeze_panes = cell_name(sheet.names + 1, FIRST_ROW)
    page.print_title_rows = f"{HEADER_ROW}:{NUMBER_ROW}"
    last = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A{NUMBER_ROW}:{last}{sheet.last_row}"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = PAPERS[dress.paper]
    page.page_setup.fitToWidth = 1
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True
    margins = page.page_margins
    margins.left = margins.right = 0.5
    margins.top, margins.bottom = 0.6, 0.7
    foot = page.oddFooter
    foot.left.text, foot.right.text = _in_foot(dress.footer), "Halaman &P dari &N"
    foot.center.text = _in_foot(dress.mark) or None


def _in_foot(text: str) -> str:
    return text.replace("&", "&&")


def _sign(add: _Rows, dress: Dress) -> None:
    """The signature block at the right, under columns that are wide enough for it."""
    above, below = dress.signature
    if not above:
        return
    start, room = len(add.columns), add.columns[-1].width
    while start > 1 and room < SIGNATURE_WIDTH:
        start -= 1
        room += add.columns[start - 1].width
    name, *rest = [_clean(text) for text in below] or [""]
    space = "\n" * SIGNING_SPACE
    text = CellRichText(
        "\n".join(_clean(text) for text in above) + space,
        TextBlock(InlineFont(rFont="Arial", sz=TEXT_SIZE, b=True), name),
        *(f"\n{text}" for text in rest),
    )
    add.across("catatan", "")
    add.block("ttd", text, len(above) + SIGNING_SPACE + len(below), start)


def _fit(page, rows: int) -> None:
    """A short sheet is one page, so that its signature does not stand alone on a second."""
    page.page_setup.fitToHeight = 1 if rows <= ONE_PAGE else 0


def _fill_numbers(page, sheet: Sheet) -> None:
    for at, column in enumerate(sheet.columns, start=1):
        area = f"{cell_name(at, FIRST_ROW)}:{cell_name(at, max(sheet.last_row, FIRST_ROW))}"
        for number, colour in column.fills.items():
            fill = PatternFill("solid", bgColor=colour)
            light = Font(color="FFFFFF") if _is_dark(colour) else None
            rule = CellIsRule("equal", [str(number)], fill=fill, font=light)
            page.conditional_formatting.add(area, rule)


def _is_dark(colour: str) -> bool:
    return sum(int(colour[at : at + 2], 16) for at in (0, 2, 4)) < 3 * 128


# --- what the formulas come to ---------------------------------------------------------------


def _with_values(book: io.BytesIO, remembered: Sequence[dict]) -> bytes:
    """The file with the values put beside the formulas, which openpyxl leaves empty."""
    parts = {f"xl/worksheets/sheet{at}.xml": each for at, each in enumerate(remembered, start=1)}
    out = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if values := parts.get(member.filename):
                content = _FORMULA.sub(_value_in(values), content.decode()).encode()
            new.writestr(member, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _value_in(values: dict):
    def put(match: re.Match) -> str:
        name, rest, formula = match.groups()
        value = values[name]
        kind = ' t="str"' if isinstance(value, str) else ""
        return f'<c r="{name}"{rest}{kind}><f>{formula}</f><v>{_plain(value)}</v></c>'

    return put


def _plain(value) -> str:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        raise TypeError("A formula comes to a number or to text.")
    return str(value)

"""The template of a kind, made for one person: their own regions and Pokja to choose from."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import load_workbook
from openpyxl.styles import Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from apps.core.importing import Importer
from apps.core.tabular import Sheet, Table, write_xlsx
from apps.exchange.guide import CHOICES, CODES, words_for
from apps.exchange.services import importer_for
from apps.indicators.models import Indicator
from apps.pokja.models import Pokja
from apps.regions.models import Region

ROWS = 2_000  # that the lists to choose from reach; a file may have more
TEXT = "@"
WIDE = {"kode_pokja": 24, "nama": 50, "wilayah": 34}
UNLOCKED = Protection(locked=False)
# What stays allowed on a protected sheet; only the header row is locked. There is no password.
ALLOWED = ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort")
RULES = (
    ("baris", "Satu baris satu data; baris contoh tidak ada, mulailah pada baris 2"),
    ("judul", "Nama kolom pada baris 1 jangan diubah; urutannya boleh"),
    ("kosong", "Kolom yang tidak wajib boleh dikosongkan"),
    ("kode", "Kode ditulis sebagai teks, supaya nol di belakang tidak hilang"),
    ("hasil", "Semua baris disimpan, atau tidak satu pun: satu sel salah membatalkan seluruhnya"),
)


def template(kind: str, user) -> bytes:
    """XLSX: the empty sheet, a guide, what may be chosen from. A few queries for any number."""
    importer = importer_for(kind, actor=user)
    importer.prepare(Sheet(kind, []))
    names = importer.column_names()
    lists = {
        name: read(user)
        for name, read in REFERENCES.items()
        if name in names and (kind, name) not in NEW_THERE
    }
    book = load_workbook(io.BytesIO(write_xlsx(_tables(importer, names, lists))))
    page = book[kind]
    for at, name in enumerate(names, start=1):
        letter = get_column_letter(at)
        _prepare(page, letter, name)
        _offer(page, letter, _source(name, lists))
    _lock_headers(page)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _pokja(user) -> Table:
    rows = Pokja.objects.for_user(user).order_by("region__code", "code")
    headers = ("kode_pokja", "nama", "kode_wilayah", "wilayah")
    values = rows.values_list("code", "name", "region__code", "region__name")
    return Table("pokja", headers, list(values), WIDE)


def _regions(user) -> Table:
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    return Table(
        "wilayah", ("kode_wilayah", "wilayah"), list(rows.values_list("code", "name")), WIDE
    )


def _indicators(user) -> Table:
    rows = Indicator.objects.order_by("code").values_list("code", "name")
    return Table("indikator", ("kode_indikator", "nama"), list(rows), WIDE)


# Column -> the list its codes are chosen from; the user's own rows.
REFERENCES = {"kode_pokja": _pokja, "kode_wilayah": _regions, "kode_indikator": _indicators}
NEW_THERE = {("pokja", "kode_pokja")}  # a code may be one that nobody has yet


def _tables(importer: Importer, names: Sequence[str], lists: dict[str, Table]) -> Iterable[Table]:
    required = {column.name for column in importer.columns if column.required}
    guide = [
        *((name, "wajib" if name in required else "", words_for(importer, name)) for name in names),
        *((word, "", text) for word, text in RULES),
    ]
    yield Table(importer.kind, names, (), dict.fromkeys(names, 22))
    yield Table("petunjuk", ("kolom", "wajib", "isi"), guide, {"kolom": 26, "isi": 90})
    yield from lists.values()


def _prepare(page, letter: str, name: str) -> None:
    """The whole column may be written, and codes in it stay text."""
    column = page.column_dimensions[letter]
    column.protection = UNLOCKED
    if name in CODES:
        column.number_format = TEXT


def _source(name: str, lists: dict[str, Table]) -> str:
    """The formula of a list to choose from; "" where anything may be written."""
    if name in CHOICES:
        return f'"{",".join(CHOICES[name])}"'
    found = lists.get(name)
    return f"{found.title}!$A$2:$A${len(found.rows) + 1}" if found and found.rows else ""


def _offer(page, letter: str, source: str) -> None:
    if not source:
        return
    picker = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=True)
    picker.errorTitle, picker.error = "Pilihan", "Pilih salah satu dari daftar"
    page.add_data_validation(picker)
    picker.add(f"{letter}2:{letter}{ROWS + 1}")


def _lock_headers(page) -> None:
    for name in ALLOWED:
        setattr(page.protection, name, False)  # False: not forbidden
    page.protection.autoFilter = False
    page.protection.enable()

"""A comparison or a trend as CSV or workbook: the numbers of the page, no more."""

from collections.abc import Sequence

from django.http import HttpResponse

from apps.comparison import dates, drawings, page
from apps.comparison.asking import Question
from apps.comparison.reading import Area
from apps.comparison.trend import Asked
from apps.core.looks import CRITERIA
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.dashboard.history import History
from apps.dashboard.links import Viewer
from apps.dashboard.tallies import Tally
from apps.pokja.enums import PokjaKind

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COUNTS = ("pokja", "efektif", *CRITERIA, "kriteria_terpenuhi", "kriteria_seluruhnya", "menunggu")
AREAS = ("kode_wilayah", "wilayah", "tahun", *COUNTS)
KINDS = ("kode_wilayah", "wilayah", "jenis", "pokja", "efektif", "kriteria_terpenuhi")
DATES = ("ukuran", "sebelum", "dari_sebelum", "sesudah", "dari_sesudah", "selisih")
CHANGES = ("wilayah", "pokja", "kriteria", "sebelum", "sesudah", "catatan")
TREND = ("kode_wilayah", "wilayah", "tahun", *COUNTS, "aturan_baru")
NOTES = (
    "Hanya data terverifikasi yang dihitung; yang menunggu verifikasi dihitung tersendiri.",
    "Sel kosong berarti belum ada isian atau tidak dapat dinilai, bukan nol.",
)
WIDTHS = {"wilayah": 30, "pokja": 12, "ukuran": 24, "keterangan": 100, "catatan": 24}


def counts_row(counts: Tally) -> tuple:
    """The cells under COUNTS; empty where nobody sent anything, and where nothing can be rated."""
    if not counts.has_data:
        return (counts.pokja, *[None] * (len(COUNTS) - 1))
    return (
        counts.pokja,
        counts.effective if counts.is_rated else None,
        *(counts.met[name] for name in CRITERIA),
        *counts.criteria,
        counts.all_waiting,
    )


def regions_tables(question: Question, areas: Sequence[Area]) -> list[Table]:
    year = question.year
    rows = [(a.place.code, a.place.full_name, year, *counts_row(a.counts)) for a in areas]
    rows += [("", name, year, *counts_row(counts)) for name, counts in page.means(areas)]
    kinds = [
        (a.place.code, a.place.full_name, PokjaKind(kind).label, *_kind(counts))
        for a in areas
        for kind, counts in drawings.kind_tallies(a).items()
    ]
    return [
        Table("Perbandingan", AREAS, rows, WIDTHS),
        Table("Per jenis", KINDS, kinds, WIDTHS),
        Table("Dari tahun ke tahun", TREND, [row for a in areas for row in years_of(a)], WIDTHS),
        notes_table(question.selection.words),
    ]


def _kind(counts: Tally) -> tuple:
    effective = counts.effective if counts.is_rated else None
    return counts.pokja, effective, counts.criteria.part


def years_of(area: Area) -> list[tuple]:
    return _years(area.place.code, area.place.full_name, area.history)


def _years(code: str, name: str, history: History) -> list[tuple]:
    return [
        (code, name, year, *counts_row(counts), year in history.changes)
        for year, counts in zip(history.years, history.tallies, strict=True)
    ]


def dates_tables(question: Question, viewer: Viewer) -> list[Table]:
    pair = dates.pair_of(question)
    before, after = pair.tallies
    rows = [
        (name, *before.criterion(name), *after.criterion(name), after.met[name] - before.met[name])
        for name in CRITERIA
    ]
    if before.is_rated and after.is_rated:
        rows.append(("efektif", *before.share, *after.share, after.effective - before.effective))
    named, _ = dates.named_rows(question, pair.changes, viewer)
    changed = [
        (each["region"] or question.places[0].label, each["name"], *cells, each["note"])
        for each in named
        for cells in [(step["label"], step["before"], step["after"]) for step in each["steps"]]
        or [("", "", "")]
    ]
    first, last = (dates.day_words(day) for day in question.days)
    return [
        Table("Dua tanggal", DATES, rows, WIDTHS),
        Table("Pokja yang berubah", CHANGES, changed, WIDTHS | {"pokja": 40}),
        notes_table(
            f"{question.places[0].full_name}, tahun {question.year}. Sebelum = {first}; "
            f"sesudah = {last}.",
            question.selection.words,
        ),
    ]


def notes_table(*more: str) -> Table:
    lines = [(line,) for line in (*more, *NOTES) if line]
    return Table("Keterangan", ("keterangan",), lines, WIDTHS)


def answer(tables: Sequence[Table], form: str, name: str) -> HttpResponse:
    """A workbook of all tables, or the first one as CSV; ``name`` without its ending."""
    if form == "csv":
        content, kind = write_csv(tables[0].headers, tables[0].rows), "text/csv; charset=utf-8"
    else:
        content, kind = write_xlsx(tables), XLSX
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )


def trend_tables(asked: Asked, area: Area) -> list[Table]:
    """The years of the area, and behind them those of the one it is part of."""
    rows = years_of(area)
    if area.parent:
        name = "Nasional" if area.place.is_province else area.place.province.full_name
        code = "nasional" if area.place.is_province else area.place.province.code
        rows += _years(code, name, area.parent)
    return [Table("Tren", TREND, rows, WIDTHS), notes_table(asked.selection.words)]

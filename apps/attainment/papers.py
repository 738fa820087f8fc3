"""The tables of attainment as files: the caller sees what the page shows, no more."""

from apps.attainment import words
from apps.attainment.figures import Attainment
from apps.attainment.lacking import Lack, lacking
from apps.core.tabular_out import Table, write_csv, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LACK_HEADERS = ("kode_wilayah", "wilayah", "langkah", "pokja_terdekat", "yang_kurang")
LKIP_HEADERS = ("tahun", "tingkat", "target", "capaian", "dari", "persen")


def table_file(found: Attainment, form: str, scope) -> tuple[bytes, str]:
    """(content, content type); a workbook has both tables, CSV who lacks what."""
    rows = list(_lack_rows(lacking(found), scope))
    if form == "csv":
        return write_csv(LACK_HEADERS, rows), "text/csv; charset=utf-8"
    sheets = (
        Table("Capaian", LKIP_HEADERS, list(_lkip_rows(found)), {"tingkat": 18}),
        Table("Yang kurang", LACK_HEADERS, rows, {"wilayah": 32, "yang_kurang": 60}),
        Table(
            "Keterangan", ("keterangan",), [(line,) for line in _notes(found)], {"keterangan": 90}
        ),
    )
    return write_xlsx(sheets), XLSX


def _lkip_rows(found: Attainment):
    for year in found.years:
        for level, measure in (("Provinsi", year.provinces), ("Kab/Kota", year.districts)):
            yield (
                year.year,
                level,
                measure.target,
                measure.reached,
                measure.total,
                measure.percent_text,
            )


def _lack_rows(rows: list[Lack], scope):
    for each in rows:
        named = bool(scope.roles_in(each.region))
        yield (
            each.region.code,
            each.region.full_name,
            each.steps,
            each.pokja_text(named=named),
            each.gaps_text,
        )


def _notes(found: Attainment):
    yield words.IKK
    yield words.finding(found)
    yield words.FORMULA
    if note := words.rule_note(found.rule_years):
        yield note

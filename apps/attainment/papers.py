"""The tables of attainment as files: the caller sees what the page shows, no more."""

from apps.attainment import words
from apps.attainment.figures import Attainment, province_rows
from apps.attainment.lacking import Lack, lacking
from apps.attainment.services import promised_districts
from apps.core.tabular_out import Table, write_csv, write_xlsx
from apps.effectiveness.breaks import break_words

WIDE = {"keterangan": 90}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LACK_HEADERS = ("kode_wilayah", "wilayah", "langkah", "pokja_terdekat", "yang_kurang")
PROVINCE_HEADERS = (
    "kode_wilayah",
    "provinsi",
    "tingkat_provinsi",
    "target",
    "capaian",
    "dari",
    "persen",
)
LKIP_HEADERS = ("tahun", "tingkat", "target", "capaian", "dari", "persen")


def table_file(found: Attainment, form: str, scope) -> tuple[bytes, str]:
    """(content, content type); a workbook has both tables, CSV the longer one."""
    title, headers, rows = _longer(found, scope)
    if form == "csv":
        return write_csv(headers, rows), "text/csv; charset=utf-8"
    sheets = (
        Table("Capaian", LKIP_HEADERS, list(_lkip_rows(found)), {"tingkat": 18}),
        Table(title, headers, rows, {"wilayah": 32, "provinsi": 32, "yang_kurang": 60}),
        Table("Keterangan", ("keterangan",), [(line,) for line in _notes(found)], WIDE),
    )
    return write_xlsx(sheets), XLSX


def _longer(found: Attainment, scope) -> tuple[str, tuple, list]:
    """Who lacks what in a province; the provinces, for the nation."""
    if found.area is None:
        return "Provinsi", PROVINCE_HEADERS, list(_province_rows(found))
    return "Yang kurang", LACK_HEADERS, list(_lack_rows(lacking(found), scope))


def _province_rows(found: Attainment):
    for row in province_rows(found, promised_districts(found.year)):
        own = "Efektif" if row.is_effective else "Belum efektif"
        yield (
            row.region.code,
            row.region.full_name,
            own if found.rules else "",
            row.districts.target,
            row.districts.reached,
            row.districts.total,
            row.districts.percent_text,
        )


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
    if note := break_words(found.rule_years):
        yield note

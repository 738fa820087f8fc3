"""The workbook: seven sheets, dressed as an office prints them, with the portal's own figures."""

from datetime import date
from decimal import Decimal

import pytest

from apps.budgets.models import BudgetLine
from apps.core.looks import CRITERIA
from apps.core.workbook_out import EXCEL_FOLIO
from apps.dashboard.queries import province_figures, verified_lines
from apps.deadlines.models import Period, Reopening
from apps.effectiveness.models import Rubric
from apps.papers.models import Letterhead, Signer
from apps.pokja.models import Pokja
from apps.recap import papers, words
from apps.recap.sheets import all_sheets
from tests.recap.books import formulas, recalculated, row_of, values

pytestmark = pytest.mark.django_db
NAMES = ["Ringkasan", "Kab-Kota", "Pokja", "Kekurangan", "Anggaran", "Tren", "Keterangan"]


@pytest.fixture
def book(scene, regions, recap_of):
    return papers.workbook(recap_of(regions.sulsel))


def test_it_has_the_seven_sheets_with_title_sentence_header_and_numbers(book):
    pages = formulas(book)
    assert pages.sheetnames == NAMES
    for page in pages:
        assert page["A1"].font.b
        assert page["A1"].font.sz == 14
        assert page["A2"].value == (
            "Provinsi Sulawesi Selatan, tahun 2026, data terverifikasi s.d. 12 Maret 2026 "
            "pukul 08.00 WITA"
        )
        assert page["A4"].fill.fgColor.rgb.endswith("EEF1F4")
        assert page["A4"].alignment.wrap_text
        assert page["A4"].border.bottom.style == "thin"
        assert page["A5"].value == "(1)"


def test_it_is_set_up_to_be_read_and_printed(book):
    for page in formulas(book):
        assert page.freeze_panes.endswith("6")
        assert page.auto_filter.ref.startswith("A5:")
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert page.page_setup.fitToWidth == 1
        assert page.print_title_rows == "$4:$5"
        assert page.oddFooter.right.text == "Halaman &P dari &N"
    regions = formulas(book)["Kab-Kota"]
    assert regions.freeze_panes == "D6"
    assert [regions.column_dimensions[each].width for each in "ABC"] == [5, 8, 28]


def test_it_can_be_set_up_for_f4(scene, regions, recap_of):
    for page in formulas(papers.workbook(recap_of(regions.sulsel), "f4")):
        assert page.page_setup.paperSize == EXCEL_FOLIO


def test_codes_are_text_numbers_are_numbers_dates_are_dates(book):
    pages = formulas(book)
    row = row_of(pages["Kab-Kota"], "Bone", 3)
    assert row[:6] == [1, "73.08", "Bone", 1, 0, 0]
    pokja = row_of(pages["Pokja"], "Bone", 3)
    assert pokja[6].date() == date(2021, 1, 4)
    assert pokja[7].date() == date(2028, 12, 31)
    page = pages["Pokja"]
    assert page["G6"].number_format == "[$-421]d mmmm yyyy"
    money = pages["Anggaran"]
    assert money["E6"].number_format == '"Rp "#,##0'
    assert money["E6"].value == 40_000_000
    assert pages["Kab-Kota"]["F6"].number_format == "0%"


def test_its_figures_are_those_of_the_dashboard(book, regions):
    figures = province_figures(regions.sulsel, 2026)
    total, pages = figures.total, values(book)
    head = row_of(pages["Ringkasan"], "Pokja efektif")
    assert head[1:4] == [total.effective, total.pokja, total.share.percent / 100]
    sums = row_of(pages["Kab-Kota"], "JUMLAH", 3)
    assert sums[3:5] == [total.pokja, total.effective]
    assert sums[6:11] == [*(total.met[name] for name in CRITERIA), total.all_waiting]
    lacking = row_of(pages["Kekurangan"], "JUMLAH KEKURANGAN")
    assert lacking[3] == sum(total.unmet(name) for name in CRITERIA)
    money = sum(ceiling for held in verified_lines(figures.items).values() for _, ceiling in held)
    assert row_of(pages["Anggaran"], "JUMLAH")[4] == money
    assert row_of(pages["Tren"], "Provinsi Sulawesi Selatan (semua Pokja)")[5] == head[3]
    assert pages["Ringkasan"]["A3"].value == "1 dari 4 Pokja di Sulawesi Selatan sudah efektif"


def test_totals_are_formulas_with_what_they_come_to(book):
    told, shown = formulas(book), values(book)
    for name, column, label in (
        ("Kab-Kota", 3, "JUMLAH"),
        ("Pokja", 3, "JUMLAH"),
        ("Anggaran", 1, "JUMLAH"),
    ):
        made, come_to = row_of(told[name], label, column), row_of(shown[name], label, column)
        sums = [at for at, value in enumerate(made) if str(value).startswith("=")]
        assert sums
        assert all(come_to[at] is not None for at in sums)


def test_libreoffice_recalculates_the_same_totals(scene, regions, recap_of, give, tmp_path):
    BudgetLine.objects.update(spent=Decimal("12345678.50"))
    give(scene["bone"], "sk", "rencana_kerja", "indikator", "anggaran", year=2025)
    book = papers.workbook(recap_of(regions.sulsel))
    here, there = values(book), recalculated(book, tmp_path)
    told = formulas(book)
    checked = 0
    for page in told:
        for row in page.iter_rows():
            for cell in row:
                if str(cell.value).startswith("="):
                    mine = here[page.title][cell.coordinate].value
                    theirs = there[page.title][cell.coordinate].value
                    assert theirs == pytest.approx(mine), (page.title, cell.coordinate)
                    checked += 1
    assert checked > 30


def test_text_that_would_run_is_harmless(scene, regions, recap_of):
    for name in ("=1+1", "+62", "-2", "@SUM(A1)", "\t=1"):
        Pokja.objects.filter(pk=scene["bone"].pk).update(name=name)
        page = formulas(papers.workbook(recap_of(regions.sulsel)))["Pokja"]
        cell = next(row for row in page.iter_rows() if row[2].value == "Bone")[4]
        assert cell.data_type == "s"
        assert cell.value == f"'{name}"


def test_the_number_of_met_criteria_is_filled_and_kept(book):
    page = formulas(book)["Pokja"]
    rules = {
        rule.formula[0]: rule.dxf.fill.bgColor.rgb[-6:]
        for each in page.conditional_formatting
        for rule in each.rules
    }
    assert rules == dict(
        zip("01234", ("F4EFE4", "D6E6EA", "A3CBD6", "5FA5B8", "0B5A72"), strict=True)
    )
    assert row_of(page, "Bone", 3)[12] == 3


def test_who_signs_stands_below_or_dots_where_nobody_is_named(book, scene, regions, recap_of):
    texts = [str(cell.value) for row in formulas(book)["Kab-Kota"].iter_rows() for cell in row]
    assert any(text.startswith("Sulawesi Selatan, 12 Maret 2026") for text in texts)
    Letterhead.objects.create(
        province=regions.sulsel,
        institution="Perwakilan Sulawesi Selatan",
        place="Makassar",
        valid_from=date(2020, 1, 1),
    )
    Signer.objects.create(province=regions.sulsel, name="Nama Contoh", position="Kepala Perwakilan")
    page = formulas(papers.workbook(recap_of(regions.sulsel)))["Kab-Kota"]
    told = [str(cell.value) for row in page.iter_rows() for cell in row]
    signed = next(text for text in told if "Nama Contoh" in text)
    assert signed.startswith("Makassar, 12 Maret 2026\nKepala Perwakilan,")


def test_one_kind_alone(scene, regions, recap_of):
    recap = recap_of(regions.sulsel, kind="gdpk")
    pages = values(papers.workbook(recap))
    assert row_of(pages["Ringkasan"], "Pokja efektif")[1:3] == [0, 1]
    assert "hanya Pokja GDPK" in pages["Ringkasan"]["A2"].value
    names = [row[4] for row in pages["Pokja"].iter_rows(min_row=6, values_only=True) if row[1]]
    assert names == [scene["waiting"].name]


def test_a_year_without_rubric_leaves_blank_what_cannot_be_judged(scene, regions, recap_of):
    Rubric.objects.update(status="draft")
    pages = values(papers.workbook(recap_of(regions.sulsel)))
    row = row_of(pages["Kab-Kota"], "Kota Makassar", 3)
    assert row[3:6] == [2, None, None]
    assert row_of(pages["Pokja"], "Bone", 3)[13:] == [None, "Tidak dapat dinilai"]
    assert row_of(pages["Ringkasan"], "Pokja efektif")[1:4] == [None, None, None]
    assert words.NOT_RATED in [row[0] for row in pages["Kab-Kota"].iter_rows(values_only=True)]


def test_a_province_without_pokja_lists_its_regions_and_what_they_lack(
    today, rubric, regions, recap_of
):
    pages = values(papers.workbook(recap_of(regions.sulsel)))
    assert row_of(pages["Kab-Kota"], "JUMLAH", 3)[3] == 0
    assert row_of(pages["Kab-Kota"], "Bone", 3)[-1] == "belum ada Pokja"
    gaps = [row[3] for row in pages["Kekurangan"].iter_rows(min_row=6, values_only=True)]
    assert gaps.count("Belum ada Pokja yang terdaftar") == 2
    assert pages["Ringkasan"]["A3"].value == "Belum ada isian tahun 2026 dari 2 kabupaten/kota"


def test_a_gap_names_its_last_day_and_knows_regions_that_are_open_again(
    today, rubric, regions, recap_of, koordinator_sulsel
):
    january, march, april = date(2026, 1, 2), date(2026, 3, 31), date(2026, 4, 30)
    Period.objects.create(year=2026, kind="", opens_on=january, due_on=march)
    Reopening.objects.create(
        region=regions.bone, year=2026, until=april, reason="Banjir", by=koordinator_sulsel
    )
    recap = recap_of(regions.sulsel)
    opened = {region: each.reopened_until for (_, region), each in recap.deadlines.items()}
    assert opened[regions.bone.pk] == april
    assert opened[regions.makassar.pk] is None
    gaps = values(papers.workbook(recap))["Kekurangan"].iter_rows(min_row=6, values_only=True)
    due = {place: row[-1] for row in gaps for place in row if isinstance(place, str)}
    assert due["Kota Makassar"].date() == march


def test_a_province_with_one_kabupaten(scene, regions, recap_of, koordinator_sulsel):
    pages = values(papers.workbook(recap_of(regions.kalsel)))
    assert row_of(pages["Kab-Kota"], "Kota Banjarmasin", 3)[3:5] == [1, 1]
    assert row_of(pages["Kab-Kota"], "JUMLAH", 3)[3:6] == [1, 1, 1]


def test_the_estimate_of_its_size_is_near(book, regions, recap_of):
    told = papers.size_of(all_sheets(recap_of(regions.sulsel)))
    assert 0.6 < told / len(book) < 1.6


def test_notes_tell_rubric_time_and_user(book, koordinator_sulsel):
    rows = dict(
        row[:2] for row in values(book)["Keterangan"].iter_rows(min_row=6, values_only=True)
    )
    assert rows["Dibuat"] == f"12 Maret 2026 pukul 08.00 WITA oleh {koordinator_sulsel}"
    assert rows["Data yang dihitung"] == "Hanya data terverifikasi yang dihitung."
    assert rows["Rubrik"] == "Empat kriteria dasar"


def test_the_recalculation_is_tried_where_the_program_is(monkeypatch, tmp_path):
    """Without LibreOffice the test above says so; it never passes unseen."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(pytest.skip.Exception, match="LibreOffice tidak ditemukan"):
        recalculated(b"", tmp_path)

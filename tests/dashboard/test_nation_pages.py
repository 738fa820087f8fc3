"""Classes and money of the nation: the same counts as the provinces, and nothing of kab/kota."""

import csv
import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from apps.budgets.models import BudgetLine
from apps.dashboard.nation_money import NationMoney
from apps.dashboard.selection import Selection

pytestmark = pytest.mark.django_db
CLASSES = "/dasbor/nasional/2026/kematangan/"
MONEY = "/dasbor/nasional/2026/anggaran/"
RP = "Rp\u00a0"


@pytest.fixture
def moved(scene, give):
    """Makassar was not effective in 2025 and is in 2026; Bone the other way round."""
    give(scene["bone"], "rencana_kerja", "indikator", "anggaran", year=2025)
    return scene


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_the_nation_tells_which_provinces_rose_and_fell(moved, client_of, pusat):
    answer = client_of(pusat).get(CLASSES)
    assert answer.context["effective_heading"] == (  # the other one is of Banjarmasin
        "2 Pokja menjadi efektif dan 1 Pokja tidak lagi efektif sejak 2025"
    )
    rows = rows_of(client_of(pusat).get("/dasbor/nasional/2026/kematangan.csv"))
    told = {
        row["kode_wilayah"]: (row["menjadi_efektif"], row["tidak_lagi_efektif"]) for row in rows
    }
    assert told == {"63": ("1", "0"), "73": ("1", "1")}


def test_nobody_reads_a_pokja_or_a_kabupaten_there(moved, client_of, operator_banjarmasin):
    client = client_of(operator_banjarmasin)
    text = client.get(CLASSES).content.decode()
    text += client.get("/dasbor/nasional/2026/kematangan.csv").content.decode()
    text += client.get(MONEY).content.decode()
    text += client.get("/dasbor/nasional/2026/anggaran.csv").content.decode()
    names = [moved[name].name for name in ("makassar", "bone", "waiting", "sulsel")]
    assert [name for name in (*names, "73.71", "73.08") if name in text] == []


def test_money_is_exact_by_source_and_province(scene, client_of, pusat):
    budget = scene["makassar"].budgets.get()
    BudgetLine.objects.create(budget=budget, fund_source="csr", ceiling=Decimal("1000000.01"))
    answer = client_of(pusat).get(MONEY)
    assert answer.context["money"]["total"] == f"{RP}81.000.000,01"
    [row] = [
        row
        for row in rows_of(client_of(pusat).get("/dasbor/nasional/2026/anggaran.csv"))
        if row["kode_wilayah"] == "73"
    ]
    assert (row["pagu_rp"], row["sumber_terbesar"], row["pokja_beranggaran"]) == (
        *("41000000.01", "APBD Kab/Kota"),
        "1",
    )


def test_the_workbook_holds_both_tables_and_what_was_filtered(scene, client_of, pusat):
    answer = client_of(pusat).get("/dasbor/nasional/2026/anggaran.xlsx?jenis=gdpk")
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Anggaran menurut sumber dana", "Menurut provinsi", "Keterangan"]
    told = [row[0].value for row in book["Keterangan"].iter_rows()]
    assert "Saringan: Pokja GDPK." in told


@pytest.mark.parametrize("page", [CLASSES, MONEY])
@pytest.mark.parametrize(
    "query", ["", "?jenis=gdpk", "?sebaya=sulawesi&per=2026-01-01", "?jenis=apa&sebaya=zz&per=x"]
)
def test_any_filter_is_answered(scene, client_of, pengamat_makassar, page, query):
    assert client_of(pengamat_makassar).get(page + query).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/dasbor/nasional/2015/kematangan/",  # there is no year before
        "/dasbor/nasional/2028/kematangan.csv",
        "/dasbor/nasional/2014/anggaran/",
        "/dasbor/nasional/2028/anggaran.xlsx",
    ],
)
def test_a_year_that_no_page_has_is_not_found(scene, client_of, pusat, path):
    assert client_of(pusat).get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_money_costs_the_same_for_one_pokja_and_for_more(
    scene, regions, make_pokja, give, django_assert_num_queries, rows
):
    for _ in range(rows - 1):
        give(make_pokja(regions.bone, "gdpk"), "sk", "anggaran")
    with django_assert_num_queries(12):
        found = NationMoney.of(2026, Selection())
        found.panel()
        found.sheets()

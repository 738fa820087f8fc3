"""Money by source: exact to the sen, of the budgets that count, with its finding."""

from decimal import Decimal

import pytest

from apps.budgets.models import BudgetLine
from apps.dashboard import findings_panels as findings
from apps.dashboard.panels_money import Source, money, sources
from apps.dashboard.queries import province_figures
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja

RP = "Rp\u00a0"


@pytest.mark.parametrize(
    ("by_source", "told"),
    [
        ({}, "Belum ada anggaran terverifikasi"),
        (
            {"APBD Kab/Kota": Decimal(85_000_000)},
            f"Seluruh {RP}85\u00a0juta berasal dari APBD Kab/Kota",
        ),
        (
            {"APBD Kab/Kota": Decimal(775_000_000), "CSR/TJSL": Decimal(475_000_000)},
            f"62% dari {RP}1,25\u00a0miliar berasal dari APBD Kab/Kota",
        ),
        (
            {"APBN": Decimal(5), "CSR/TJSL": Decimal(5)},
            f"Masing-masing 50% dari {RP}10 berasal dari APBN dan CSR/TJSL",
        ),
    ],
)
def test_the_heading_tells_where_most_of_the_money_comes_from(by_source, told):
    assert findings.money(sum(by_source.values(), Decimal(0)), by_source) == told


def test_sources_are_summed_exactly_the_largest_first():
    lines = {
        1: [("apbn", Decimal("0.10")), ("csr", Decimal("999999999999999.99"))],
        2: [("apbn", Decimal("0.20"))],
    }
    assert sources(lines) == [
        Source("csr", Decimal("999999999999999.99"), 1),
        Source("apbn", Decimal("0.30"), 2),
    ]


@pytest.fixture
def funded(scene):
    """A second source in the verified budget of Makassar."""
    budget = scene["makassar"].budgets.get()
    BudgetLine.objects.create(budget=budget, fund_source="csr", ceiling=Decimal("1000000.01"))
    return scene


def items_of(region, year=2026):
    return assess(Pokja.objects.filter(region__province=region), year)


def test_only_verified_budgets_count(funded, regions):
    panel = money(items_of(regions.sulsel))
    assert [(row["label"], row["amount"], row["pokja"]) for row in panel["rows"]] == [
        ("APBD Kab/Kota", f"{RP}40.000.000", "1"),
        ("CSR/TJSL", f"{RP}1.000.000,01", "1"),
    ]
    assert panel["total"] == f"{RP}41.000.000,01"
    assert panel["without"] == "3 dari 4 Pokja belum punya anggaran terverifikasi."


def test_without_any_budget_the_panel_says_so(scene, regions):
    panel = money(items_of(regions.sulsel, 2024))
    assert (panel["heading"], panel["rows"], panel["total"]) == (
        "Belum ada anggaran terverifikasi",
        [],
        f"{RP}0",
    )


def test_no_pokja_is_no_error(db):
    panel = money([])
    assert (panel["rows"], panel["without"]) == ([], "")


@pytest.mark.parametrize("rows", [1, 3])
def test_money_costs_one_query(funded, regions, make_pokja, give, django_assert_num_queries, rows):
    for _ in range(rows - 1):
        give(make_pokja(regions.bone, "gdpk"), "anggaran")
    items = province_figures(regions.sulsel, 2026).items
    with django_assert_num_queries(1):
        money(items)

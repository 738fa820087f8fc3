"""Addresses that dashboards write without asking the table of addresses."""

import pytest
from django.urls import reverse

from apps.dashboard.links import NATION_PAGES, REGION_PAGE
from apps.dashboard.opening import page_path


@pytest.mark.parametrize("name", NATION_PAGES)
def test_pages_of_the_nation_stand_where_they_are_linked(name):
    assert NATION_PAGES[name].format(2026) == reverse(f"dashboard:{name}", args=(2026,))


@pytest.mark.parametrize("code", ["73", "73.08"])
def test_dashboards_of_regions_stand_where_they_are_linked(code):
    address = reverse("dashboard:region", args=(code, 2026))
    assert REGION_PAGE.format(code, 2026) == page_path(code, 2026) == address


def test_the_tables_of_the_nation_stand_where_they_are_linked():
    address = reverse("dashboard:nation_tables", args=(2026,))
    assert page_path("nasional", 2026, "tabel/") == address

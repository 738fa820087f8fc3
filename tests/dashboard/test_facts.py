"""Published facts and profiles beside the scores."""

from datetime import date
from decimal import Decimal

import pytest

from apps.dashboard.facts import fact_rows, profile_tables
from apps.regions.models import PublishedFact, RegionProfile

pytestmark = pytest.mark.django_db


def test_a_fact_says_when_what_how_much_and_by_whom(regions):
    PublishedFact.objects.create(
        region=regions.sulsel,
        year=2023,
        date_from=date(2023, 7, 24),
        date_to=date(2023, 7, 25),
        subject="Forum Komunikasi Pokja",
        value=Decimal("54.000"),
        unit="peserta",
        source="tekape.co, 2023",
    )
    assert fact_rows(regions.sulsel) == [
        ("24–25 Juli 2023", "Forum Komunikasi Pokja", "54 peserta", "", "tekape.co, 2023", "")
    ]
    assert fact_rows(None) == []


def test_what_a_profile_does_not_know_is_left_out_and_not_shown_as_zero(regions):
    RegionProfile.objects.create(region=regions.bone, year=2020, pkb=5, bkr=0, source="suarakpk")
    [table] = profile_tables(regions.bone)
    assert table == {"year": "2020", "rows": [("PKB", "5"), ("BKR", "0")], "source": "suarakpk"}


def test_the_page_of_a_region_shows_its_facts(regions, operator_bone, client_of):
    PublishedFact.objects.create(
        region=regions.bone,
        year=2019,
        subject="Petugas vertikal",
        value=1,
        unit="orang",
        source="Antara Kendari, 2019",
    )
    page = client_of(operator_bone).get("/dasbor/73.08/2026/").content.decode()
    assert page.count("Petugas vertikal") == 1
    assert "Antara Kendari, 2019" in page

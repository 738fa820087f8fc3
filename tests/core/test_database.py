from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from apps.core.database import fetch_models, refresh_statistics, release_connections
from apps.regions.models import (
    InstallationFlag,
    PublishedFact,
    Region,
    RegionCode,
    RegionProfile,
)


@pytest.mark.django_db
def test_statistics_are_refreshed_where_the_planner_needs_them(django_assert_num_queries):
    expected = 1 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(expected) as asked:
        refresh_statistics()
    assert [query["sql"] for query in asked] == ["ANALYZE"] * expected


@pytest.mark.django_db
def test_statistics_of_single_tables_are_refreshed(django_assert_num_queries):
    expected = 1 if connection.vendor == "postgresql" else 0
    with django_assert_num_queries(expected) as asked:
        refresh_statistics(Region, RegionCode)
    told = 'ANALYZE "regions_region", "regions_regioncode"'
    assert [query["sql"] for query in asked] == [told] * expected


def test_instances_of_a_statement_are_those_of_the_manager(regions):
    """Dates, decimals and texts of both databases, whatever the order of the columns."""
    RegionProfile.objects.create(
        region=regions.bone, year=2026, villages=328, stunting_prevalence=Decimal("31.25")
    )
    fact = {"year": 2026, "subject": "Uji", "date_from": date(2026, 2, 28), "source": "Contoh"}
    PublishedFact.objects.create(region=None, value=Decimal("2.5"), **fact)
    for model in (Region, RegionProfile, PublishedFact):
        fields = [each.attname for each in model._meta.concrete_fields]
        columns = ", ".join(f'"{name}"' for name in reversed(fields))
        table = model._meta.db_table
        found = fetch_models(model, f'SELECT {columns} FROM "{table}" ORDER BY id')  # noqa: S608
        expected = list(model.objects.order_by("id"))
        assert [vars(each) | {"_state": 0} for each in found] == [
            vars(each) | {"_state": 0} for each in expected
        ]
        assert all(each._state.db == "default" and not each._state.adding for each in found)
    assert fetch_models(Region, "SELECT * FROM regions_region WHERE code = %s", ["00"]) == []


@pytest.mark.django_db(transaction=True)
def test_connections_are_given_back_before_a_long_wait():
    assert Region.objects.count() >= 0
    assert connection.connection is not None
    release_connections()
    assert connection.connection is None
    assert Region.objects.count() >= 0


@pytest.mark.django_db(transaction=True)
def test_a_transaction_keeps_its_connection():
    with transaction.atomic():
        kept = InstallationFlag.objects.create(key="sementara", value="1")
        release_connections()
        assert InstallationFlag.objects.get(pk=kept.pk) == kept

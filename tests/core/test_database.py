import pytest
from django.db import connection

from apps.core.database import refresh_statistics
from apps.regions.models import Region, RegionCode


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

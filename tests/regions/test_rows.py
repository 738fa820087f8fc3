"""Regions as plain rows are those that the models give."""

from collections import Counter
from datetime import date

import pytest

from apps.regions.models import Region
from apps.regions.queries import kabkota_of
from apps.regions.rows import every_level, provinces_counted, provinces_with

pytestmark = pytest.mark.django_db


def said(region):
    return (
        region.pk,
        region.code,
        region.level,
        region.label,
        region.province_id,
        region.is_province,
        region.is_kabkota,
    )


def test_every_region_of_today(regions):
    Region.objects.filter(pk=regions.bone.pk).update(
        ended_on=date(2026, 1, 1), merged_into=regions.makassar
    )
    provinces, counts = provinces_counted()
    assert set(map(said, provinces)) == set(map(said, Region.objects.provinces()))
    existing = dict(Region.objects.kabkota().values_list("pk", "province_id"))
    assert set(counts) == {each.pk for each in provinces}
    assert Counter(counts) == Counter(existing.values())
    levels = every_level()
    assert levels == {each.pk: True for each in provinces} | dict.fromkeys(existing, False)
    assert regions.bone.pk not in levels


def test_the_provinces_and_the_regions_of_one(regions):
    def expected(*codes):
        found = Region.objects.filter(code__in=codes).order_by("short_name", "code")
        return list(map(said, found))

    assert list(map(said, provinces_with(""))) == expected("63", "73")
    assert list(map(said, provinces_with("73"))) == expected("63", "73", "73.08", "73.71")
    assert [each.code for each in kabkota_of(regions.sulsel.pk)] == ["73.08", "73.71"]

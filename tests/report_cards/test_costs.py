"""A rapor costs the same for few Pokja and many, a book the same for two kab/kota and for more."""

import pytest

from apps.effectiveness.stored import settle
from apps.regions.models import Region
from apps.report_cards.reading import book_of, rapor_of

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[0, 3])
def sized(request, scene, regions, make_region, make_pokja, give):
    """The scene as it is, and with three more kab/kota and Pokja."""
    for number in range(request.param):
        more = make_region(f"73.1{number}", f"Kabupaten Baru {number}", regions.sulsel)
        for region in (more, regions.makassar):
            give(make_pokja(region, "advokasi"), "sk", "anggaran")
    settle()
    return regions


def test_a_book_costs_the_same_for_two_regions_and_for_five(sized, django_assert_num_queries):
    with django_assert_num_queries(17):
        book_of(sized.sulsel, 2026)


def test_a_rapor_of_a_province(sized, django_assert_num_queries):
    with django_assert_num_queries(8):
        rapor_of(sized.sulsel, 2026)


def test_a_rapor_of_a_region(sized, django_assert_num_queries):
    region = Region.objects.select_related("province").get(pk=sized.makassar.pk)
    with django_assert_num_queries(10):
        rapor_of(region, 2026)

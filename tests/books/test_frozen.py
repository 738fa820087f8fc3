"""What stands in a book does not move, whatever is done afterwards."""

import io
import json
from datetime import date

import pytest
from django.core.management import call_command

from apps.effectiveness.closing import close
from apps.effectiveness.models import FrozenScore, Rubric
from apps.effectiveness.official import effective_regions
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_for
from apps.evidence.services import verify
from apps.pokja.models import Pokja
from apps.regions.models import RegionCode
from tests import makers
from tests.books.conftest import YEAR
from tests.books.walk import Walk

STEPS = 500


def printed(form="json", **options):
    out = io.StringIO()
    call_command("nilai", tahun=str(YEAR), format=form, stdout=out, **options)
    return out.getvalue()


def stored():
    """Every row of the books as bytes."""
    return json.dumps(list(FrozenScore.objects.order_by("pk").values()), default=str).encode()


@pytest.fixture
def book(world, regions, koordinator_sulsel):
    return close(regions.sulsel, YEAR, actor=koordinator_sulsel)


def said(client):
    """Everything that is told of the year, byte for byte."""
    download = client.get(f"/buku/{YEAR}/73/unduh.csv")
    assert download.status_code == 200
    return printed(wilayah="73"), printed("csv", wilayah="73"), stored(), download.content


@pytest.mark.parametrize("seed", [20261])
def test_five_hundred_random_edits_leave_the_book_as_it_was(
    book, world, cast, client_of, figures, seed
):
    client = client_of(cast["koordinator_sulsel"])
    province = Pokja.objects.filter(region__province=book.province)
    before = said(client)
    old = figures(province), book.rules, book.regions
    now_before = computed()

    walk = Walk(world, cast, seed)
    walk.go(STEPS)

    assert said(client) == before
    book.refresh_from_db()
    assert (figures(province), book.rules, book.regions) == old
    assert sum(walk.done.values()) > STEPS / 2
    assert set(walk.done) == {step.__name__ for step in walk.steps}
    assert computed() != now_before  # the walk did move what is not frozen


def computed():
    """The same year as it would be scored now, without any book."""
    items = assess(Pokja.objects.filter(region__province__code="73"), YEAR, rules=rules_for(YEAR))
    return [(item.code, item.score, item.effective) for item in items]


# --- single rules, told apart ----------------------------------------------------------------


def test_nilai_gives_the_frozen_rows(book, world, regions, cast, koordinator_sulsel):
    world.makassar.name = "Pokja Nama Lain"
    world.makassar.save()
    regions.makassar.name = "Kota Ujung Pandang"
    regions.makassar.save()
    rows = {row["kode_pokja"]: row for row in json.loads(printed(wilayah="73"))}
    assert list(rows) == ["sulsel-bk", "bone-bk", "makassar-bk"]
    assert rows["makassar-bk"] == {
        "kode_pokja": "makassar-bk",
        "kode_wilayah": "73.71",
        "tahun": 2025,
        "tanggal_acuan": "2025-12-31",
        "sk": "terpenuhi",
        "rencana_kerja": "terpenuhi",
        "indikator": "terpenuhi",
        "anggaran": "terpenuhi",
        "jumlah_terpenuhi": 4,
        "efektif": True,
        "skor": 100,
        "indeks": float(book.scores.get(pokja=world.makassar).index),
    }


def test_nilai_with_a_date_is_computed(book, world, cast, verifikator_sulsel):
    world.plan.refresh_from_db()
    verify(world.plan, actor=verifikator_sulsel, revision=world.plan.revision)
    frozen = {row["kode_pokja"]: row for row in json.loads(printed())}
    dated = {row["kode_pokja"]: row for row in json.loads(printed(tanggal="2025-12-31"))}
    assert (frozen["bone-bk"]["rencana_kerja"], dated["bone-bk"]["rencana_kerja"]) == (
        "menunggu",
        "terpenuhi",
    )


def test_a_pokja_that_came_later_is_not_in_the_year_and_one_that_went_stays(
    book, world, regions, figures
):
    makers.make_pokja(regions.bone, "bone-baru", "Pokja Baru")
    makers.make_pokja(regions.banjarmasin, "banjarmasin-baru", "Pokja Baru")
    Pokja.objects.filter(pk=world.makassar.pk).update(dissolved_on="2025-02-01")
    assert list(figures()) == [
        "banjarmasin-baru",
        "banjarmasin-bk",
        "sulsel-bk",
        "bone-bk",
        "makassar-bk",
    ]


def test_only_the_pokja_asked_for_are_given(book, world, regions, figures):
    assert list(figures(Pokja.objects.filter(region=regions.bone))) == ["bone-bk"]
    assert list(figures(Pokja.objects.filter(pk=world.banjarmasin.pk))) == ["banjarmasin-bk"]


def test_a_pokja_that_moved_to_another_region_is_given_once(book, world, regions, figures):
    Pokja.objects.filter(pk=world.makassar.pk).update(region=regions.banjarmasin)
    item = figures()["makassar-bk"]
    assert (item.region_code, item.score) == ("73.71", 100)


def test_a_region_that_came_from_elsewhere_keeps_its_figures_and_a_new_one_has_none(
    book, world, regions, figures, make_region
):
    regions.banjarmasin.province = regions.banjarmasin.parent = regions.sulsel
    regions.banjarmasin.save()
    new = make_region("73.99", "Kabupaten Baru", regions.sulsel)
    RegionCode.objects.filter(region=new).update(valid_from=date(2026, 2, 1))
    makers.make_pokja(new, "baru-bk", "Pokja Baru")
    assert {code: item.frozen is None for code, item in figures().items()} == {
        "banjarmasin-bk": True,
        "sulsel-bk": False,
        "bone-bk": False,
        "makassar-bk": False,
    }


def test_a_year_that_lost_its_rubric_keeps_its_books(book, figures, world):
    Rubric.objects.update(status="replaced")
    found = figures()
    assert found["makassar-bk"].score == 100
    assert found["banjarmasin-bk"].score is None


def test_the_official_figure_counts_by_the_rule_of_the_book(book, regions):
    Rubric.objects.update(region_rule="all")
    makers.make_pokja(regions.makassar, "makassar-2")
    items = assess(Pokja.objects.all(), YEAR)
    assert effective_regions("all", items) == {regions.makassar.pk}


@pytest.mark.parametrize("more", [0, 12])
def test_a_closed_year_costs_three_queries_more(
    book, world, regions, django_assert_num_queries, more
):
    for number in range(more):
        makers.make_pokja(regions.banjarmasin, f"lagi-{number}")
    with django_assert_num_queries(13):
        assess(Pokja.objects.all(), YEAR)

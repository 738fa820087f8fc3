"""Verified items of Makassar, Bone and Banjarmasin, to be shared."""

from types import SimpleNamespace

import pytest

from apps.effectiveness.builtin import load_builtin_rubric
from apps.examples.services import share
from apps.regions.models import RegionProfile
from tests import makers


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


@pytest.fixture
def people_of(cast):
    """Who fills in and who verifies, by the code of the region."""
    sulsel, kalsel = cast["verifikator_sulsel"], cast["verifikator_kalsel"]
    return {
        "73.71": (cast["operator_makassar"], sulsel),
        "73.08": (cast["operator_bone"], sulsel),
        "63.71": (cast["operator_banjarmasin"], kalsel),
    }


@pytest.fixture
def item_of(people_of):
    """item_of(region): a verified plan of a Pokja of the region; with_file=True: an SK."""

    def make(region, *, pokja=None, kinds=("bangga_kencana",), with_file=False, year=2026):
        officer, judge = people_of[region.code]
        if pokja is None:
            code = f"{region.code}-{'-'.join(kinds)}"
            pokja = makers.make_pokja(region, code=code, kinds=kinds)
        if with_file:
            document = makers.make_document(region, officer, name="SK Contoh.pdf", pages=2)
            number = f"188.45/{pokja.pk}/I/2026"
            item = makers.make_decree(pokja, officer, document=document, number=number)
        else:
            item = makers.make_plan(pokja, officer, year=year)
        return makers.verified(item, officer, judge)

    return make


@pytest.fixture
def shelf(regions, cast, item_of, rubric, today):
    """What regions share: an SK with its file of Makassar, a plan of Banjarmasin; and a plan of
    Bone that is not shared."""
    pokja = makers.make_pokja(regions.makassar, code="makassar-gdpk", kinds=("gdpk",))
    decree = item_of(regions.makassar, pokja=pokja, with_file=True)
    far = item_of(regions.banjarmasin)
    kept = item_of(regions.bone)
    return SimpleNamespace(
        decree=decree,
        document=decree.decree.document,
        plan=far,
        kept=kept,
        share=share(decree, actor=cast["operator_makassar"])[0],
        far=share(far, actor=cast["operator_banjarmasin"])[0],
    )


@pytest.fixture
def figures(db):
    """figures(region, population, villages=..., year=...)."""

    def make(region, population, villages=None, year=2024):
        return RegionProfile.objects.create(
            region=region, year=year, population=population, villages=villages, source="Uji"
        )

    return make

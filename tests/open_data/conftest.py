"""Sulawesi Selatan's 2025, closed: Makassar effective, Bone with an SK only, the province none."""

from types import SimpleNamespace

import pytest

from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.closing import close
from apps.open_data.publishing import publish
from tests import makers
from tests.books.conftest import YEAR, decree, everything

SECRET = "Pokja Haji Fulan"  # a name as an officer may type it
CONTACT = "Perwakilan BKKBN Provinsi Sulawesi Selatan"
PAGE = "/publik/73/2025/"
FILES = ("data.csv", "wilayah.csv", "data.json", "data.xlsx", "metadata.json")


@pytest.fixture
def world(db, regions, cast, today):
    """The Pokja of both regions before anything was closed."""
    load_builtin_rubric()
    judge = cast["verifikator_sulsel"]
    makassar = makers.make_pokja(regions.makassar, "7371-bk", SECRET)
    bone = makers.make_pokja(regions.bone, "7308-bk", "Pokja Bone")
    everything(makassar, cast["operator_makassar"], judge)
    signed = decree(bone, cast["operator_bone"], judge, "188.45/2/2025")
    return SimpleNamespace(makassar=makassar, bone=bone, signed=signed)


@pytest.fixture
def book(world, regions, koordinator_sulsel):
    return close(regions.sulsel, YEAR, actor=koordinator_sulsel, note="Catatan dalam")


@pytest.fixture
def opened(book, koordinator_sulsel):
    return publish(book, contact=CONTACT, note="Rapat tertutup", actor=koordinator_sulsel)

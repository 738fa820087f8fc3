"""A register over two provinces, with a row of the nation."""

from datetime import date
from types import SimpleNamespace

import pytest

from apps.core.formats import decree_key
from apps.regulations.models import Agreement, Institution, Regulation


@pytest.fixture
def make_regulation(db):
    """make_regulation(region, "perwali", "7", 2024, topics="gdpk", ...)"""

    def make(region, kind="perwali", number="7", year=2024, **fields):
        fields = {"subject": "Grand Design", "enacted_on": date(year, 1, 15)} | fields
        return Regulation.objects.create(
            region=region,
            kind=kind,
            number=number,
            number_key=decree_key(number),
            year=year,
            **fields,
        )

    return make


@pytest.fixture
def make_agreement(db):
    def make(region, kind="mou", title="Kerja sama", **fields):
        fields = {"parties": "A\nB", "valid_from": date(2024, 1, 1)} | fields
        return Agreement.objects.create(region=region, kind=kind, title=title, **fields)

    return make


@pytest.fixture
def make_office(db):
    def make(region, form="mandiri", **fields):
        fields = {"name": "Dinas PPKB", "valid_from": date(2017, 1, 2)} | fields
        return Institution.objects.create(region=region, form=form, **fields)

    return make


@pytest.fixture
def register(regions, make_regulation):
    return SimpleNamespace(
        nation=make_regulation(None, "perpres", "153", 2014, topics="gdpk", enacted_on=None),
        makassar=make_regulation(regions.makassar, topics="gdpk, stunting"),
        bone=make_regulation(regions.bone, "perbup", "3", 2023, topics="pokja"),
        sulsel=make_regulation(regions.sulsel, "pergub", "9", 2022, topics="gdpk"),
        banjarmasin=make_regulation(regions.banjarmasin, "perwali", "5", 2024, topics="gdpk"),
    )

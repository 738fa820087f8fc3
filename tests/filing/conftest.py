from types import SimpleNamespace

import pytest

from tests import makers

POINTS = (
    ("sk_terpenuhi", "SK terpenuhi"),
    ("rk_terpenuhi", "Rencana terpenuhi"),
    ("in_terpenuhi", "Indikator terpenuhi"),
    ("an_terpenuhi", "Anggaran terpenuhi"),
)


@pytest.fixture
def rubric(db):
    """The four criteria, 25 each, all required, from 2020 on, with one point each."""
    from apps.effectiveness.models import Rubric, RubricCriterion, RubricPoint

    rubric = Rubric.objects.create(
        code="bawaan",
        name="Rubrik bawaan",
        year_from=2020,
        status="published",
        accepted_sources=["apbd_kabkota", "apbd_provinsi"],
    )
    RubricCriterion.objects.bulk_create(
        RubricCriterion(rubric=rubric, criterion=name, weight=25, rule=f"Aturan {name}")
        for name in ("sk", "rencana_kerja", "indikator", "anggaran")
    )
    RubricPoint.objects.bulk_create(
        RubricPoint(rubric=rubric, check_code=code, words=words) for code, words in POINTS
    )
    return rubric


@pytest.fixture
def pokja(regions, rubric, today):
    return makers.make_pokja(regions.makassar)


@pytest.fixture
def officer(operator_makassar, client_of):
    """The operator of Makassar and a signed-in client."""
    return SimpleNamespace(user=operator_makassar, client=client_of(operator_makassar))


@pytest.fixture
def judge(verifikator_sulsel, client_of):
    return SimpleNamespace(user=verifikator_sulsel, client=client_of(verifikator_sulsel))


@pytest.fixture
def complete(pokja, officer):
    """A complete draft of all four criteria, by criterion."""
    document = makers.make_document(pokja.region, officer.user)
    return {
        "sk": makers.make_decree(pokja, officer.user, document=document),
        "rencana_kerja": makers.make_plan(pokja, officer.user),
        "indikator": makers.make_indicators(pokja, officer.user),
        "anggaran": makers.make_budget(pokja, officer.user, document=document),
    }


@pytest.fixture
def effective(complete, officer, judge):
    """All four criteria verified."""
    return {
        name: makers.verified(item, officer.user, judge.user) for name, item in complete.items()
    }

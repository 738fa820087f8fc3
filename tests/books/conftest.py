"""A province with three regions and something of everything in 2025, ready to be closed."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile

from apps.documents.models import Document
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.queries import assess
from apps.evidence.services import submit as send
from apps.pokja.models import Pokja
from tests import makers

YEAR = 2025
DECREE = {"issued_on": date(2025, 1, 14), "valid_from": date(2025, 1, 14)}


@pytest.fixture
def rubric(db):
    load_builtin_rubric()


@pytest.fixture
def world(rubric, regions, cast, today):
    """makassar: effective; bone: SK only, plan waiting; sulsel: nothing; banjarmasin: SK only."""
    judge, other = cast["verifikator_sulsel"], cast["verifikator_kalsel"]
    makassar = makers.make_pokja(regions.makassar)
    bone = makers.make_pokja(regions.bone, "bone-bk", "Pokja Bone")
    sulsel = makers.make_pokja(regions.sulsel, "sulsel-bk", "Pokja Sulsel")
    banjarmasin = makers.make_pokja(regions.banjarmasin, "banjarmasin-bk", "Pokja Banjarmasin")
    everything(makassar, cast["operator_makassar"], judge)
    decree(bone, cast["operator_bone"], judge, "188.45/2/2025")
    plan = makers.make_plan(bone, cast["operator_bone"], YEAR)
    submit(plan, cast["operator_bone"])
    decree(banjarmasin, cast["operator_banjarmasin"], other, "188.45/3/2025")
    return SimpleNamespace(
        makassar=makassar, bone=bone, sulsel=sulsel, banjarmasin=banjarmasin, plan=plan
    )


def paper(region, officer):
    """A document without the work of checking its bytes, which is tested elsewhere."""
    return Document.objects.create(
        region=region,
        file=ContentFile(makers.pdf_bytes(), "dokumen.pdf"),
        original_name="Dokumen.pdf",
        sha256="0" * 64,
        size=8,
        pages=1,
        uploaded_by=officer,
    )


def everything(pokja, officer, judge, year=YEAR):
    """All four criteria of a Pokja, verified; {criterion: evidence}."""
    made = {
        "sk": decree(pokja, officer, judge, f"188.45/{pokja.pk}/{year}"),
        "rencana_kerja": makers.make_plan(pokja, officer, year),
        "indikator": makers.make_indicators(pokja, officer, year),
        "anggaran": makers.make_budget(pokja, officer, year, document=paper(pokja.region, officer)),
    }
    for evidence in list(made.values())[1:]:
        makers.verified(evidence, officer, judge)
    return made


def decree(pokja, officer, judge, number):
    made = makers.make_decree(
        pokja,
        officer,
        number=number,
        document=paper(pokja.region, officer),
        **DECREE,
    )
    return makers.verified(made, officer, judge)


def submit(evidence, officer):
    send(evidence, actor=officer, revision=evidence.revision, year=YEAR)
    return evidence


@pytest.fixture
def figures():
    """figures(pokja=all): what the year's readers are given, by Pokja code."""

    def read(rows=None, year=YEAR, **more):
        rows = Pokja.objects.all() if rows is None else rows
        return {item.code: item for item in assess(rows, year, with_index=True, **more)}

    return read

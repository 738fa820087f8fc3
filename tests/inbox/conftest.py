from types import SimpleNamespace

import pytest

from tests import makers


@pytest.fixture
def rubric(db):
    """The four criteria, 25 each, all required, from 2020 on."""
    from apps.effectiveness.models import Rubric, RubricCriterion

    rubric = Rubric.objects.create(
        code="bawaan",
        name="Rubrik bawaan",
        year_from=2020,
        status="published",
        accepted_sources=["apbd_kabkota", "apbd_provinsi"],
    )
    RubricCriterion.objects.bulk_create(
        RubricCriterion(rubric=rubric, criterion=name, weight=25)
        for name in ("sk", "rencana_kerja", "indikator", "anggaran")
    )
    return rubric


@pytest.fixture
def steps(verifikator_sulsel):
    """Move an item on: steps.submit(evidence, by), steps.give_back(evidence, words), …"""
    from apps.verification.enums import Action
    from apps.verification.services import take_step

    def take(action, evidence, by, note=""):
        take_step(evidence, action, actor=by, revision=evidence.revision, note=note)
        return evidence

    def submit(evidence, by):
        return take(Action.SUBMIT, evidence, by)

    def verify(evidence, by):
        return take(Action.VERIFY, submit(evidence, by), verifikator_sulsel)

    def give_back(evidence, by, note):
        return take(Action.RETURN, submit(evidence, by), verifikator_sulsel, note)

    return SimpleNamespace(take=take, submit=submit, verify=verify, give_back=give_back)


@pytest.fixture
def pokja(regions, today, rubric):
    """A Pokja of Kabupaten Bone."""
    return makers.make_pokja(regions.bone, "bone-kkb", "Pokja Kampung KB", ("kampung_kb",))

"""Letterheads and signers came over from the campaign with every row, and go back with it."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from apps.effectiveness import triggers

BEFORE = [("campaign", "0001_letters"), ("papers", None)]
AFTER = [("papers", "0003_issued_papers"), ("campaign", "0002_offices_to_papers")]


def migrate(target):
    executor = MigrationExecutor(connection)
    executor.migrate(target)
    nodes = [node for node in target if node[1]]
    return MigrationExecutor(connection).loader.project_state(nodes).apps


@pytest.fixture
def latest(transactional_db):
    """The command ``migrate`` takes the triggers away and brings them back; here it is us."""
    triggers.remove()
    yield
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    triggers.ensure()


def facts(model):
    names = {"letterhead": ("pk", "province_id", "institution", "revision")}
    return list(
        model.objects.values_list(*names.get(model._meta.model_name, ("pk", "name", "nip")))
    )


def test_rows_stay_on_the_way_there_and_back(latest, make_region):
    province = make_region("73", "Sulawesi Selatan").pk
    apps = migrate(BEFORE)
    heads = apps.get_model("campaign", "Letterhead")
    heads.objects.create(
        province_id=province, valid_from=date(2025, 1, 1), institution="A\nB", revision=3
    )
    signers = apps.get_model("campaign", "Signer")
    signers.objects.create(province_id=province, name="Nama", position="Kepala", nip="1" * 18)
    before = facts(heads), facts(signers)
    ContentType.objects.filter(model__in=("letterhead", "signer")).delete()
    held = ContentType.objects.create(app_label="campaign", model="letterhead").pk

    apps = migrate(AFTER)
    heads, signers = apps.get_model("papers", "Letterhead"), apps.get_model("papers", "Signer")
    assert (facts(heads), facts(signers)) == before
    assert (heads.objects.get().emblem, signers.objects.get().valid_to) == ("", None)
    assert ContentType.objects.get(pk=held).app_label == "papers"
    tables = connection.introspection.table_names()
    assert {"papers_letterhead", "papers_signer"} <= set(tables)
    assert not {"campaign_letterhead", "campaign_signer"} & set(tables)

    apps = migrate(BEFORE)
    again = apps.get_model("campaign", "Letterhead"), apps.get_model("campaign", "Signer")
    assert tuple(facts(model) for model in again) == before

"""A small country with something of every kind and status, and callers with tokens."""

import json
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.test import Client

from tests import makers


@pytest.fixture
def token_of(db):
    """token_of(user): the secret of a new token of theirs."""
    from apps.api import tokens

    return lambda user, days=30: tokens.create(user, "Uji", days)[1]


@pytest.fixture
def caller(token_of):
    """caller(user)(address, **headers): the answer to a fresh token of theirs."""

    def make(user):
        secret = token_of(user)
        return lambda address, **headers: ask(address, secret, **headers)

    return make


def ask(address: str, secret: str, *, method="GET", **headers):
    client = Client(raise_request_exception=False)
    given = {"Authorization": f"Bearer {secret}", **headers}
    return client.generic(method, f"/api/v1/{address}", headers=given)


def rows_of(answer) -> list[dict]:
    assert answer.status_code == 200, answer.content
    return json.loads(answer.content)["hasil"]


@pytest.fixture
def country(today, cast, regions):
    """Makassar and Banjarmasin: a verified SK, a plan draft over a verified one, a verified
    indicator set, a budget that waits. Bone and the province: a Pokja, nothing else."""
    from apps.effectiveness.builtin import load_builtin_rubric

    load_builtin_rubric()
    indicator = makers.make_indicator()
    people = {
        "makassar": (cast["operator_makassar"], cast["verifikator_sulsel"]),
        "banjarmasin": (cast["operator_banjarmasin"], cast["verifikator_kalsel"]),
    }
    found = SimpleNamespace()
    for name in ("makassar", "bone", "sulsel", "banjarmasin"):
        region = getattr(regions, name)
        pokja = makers.make_pokja(region, f"{region.code}-bk", kinds=("bangga_kencana", "stunting"))
        setattr(found, name, pokja)
    for name, (officer, judge) in people.items():
        fill(getattr(found, name), officer, judge, indicator)
    return found


def fill(pokja, officer, judge, indicator) -> None:
    from apps.evidence.services import open_version, submit

    document = makers.make_document(pokja.region, officer)
    decree = makers.make_decree(pokja, officer, document=document, number=f"SK/{pokja.code}")
    makers.verified(decree, officer, judge)
    plan = makers.verified(makers.make_plan(pokja, officer), officer, judge)
    open_version(plan, actor=officer)
    target = {"indicator": indicator, "target": Decimal("2.10"), "source": "PK", "baseline": 3}
    makers.verified(makers.make_indicators(pokja, officer, rows=[target]), officer, judge)
    line = makers.LINE | {"spent": Decimal("0.01"), "as_of": date(2026, 3, 1), "page": "12"}
    budget = makers.make_budget(pokja, officer, rows=[line], document=document)
    submit(budget, actor=officer, revision=budget.revision)

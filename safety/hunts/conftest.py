"""The cast of the tests, and where a hunt writes its figures down."""

import json
import os
from pathlib import Path

import pytest

from tests.conftest import *  # noqa: F403  the fixtures of the tests


@pytest.fixture(scope="session")
def figures():
    """A dict of plain values; safety.tools.hunt reads it after the run."""
    return {}


@pytest.fixture(autouse=True)
def written_down(figures):
    """After every test: a hunt that is stopped has told what it found so far."""
    yield
    if report := os.environ.get("SAFETY_REPORT"):
        Path(report).write_text(json.dumps(figures))


@pytest.fixture(scope="session")
def short():
    return bool(os.environ.get("SAFETY_SHORT"))


@pytest.fixture
def people(cast, regions, make_user, client_of):
    """{persona: (client, its cookies)}: the roles of the table and five more."""
    from django.contrib.auth.models import Permission
    from django.test import Client

    users = cast | {
        "operator2_makassar": make_user("operator", regions.makassar, "operator2_makassar"),
        "staf_sulsel": make_user("coordinator", regions.sulsel, "staf_sulsel", is_staff=True),
        "tanpa_wilayah": make_user(None, None, "tanpa_wilayah"),
        "nonaktif": make_user("operator", regions.makassar, "nonaktif"),
    }
    # Permissions given by mistake must open nothing.
    users["staf_sulsel"].user_permissions.set(Permission.objects.all())
    clients = {name: client_of(user) for name, user in users.items()}
    users["nonaktif"].is_active = False
    users["nonaktif"].save(update_fields=["is_active"])
    clients["anonymous"] = Client()
    for client in clients.values():
        client.raise_request_exception = False
    return {name: (client, client.cookies.copy()) for name, client in clients.items()}


@pytest.fixture
def scenes(cast, regions, db):
    """The three regions with something of each kind in them."""
    from safety.places import three_scenes

    return three_scenes(cast, regions)

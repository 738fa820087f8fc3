"""The fixed cast of the tests: people over two provinces, with something that could leak.

Sulawesi Selatan (73) with Kota Makassar and Kabupaten Bone; Kalimantan Selatan (63) with Kota
Banjarmasin. Models are imported inside the fixtures: they exist only once Django is set up.
"""

import os
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from hypothesis import HealthCheck, settings

# No test is timed: a busy machine is no mistake. (With CI set Hypothesis takes its own profile,
# which says the same and draws the same examples each time.)
if not os.environ.get("CI"):
    settings.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("portal")

PASSWORD = "kata-sandi-uji"
# Thursday 12 March 2026, 10.00 in Jakarta.
TODAY = datetime(2026, 3, 12, 3, 0, tzinfo=UTC)


@pytest.fixture
def today():
    """Stop the clock at TODAY; gives the date. Opt in by naming it."""
    with time_machine.travel(TODAY, tick=False):
        yield TODAY.date()


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    """Every test keeps its documents in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "berkas"
    return settings.MEDIA_ROOT


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests():
    """Between two tests of real transactions every table is emptied, those of the audit trail too:
    their triggers go with the rows, and come again with the signal that follows."""
    from django.core.management.commands import flush

    from apps.audit.triggers import removal

    whole = flush.sql_flush

    def with_removal(style, connection, **options):
        return removal(connection.alias) + whole(style, connection, **options)

    flush.sql_flush = with_removal
    yield
    flush.sql_flush = whole


@pytest.fixture
def tasks_at_once(settings):
    """What is queued during the test is done at once, as if a worker waited for it."""
    immediate = "django_tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": immediate, "QUEUES": []}}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Remove what a killed run left beside the test file: SQLite would replay an old journal."""
    from django.db import connections

    name = connections["default"].settings_dict["TEST"].get("NAME")
    if connections["default"].vendor == "sqlite" and name:
        for ending in ("-wal", "-shm"):
            Path(f"{name}{ending}").unlink(missing_ok=True)


@pytest.fixture
def make_region(db):
    """make_region("73.08", "Kabupaten Bone", parent=...): a region and its open code."""
    from apps.regions.enums import CodeSystem, Level
    from apps.regions.models import Region, RegionCode

    def make(code, name, parent=None):
        word, _, rest = name.partition(" ")
        level = Level(word.lower()) if parent else Level.PROVINSI
        region = Region.objects.create(
            code=code,
            name=name,
            short_name=rest if parent else name,
            level=level,
            parent=parent,
            province=parent and parent.province,
        )
        if parent is None:
            region.province = region
            region.save(update_fields=["province"])
        RegionCode.objects.create(region=region, system=CodeSystem.KEMENDAGRI, code=code)
        return region

    return make


@pytest.fixture
def regions(make_region):
    """The five regions of the cast: sulsel, makassar, bone, kalsel, banjarmasin."""
    sulsel = make_region("73", "Sulawesi Selatan")
    kalsel = make_region("63", "Kalimantan Selatan")
    return SimpleNamespace(
        sulsel=sulsel,
        makassar=make_region("73.71", "Kota Makassar", sulsel),
        bone=make_region("73.08", "Kabupaten Bone", sulsel),
        kalsel=kalsel,
        banjarmasin=make_region("63.71", "Kota Banjarmasin", kalsel),
    )


@pytest.fixture
def make_user(db):
    """make_user("operator", region): an account with one assignment; role None for none."""
    from apps.accounts.models import Assignment, User

    def make(role=None, region=None, username=None, **fields):
        username = username or f"{role or 'tamu'}-{User.objects.count() + 1}"
        fields = {"full_name": username.replace("_", " ").title()} | fields
        user = User.objects.create_user(username, f"{username}@uji.test", PASSWORD, **fields)
        if role:
            Assignment.objects.create(user=user, role=role, region=region)
        return user

    return make


@pytest.fixture
def operator_makassar(make_user, regions):
    return make_user("operator", regions.makassar, "operator_makassar")


@pytest.fixture
def operator_bone(make_user, regions):
    return make_user("operator", regions.bone, "operator_bone")


@pytest.fixture
def operator_sulsel(make_user, regions):
    """Operator of the province itself: the province-level Pokja, not those of its kab/kota."""
    return make_user("operator", regions.sulsel, "operator_sulsel")


@pytest.fixture
def verifikator_sulsel(make_user, regions):
    return make_user("verifier", regions.sulsel, "verifikator_sulsel")


@pytest.fixture
def verifikator2_sulsel(make_user, regions):
    return make_user("verifier", regions.sulsel, "verifikator2_sulsel")


@pytest.fixture
def koordinator_sulsel(make_user, regions):
    return make_user("coordinator", regions.sulsel, "koordinator_sulsel")


@pytest.fixture
def pusat(make_user):
    return make_user("national", None, "pusat")


@pytest.fixture
def pengamat_makassar(make_user, regions):
    return make_user("observer", regions.makassar, "pengamat_makassar")


@pytest.fixture
def verifikator_kalsel(make_user, regions):
    return make_user("verifier", regions.kalsel, "verifikator_kalsel")


@pytest.fixture
def operator_banjarmasin(make_user, regions):
    return make_user("operator", regions.banjarmasin, "operator_banjarmasin")


@pytest.fixture
def admin(make_user):
    return make_user(username="admin", is_staff=True, is_superuser=True)


CAST = (
    "operator_makassar",
    "operator_bone",
    "operator_sulsel",
    "verifikator_sulsel",
    "verifikator2_sulsel",
    "koordinator_sulsel",
    "pusat",
    "pengamat_makassar",
    "verifikator_kalsel",
    "operator_banjarmasin",
    "admin",
)


@pytest.fixture
def cast(request):
    """Everybody at once, by name: cast["operator_bone"]."""
    return {name: request.getfixturevalue(name) for name in CAST}


@pytest.fixture
def client_of(db):
    """client_of(user): a signed-in test client of its own for each person."""
    from django.test import Client

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make

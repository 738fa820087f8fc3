"""Items on their way to a verifier, and what a verifier posts."""

import pytest

from tests import makers


@pytest.fixture
def pokja(regions):
    return makers.make_pokja(regions.makassar, name="Pokja GDPK", kinds=("gdpk",))


@pytest.fixture
def send(operator_makassar):
    """send(evidence): submitted by the operator of Makassar, or by the person given."""
    from apps.evidence.services import submit

    def act(evidence, by=None):
        submit(evidence, actor=by or operator_makassar, revision=evidence.revision)
        return evidence

    return act


@pytest.fixture
def decree(pokja, operator_makassar, send):
    """A submitted SK with a file of two pages."""
    file = makers.make_document(pokja.region, operator_makassar, pages=2)
    return send(makers.make_decree(pokja, operator_makassar, document=file))


@pytest.fixture
def budget(pokja, operator_makassar, send):
    """A submitted budget of one line, with its proof."""
    file = makers.make_document(pokja.region, operator_makassar, name="DPA.pdf", pages=3)
    return send(makers.make_budget(pokja, operator_makassar, document=file))


@pytest.fixture
def plan(pokja, operator_makassar, send):
    return send(makers.make_plan(pokja, operator_makassar))


@pytest.fixture
def marks():
    """marks(evidence, **more): every point marked Sesuai, with the revision of the item."""
    from apps.checking.checklist import points_for
    from apps.evidence.kinds import adapter_for

    def make(evidence, **more):
        adapter = adapter_for(evidence)
        points = points_for(adapter, evidence, adapter.facts(evidence), adapter.table(evidence))
        posted = {f"cek_{point.number}": "sesuai" for point in points}
        posted = posted | {"revision": evidence.revision} | more
        return {name: value for name, value in posted.items() if value is not None}

    return make


@pytest.fixture
def reason(db):
    from apps.verification.models import ReturnReason

    return ReturnReason.objects.create(
        code="uji-lampiran", kind="decree", label="Lampiran belum ada"
    )

import pytest

from apps.audit.services import record
from tests.makers import make_pokja


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.makassar)


@pytest.fixture
def note(regions, operator_makassar):
    """note("Mengubah Pokja", pokja, before=..., after=...): an entry of Makassar."""

    def make(action, subject=None, **fields):
        region = fields.pop("region", regions.makassar)
        fields = {"actor": operator_makassar, "role": "operator", "region": region} | fields
        return record(action, subject or region, **fields)

    return make

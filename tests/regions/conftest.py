import pytest

from apps.regions import services


@pytest.fixture
def nation(db):
    """The real provinces, kabupaten and kota."""
    return services.load_regions()

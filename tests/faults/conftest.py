import pytest
from django.db import connection

from tests.faults.forwarder import Forwarder, target_of


@pytest.fixture
def line(transactional_db):
    """The line to PostgreSQL as a Forwarder, which the tests cut; connections live on as in
    production."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no line")
    words = connection.settings_dict
    kept = {name: words[name] for name in ("HOST", "PORT", "CONN_MAX_AGE")}
    forwarder = Forwarder(target_of(connection.get_connection_params()))
    connection.close()
    words.update(HOST="127.0.0.1", PORT=str(forwarder.port), CONN_MAX_AGE=60)
    yield forwarder
    words.update(kept)
    connection.close()
    forwarder.cut()
    from apps.core.postgresql.patience import watch

    watch.silent_until = 0

"""Methods no page is made for: never an error of the server, never a change."""

import pytest

from safety.watching import writes
from tests.access.table import TABLE
from tests.access.test_every_url import address, scenes  # noqa: F401  fixture

MEANT = {"unggah/<uuid:uuid>/"}  # a sender gives up an upload by DELETE


@pytest.mark.parametrize("role", ["operator_makassar", "koordinator_sulsel"])
@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE"])
def test_odd_methods_change_nothing_and_break_nothing(  # HEAD: nobody took anything
    method,
    role,
    scenes,  # noqa: F811
    cast,
    client_of,
    today,
):
    client = client_of(cast[role])
    broken = []
    for route in sorted(TABLE.keys() - MEANT):
        path = address(route, scenes[0])
        with writes() as tables:
            response = client.generic(method, path)
        if response.status_code >= 500 or tables:
            broken.append((path, response.status_code, sorted(tables)))
    assert broken == []


def test_the_watch_itself_notices_a_change(scenes):  # noqa: F811
    with writes() as tables:
        type(scenes[0].seat).objects.update(position="x")
    assert tables == {"pokja_seat"}
    scenes[0].seat.refresh_from_db()
    assert scenes[0].seat.position == "Ketua"

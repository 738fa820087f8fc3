"""Every page as every role, at three widths: what the design promises of all of them.

With E2E_SHOTS=/some/folder a picture of each page is kept there, at 1366 and at 390 pixels.
"""

import pytest

from tests.e2e.visitor import assert_fits_everywhere, assert_frame, assert_markup
from tests.e2e.visits import IDS, VISITS

LATER_PAGE = 30 * 1024  # bytes on the wire, spec section 10
SHEET = 81 * 1024  # an image of a document's page (80 KB) with its headers


@pytest.mark.parametrize(("person", "name", "path", "status"), VISITS, ids=IDS)
def test_page_keeps_its_promises(visitor_of, axe_seen, person, name, path, status):
    visitor = visitor_of(person)
    response = visitor.open(path, status)
    weight, sheets = visitor.bytes, list(visitor.sheets.values())
    assert_markup(response)
    # A date in the address that cannot be read is told like any other mistake.
    assert_frame(visitor.page, galat=visitor.page.locator("[aria-invalid=true]").count() > 0)
    assert_fits_everywhere(visitor, name, axe_seen)
    assert visitor.problems == []
    assert weight <= LATER_PAGE
    assert max(sheets, default=0) <= SHEET

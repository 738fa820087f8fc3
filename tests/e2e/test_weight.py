"""How much a first visit costs on a weak line (spec section 10); the crawl weighs later pages."""

import pytest

from tests.e2e.visitor import Visitor

FIRST_VISIT = 150 * 1024  # bytes on the wire
# Bootstrap's style sheet alone, compressed: less than this means that the scale is broken.
STYLES_ALONE = 25 * 1024


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("anonymous", "/"),
        ("anonymous", "/masuk/"),
        ("operator.bone", "/tugas/"),
        ("operator.bone", "/pokja/{7308-KKB}/{year}/"),
        ("verifikator.sulsel", "/verifikasi/"),
        ("verifikator.sulsel", "/verifikasi/{work_plan/submitted/73_08}/"),
        ("verifikator.sulsel", "/dasbor/73/{year}/"),
        ("pusat", "/dasbor/nasional/{year}/"),
        ("pusat", "/dasbor/nasional/{year}/peta/"),
    ],
)
def test_first_visit_is_light(browser, served, visitor_of, person, path):
    cookies = visitor_of(person).context.storage_state()
    newcomer = Visitor(browser, served, person, storage_state=cookies)
    newcomer.open(path)
    newcomer.close()
    assert STYLES_ALONE < newcomer.bytes <= FIRST_VISIT

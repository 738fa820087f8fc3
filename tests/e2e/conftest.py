"""Browser tests: the live server, an installed Chromium, and a page that fails on any complaint.

A page's console errors (a violated Content-Security-Policy is one), uncaught script errors and
requests to another host are collected in `problems`; a test that provokes one on purpose checks
and clears the list itself.
"""

import os
import shutil
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import time_machine
from axe_playwright_python.base import AXE_SCRIPT

from tests import makers
from tests.conftest import PASSWORD, TODAY

# Playwright's synchronous API keeps an event loop in this thread; Django would refuse queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WIDE, NARROW = 1366, 390
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "/e2e/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        message = "Chromium tidak ditemukan; pasang dengan: apt-get install chromium"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    root = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses root
    return browser_type_launch_args | {"executable_path": path, "args": CHROMIUM_FLAGS + root}


@pytest.fixture
def viewport_width():
    """Width in pixels; `@pytest.mark.parametrize("viewport_width", [WIDE, NARROW])` for both."""
    return WIDE


@pytest.fixture
def browser_context_args(browser_context_args, viewport_width, live_server):
    return browser_context_args | {
        "base_url": live_server.url,
        "viewport": {"width": viewport_width, "height": 844 if viewport_width < WIDE else 768},
        "locale": "id-ID",
        "timezone_id": "Asia/Jakarta",
    }


@pytest.fixture
def today():
    """TODAY with a running clock: a browser waits for time to pass."""
    with time_machine.travel(TODAY, tick=True):
        yield TODAY.date()


@pytest.fixture
def problems():
    """What pages complained about so far, as text."""
    return []


def watch(page, problems, live_server):
    """Collect the complaints of a page; for pages beyond the fixture, such as a second person's."""
    own_host = urlsplit(live_server.url).netloc

    def check_host(request):
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != own_host:
            problems.append(f"memuat dari host lain: {request.url}")

    def note_error(message):
        # Chromium asks for it by itself where a page, such as the admin's, names no icon.
        if message.type == "error" and not message.location["url"].endswith("/favicon.ico"):
            problems.append(f"konsol: {message.text} ({message.location['url']})")

    page.on("console", note_error)
    page.on("pageerror", lambda error: problems.append(f"skrip: {error}"))
    page.on("request", check_host)
    return page


@pytest.fixture
def place(transactional_db, today, regions, operator_makassar, operator_bone, verifikator_sulsel):
    """An empty Pokja of Makassar; one of Bone with a verified plan, so that there are figures."""
    from apps.effectiveness.builtin import load_builtin_rubric

    load_builtin_rubric()
    other = makers.make_pokja(regions.bone, code="bone-gdpk", name="Pokja GDPK")
    makers.verified(makers.make_plan(other, operator_bone), operator_bone, verifikator_sulsel)
    return SimpleNamespace(
        pokja=makers.make_pokja(regions.makassar, code="makassar-gdpk", name="Pokja GDPK"),
        indicator=makers.make_indicator(),
        officer=operator_makassar,
        judge=verifikator_sulsel,
    )


@pytest.fixture
def person(browser, browser_context_args, problems, live_server):
    """person("operator_makassar", …): a page of their own, signed in; options of the context."""
    contexts = []

    def start(username, **options):
        contexts.append(browser.new_context(**browser_context_args | options))
        page = watch(contexts[-1].new_page(), problems, live_server)
        page.set_default_timeout(15_000)
        login(page, username)
        return page

    yield start
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The installation with sample data, for tests that only read (see served.py)."""
    from tests.e2e.served import prepare, serve

    folder = tmp_path_factory.mktemp("terpasang")
    prepare(folder)
    installation, process = serve(folder)
    yield installation
    process.terminate()
    process.wait(timeout=30)


@pytest.fixture(scope="session")
def visitor_of(browser, served):
    """visitor_of("operator.bone"): that person's browser, signed in once for the session."""
    from tests.e2e.served import SAMPLE_PASSWORD
    from tests.e2e.visitor import Visitor, sign_in

    visitors = {}

    def visitor(person):
        if person not in visitors:
            visitors[person] = Visitor(browser, served, person)
            if person != "anonymous":
                sign_in(visitors[person], SAMPLE_PASSWORD)
            else:
                visitors[person].open("/")
        return visitors[person]

    yield visitor
    for each in visitors.values():
        each.close()


@pytest.fixture(scope="session")
def axe_seen():
    """Builds of pages that axe has read already, with their width."""
    return set()


@pytest.fixture
def page(page, problems, live_server):
    page.set_default_timeout(10_000)
    yield watch(page, problems, live_server)
    assert problems == []


def login(page, username, password=PASSWORD):
    """Sign in by the form, as a person does."""
    page.goto("/masuk/")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button:not([type=button])").click()
    page.wait_for_url(lambda url: urlsplit(url).path != "/masuk/")


# The form of the checking page scrolls by itself in a page as high as the window.
HEIGHT_WANTED = """() => Math.max(document.body.scrollHeight,
  ...[...document.querySelectorAll('.ver > *')].map(
    part => innerHeight + part.scrollHeight - part.clientHeight))"""


def whole_page(page):
    """A window as high as all there is: a sticky bar covers what a person would scroll to.

    The document box of the checking page is a share of the window, so the page grows with it:
    asked again until it fits.
    """
    for _attempt in range(12):
        height = page.evaluate(HEIGHT_WANTED)
        if height <= page.viewport_size["height"]:
            break
        page.set_viewport_size(page.viewport_size | {"height": height + 50})


def assert_accessible(page):
    """No violation of WCAG 2.2 AA that axe can find on the page as it stands now."""
    window = page.viewport_size
    whole_page(page)
    try:
        _assert_axe_finds_nothing(page)
    finally:
        page.set_viewport_size(window)


def _assert_axe_finds_nothing(page):
    options = {"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]}
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    # Only the violations come back: the whole report of a large table is a megabyte.
    found = page.evaluate("options => axe.run(options).then(told => told.violations)", options)
    told = [
        f"{rule['id']}: {rule['help']} {[node['target'] for node in rule['nodes']]}"
        for rule in found
    ]
    assert told == []


def assert_no_sideways_scroll(page):
    """The page is no wider than the window (tables scroll in a box of their own)."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0

"""One person's browser on the served installation, and what a page must keep everywhere."""

import hashlib
import os
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from tests.e2e.conftest import NARROW, WIDE, assert_accessible, assert_no_sideways_scroll, watch

NARROWEST = 320
HEIGHTS = {WIDE: 768, NARROW: 844, NARROWEST: 640}
SHOTS = os.environ.get("E2E_SHOTS")
TITLE_END = " · Portal Pokja Bangga Kencana"
# Each is refused by the Content-Security-Policy, or would need a hole in it.
INLINE = {
    "atribut style": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "elemen style": re.compile(r"<style\b", re.I),
    "skrip sebaris": re.compile(r"<script\b(?![^>]*\ssrc=)", re.I),
    "atribut on…": re.compile(r"<[^>]*\son[a-z]+\s*=", re.I),
}
# Every distinct part: tag and classes, those of the part around it, names of the attributes.
KINDS = """() => {
  const name = el => el.tagName + '.' + (el.getAttribute('class') || '');
  const kind = el => [name(el.parentElement), name(el), ...el.getAttributeNames().sort()].join(' ');
  return [...new Set([...document.body.querySelectorAll('*')].map(kind))].sort();
}"""

# Left and right edge of each part of the bar at the top (a number on it included), in order.
BAR = """() => [...document.querySelectorAll(
    '.pk-top :is(.pk-brand, .pk-nav a, .pk-search, .pk-find, .pk-icon, summary)')]
  .filter(part => part.checkVisibility())
  .map(part => {
    const own = part.getBoundingClientRect();
    const ends = [...part.querySelectorAll('.pk-count')].map(n => n.getBoundingClientRect().right);
    return [own.left, Math.max(own.right, ...ends)];
  })"""


class Visitor:
    """A browser context with one page, signed in as `person` (or nobody)."""

    def __init__(self, browser, served, person="anonymous", **options):
        self.served, self.person = served, person
        self.problems, self.bytes = [], 0
        self.sheets = {}  # bytes of each image of a document's page, by request
        self.context = browser.new_context(
            base_url=served.url,
            viewport={"width": WIDE, "height": HEIGHTS[WIDE]},
            locale="id-ID",
            timezone_id="Asia/Jakarta",
            **options,
        )
        self.page = watch(self.context.new_page(), self.problems, served)
        self.page.set_default_timeout(15_000)
        wire = self.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", self._note_sheet)
        wire.on("Network.loadingFinished", self._count)

    def _note_sheet(self, event):
        if event["response"]["mimeType"] == "image/webp":
            self.sheets[event["requestId"]] = 0

    def _count(self, event):
        if event["requestId"] in self.sheets:
            self.sheets[event["requestId"]] = event["encodedDataLength"]
        else:
            self.bytes += event["encodedDataLength"]

    def open(self, path, status=200):
        """Ask for a path; gives the response. Bytes and complaints begin anew."""
        self.width(WIDE)
        self.problems.clear()
        self.bytes = 0
        self.sheets.clear()
        response = self.page.goto(self.served.address(path), wait_until="load")
        # Chromium reports the page itself as a failed resource when it is an error page.
        if status >= 400:
            own = f"({self.page.url})"
            self.problems[:] = [told for told in self.problems if not told.endswith(own)]
        assert response.status == status
        return response

    def width(self, pixels):
        self.page.set_viewport_size({"width": pixels, "height": HEIGHTS[pixels]})

    def shoot(self, name, width):
        if SHOTS:
            file = Path(SHOTS) / f"{name}-{self.person}-{width}.png"
            self.page.screenshot(path=file, full_page=True)

    def close(self):
        self.context.close()


def assert_markup(response):
    """Language, policy, and nothing inline, in the bytes as they were sent."""
    html = response.text()
    assert '<html lang="id"' in html
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert [name for name, pattern in INLINE.items() if pattern.search(html)] == []


def assert_frame(page, galat=False):
    """One main heading, and a title that says the page before the portal."""
    assert page.locator("h1").count() == 1
    title = page.title()
    assert title.endswith(TITLE_END)
    assert title != TITLE_END
    assert title.startswith("Galat: ") is galat


def assert_fits_everywhere(visitor, name, seen):
    """No sideways scroll at 390 and 320, axe clean at 1366 and 390; pictures where wanted.

    `seen` keeps what axe has read: at 1366 every build of a page once, at 390 every page once.
    """
    keys = {WIDE: fingerprint(visitor.page), NARROW: name}
    for width in (WIDE, NARROW, NARROWEST):
        visitor.width(width)
        assert_no_sideways_scroll(visitor.page)
        assert_bar_stands_free(visitor.page)
        if width in keys:
            visitor.shoot(name, width)
            if (keys[width], width) not in seen:
                assert_accessible(visitor.page)
                seen.add((keys[width], width))


def assert_bar_stands_free(page):
    """No part of the bar at the top reaches into the next or out of the window."""
    edges = page.evaluate(BAR)
    edges.append([page.viewport_size["width"]] * 2)
    crowded = [pair for pair in pairwise(edges) if pair[1][0] < pair[0][1]]
    assert crowded == [], crowded


def fingerprint(page):
    """The same for two pages built of the same kinds of parts, whatever their words and numbers.

    What axe finds hangs on tags, classes and attributes; a second role's dashboard of the same
    build need not be read again, and one with a part of its own is.
    """
    kinds = page.evaluate(KINDS)
    return hashlib.sha256("\n".join(kinds).encode()).hexdigest()


def sign_in(visitor, password):
    visitor.page.goto("/masuk/")
    visitor.page.locator("input[name=username]").fill(visitor.person)
    visitor.page.locator("input[name=password]").fill(password)
    visitor.page.locator("main form button:not([type=button])").click()
    visitor.page.wait_for_url(lambda url: urlsplit(url).path != "/masuk/")

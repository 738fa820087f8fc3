"""How long a newcomer on a slow line waits for the first paint: 400 kbit/s, 400 ms there and back.

    make run                                   # in another window
    python benchmarks/slow_line.py [http://127.0.0.1:8000]

Each page is asked for with an empty cache by a sample account, in an installed Chromium whose
line is slowed down; the time is the browser's own, from the click to the first paint.
"""

import shutil
import sys
import time
from datetime import date
from statistics import median

from playwright.sync_api import sync_playwright

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PASSWORD = "contoh-pokja-2026"  # noqa: S105 - of the sample accounts
YEAR = date.today().year
PAGES = (
    ("", "/"),
    ("operator.bone", "/tugas/"),
    ("operator.bone", "/pokja/"),
    ("operator.bone", f"/dasbor/73.08/{YEAR}/"),
    ("verifikator.sulsel", "/verifikasi/"),
    ("verifikator.sulsel", f"/dasbor/73/{YEAR}/"),
    ("pusat", f"/dasbor/nasional/{YEAR}/"),
)
GOAL = 3.0  # seconds
FIRST_PAINT = """() => {
  const [paint] = performance.getEntriesByName('first-contentful-paint');
  return paint ? paint.startTime : 0;
}"""


def signed_in(browser, base: str, person: str):
    """The cookies of a person; None for a visitor."""
    if not person:
        return None
    context = browser.new_context(base_url=base)
    page = context.new_page()
    page.goto("/masuk/")
    page.locator("input[name=username]").fill(person)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button:not([type=button])").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    cookies = context.storage_state()
    context.close()
    return cookies


def first_paint(browser, base: str, path: str, cookies) -> float:
    """Seconds until something is painted, with nothing in the cache."""
    context = browser.new_context(base_url=base, storage_state=cookies)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", SLOW)
    page.goto(path, wait_until="load")
    while not (shown := page.evaluate(FIRST_PAINT)):
        time.sleep(0.05)
    context.close()
    return shown / 1000


def main(base: str) -> None:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        known = {person: signed_in(browser, base, person) for person, _ in PAGES}
        for person, address in PAGES:
            times = [first_paint(browser, base, address, known[person]) for _ in range(3)]
            print(f"{median(times):5.2f} s (sasaran ≤ {GOAL:.0f} s)  {person or 'tamu'}  {address}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")

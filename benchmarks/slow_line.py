"""How long a newcomer on a slow line waits for the first paint: 400 kbit/s, 400 ms there and back.

    python benchmarks/slow_line.py

The sample installation runs behind gunicorn with compressed files, as for the browser tests. Each
page is asked for with an empty cache by a sample account, in an installed Chromium whose line is
slowed down; the time is the browser's own, from the click to the first paint.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from tests.e2e.served import SAMPLE_PASSWORD, prepare, serve

SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
PAGES = (
    ("", "/"),
    ("operator.bone", "/tugas/"),
    ("operator.bone", "/pokja/"),
    ("operator.bone", "/dasbor/73.08/{year}/"),
    ("verifikator.sulsel", "/verifikasi/"),
    ("verifikator.sulsel", "/dasbor/73/{year}/"),
    ("pusat", "/dasbor/nasional/{year}/"),
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
    page.locator("input[name=password]").fill(SAMPLE_PASSWORD)
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


def measure(served) -> None:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        known = {person: signed_in(browser, served.url, person) for person, _ in PAGES}
        for person, page in PAGES:
            address = served.address(page)
            times = [first_paint(browser, served.url, address, known[person]) for _ in range(3)]
            print(f"{median(times):5.2f} s (sasaran ≤ {GOAL:.0f} s)  {person or 'tamu'}  {address}")
        browser.close()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="pokja-lambat-") as folder:
        prepare(folder)
        served, process = serve(folder)
        try:
            measure(served)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()

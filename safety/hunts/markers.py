"""G10: markers in every text people write, on every page of everybody: parsed, and in Chromium."""

import os
from urllib.parse import urlsplit

import lxml.html
import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import override_settings

from safety.doors import paths
from safety.places import fresh
from safety.unpacking import body_of

MARKER = "'\"><xssqx onxssqx=1></script><img src=x onerror=document.title='xssqx'>"
PERSONAS = (
    "anonymous",
    "operator_makassar",
    "verifikator_sulsel",
    "pengamat_makassar",
    "pusat",
    "admin",
)
# Not written by people: states, codes, keys and what the portal makes itself.
OWN_WORDS = {
    "sha256",
    "format",
    "key",
    "secret_hash",
    "password",
    "username",
    "code",
    "url",
    "file",
}
OWN_WORDS |= {
    "number_key",
    "own_key",
    "other_key",
    "parent_key",
    "uuid",
    "state",
    "integrity",
    "kind",
    "emblem",  # base64 of the picture that the portal itself drew anew from an upload
}
OWN_APPS = {"effectiveness", "audit", "trail", "api", "sessions", "backup", "operations"}
BROWSER = {"executable_path": "/usr/bin/chromium", "args": ["--no-sandbox"]}


def plant() -> int:
    """The marker in every text column that people fill; how many columns took it."""
    count = 0
    for model in apps.get_models():
        if not model.__module__.startswith("apps.") or model._meta.app_label in OWN_APPS:
            continue
        for field in model._meta.concrete_fields:
            if field.get_internal_type() not in ("CharField", "TextField") or field.choices:
                continue
            roomy = (field.max_length or 9999) >= len(MARKER) + 4
            if field.name not in OWN_WORDS and roomy and not field.unique:
                count += _planted(model, field)
    return count


def _planted(model, field) -> bool:
    try:
        with transaction.atomic():
            return bool(model.objects.update(**{field.name: MARKER}))
    except Exception:  # a constraint or a trigger: this column takes no such text at all
        return False


def alive(content: bytes) -> list[str]:
    """What of the marker became part of the page itself."""
    page = lxml.html.fromstring(content.decode("utf-8", "replace"))
    found = [element.tag for element in page.iter("xssqx")]
    found += [element.tag for element in page.xpath("//*[@onxssqx or @onerror]")]
    return found


def test_markers(figures, short, people, scenes, today):
    figures |= {"columns": plant(), "pages": 0, "alive": [], "errors": [], "seen": 0}
    for persona in PERSONAS[1::2] if short else PERSONAS:
        for path in paths(scenes["own"], persona)[:: 12 if short else 1]:
            response = fresh(*people[persona]).get(path)
            content = body_of(response)
            if response.status_code >= 500:
                figures["errors"].append(f"{persona} {path}")
            if not response.get("Content-Type", "").startswith("text/html") or not content:
                continue
            figures["pages"] += 1
            figures["seen"] += b"xssqx" in content
            if found := alive(content):
                figures["alive"].append(f"{persona} {path}: {found[:3]}")
    figures["control"] = len(alive(f"<!doctype html><p>{MARKER}".encode()))  # written as it stands


@pytest.fixture
def browser():
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's loop runs in this thread
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(**BROWSER)
        yield chromium
        chromium.close()


WATCH = """
window.violations = [];
addEventListener('securitypolicyviolation', event =>
  violations.push(event.violatedDirective + ' ' + event.blockedURI));
"""


def look(browser, response, path) -> list[str]:
    """Open an answer of the test client in Chromium; executions and violations of its policy."""
    page = browser.new_page()
    page.add_init_script(WATCH)
    page.route("**/*", lambda route: answer(route, response, path))
    try:
        page.goto(f"http://testserver{path}", wait_until="load")
        page.wait_for_timeout(150)
        found = page.evaluate("window.violations")
        return found + ["dijalankan"] * (page.title() == "xssqx")
    finally:
        page.close()


def answer(route, response, path):
    """The page itself and its static files; a request to the portal from the browser's loop
    would see another connection to the database."""
    asked = urlsplit(route.request.url)
    if route.request.url == f"http://testserver{path}":
        headers = {name: each for name, each in response.items() if name != "Content-Length"}
        return route.fulfill(status=response.status_code, headers=headers, body=response.content)
    if asked.path.startswith("/static/") and (file := finders.find(asked.path[8:])):
        return route.fulfill(path=file)
    return route.abort()


def test_in_chromium(figures, short, browser, people, scenes, today):
    plant()
    figures |= {"visits": 0, "executed": []}
    for persona in ("operator_makassar", "verifikator_sulsel", "pusat"):
        client = fresh(*people[persona])
        pages = [
            path for path in paths(scenes["own"], persona) if "." not in path.rsplit("/", 2)[-1]
        ]
        for path in pages[:: 80 if short else 4]:
            response = client.get(path)  # the browser would not ask us where it is sent on
            if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
                figures["visits"] += 1
                found = look(browser, response, path)
                figures["executed"] += [f"{persona} {path}: {each}" for each in found]
    with override_settings(ROOT_URLCONF="safety.planted_urls"):
        planted = fresh(*people["pusat"]).get("/penanda/")
        figures["browser_control"] = len(look(browser, planted, "/penanda/"))

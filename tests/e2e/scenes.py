"""What stands in the live server's database before a person starts, and what they type."""

from types import SimpleNamespace

import pytest

from tests import makers
from tests.e2e.conftest import login, watch

YEAR = 2026

DECREE = {"number": "188.45/412/I/2026", "issued_on": "14 Januari 2026",
          "title": "Pembentukan Pokja GDPK", "signer_name": "Nama Contoh",
          "valid_until": "31/12/2028"}
ACTIVITY = {"kegiatan-0-name": "Rapat koordinasi lintas sektor",
            "kegiatan-0-output": "4 notula rapat", "kegiatan-0-person_in_charge": "Bappeda"}
TARGET = {"indikator-0-target": "2,1", "indikator-0-source": "Pemutakhiran PK"}
LINE = {"baris-0-ceiling": "Rp 85.000.000"}


@pytest.fixture
def place(transactional_db, today, regions, operator_makassar, operator_bone, verifikator_sulsel):
    """An empty Pokja of Makassar; one of Bone with a verified plan, so that there are figures."""
    from apps.effectiveness.builtin import load_builtin_rubric

    load_builtin_rubric()
    other = makers.make_pokja(regions.bone, code="bone-gdpk", name="Pokja GDPK")
    makers.verified(makers.make_plan(other, operator_bone), operator_bone, verifikator_sulsel)
    return SimpleNamespace(
        pokja=makers.make_pokja(regions.makassar, code="makassar-gdpk", name="Pokja GDPK"),
        indicator=makers.make_indicator(), officer=operator_makassar, judge=verifikator_sulsel)


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


def step_path(pokja, step):
    return f"/pokja/{pokja.pk}/{YEAR}/isi/{step}/"


def type_in(page, texts):
    for name, text in texts.items():
        page.locator(f"[name='{name}']").fill(text)


def press(page, name):
    """The button of the page's own form, not one of the bar."""
    page.locator("main").get_by_role("button", name=name).click()


def pdf_file(folder, name="SK Pokja GDPK.pdf", content=None):
    """A PDF on disk, as an officer chooses it."""
    path = folder / name
    path.write_bytes(makers.pdf_bytes(pages=2) if content is None else content)
    return path

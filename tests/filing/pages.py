"""What a person would type into the forms, and how to read the answer."""

import re

from tests import makers

DECREE = {
    "number": "188.45/161/II/2026",
    "issued_on": "9 Februari 2026",
    "title": "Pembentukan Pokja Bangga Kencana",
    "role": "establish",
    "parent_number": "",
    "signer_choice": "kepala_daerah",
    "signer_other": "",
    "signer_status": "definitif",
    "signer_name": "Nama Contoh",
    "valid_from": "",
    "valid_until": "31/12/2028",
    "validity_basis": "tertulis",
}
ACTIVITY = {
    "name": "Rapat koordinasi",
    "output": "4 rapat",
    "quarters": ["1", "3"],
    "person_in_charge": "Dinas PPKB",
    "budget": "Rp 12.500.000",
}


def words(response) -> str:
    """The text of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def errors(response) -> list[str]:
    """The sentences of the error summary."""
    box = re.search(r'<div class="errsum.*?</div>', response.content.decode(), re.DOTALL)
    found = re.findall(r"<li>(.*?)</li>", box.group(), re.DOTALL) if box else []
    return [re.sub(r"<[^>]+>", "", item).strip() for item in found]


def title(response) -> str:
    return re.search(r"<title>(.*?)</title>", response.content.decode()).group(1)


def hidden(response, name) -> str:
    """The value of a hidden field of the step's form."""
    return re.search(rf'name="{name}" value="([^"]*)"', response.content.decode()).group(1)


def step_url(pokja, step, year=2026):
    return f"/pokja/{pokja.pk}/{year}/isi/{step}/"


def decree(pokja, button="lanjut", **changes):
    """The posted form of an SK about one Pokja, with a sound file unless changed."""
    data = DECREE | {
        "coverage": [str(pokja.pk)],
        "file": makers.pdf_upload(),
        "bukti": "",
        "revision": "0",
        button: "1",
    }
    data |= changes
    return {name: value for name, value in data.items() if value is not None}


def rows(prefix, *filled, button="lanjut", bukti="", revision="0", **more):
    """A posted table: a management form and one row for each dict."""
    data = {
        f"{prefix}-TOTAL_FORMS": str(len(filled)),
        f"{prefix}-INITIAL_FORMS": "0",
        "bukti": bukti,
        "revision": revision,
        button: "1",
    } | more
    for at, row in enumerate(filled):
        data |= {f"{prefix}-{at}-{name}": value for name, value in row.items()}
    return data

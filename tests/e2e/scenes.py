"""What people type into the forms, and how."""

from tests import makers

YEAR = 2026

DECREE = {
    "number": "188.45/412/I/2026",
    "issued_on": "14 Januari 2026",
    "title": "Pembentukan Pokja GDPK",
    "signer_name": "Nama Contoh",
    "valid_until": "31/12/2028",
}
ACTIVITY = {
    "kegiatan-0-name": "Rapat koordinasi lintas sektor",
    "kegiatan-0-output": "4 notula rapat",
    "kegiatan-0-person_in_charge": "Bappeda",
}
TARGET = {"indikator-0-target": "2,1", "indikator-0-source": "Pemutakhiran PK"}
LINE = {"baris-0-ceiling": "Rp 85.000.000"}


def step_path(pokja, step):
    return f"/pokja/{pokja.pk}/{YEAR}/isi/{step}/"


def type_in(page, texts):
    """Fill in by name; what is folded away is opened first, as a person would."""
    for name, text in texts.items():
        field = page.locator(f"[name='{name}']")
        for summary in field.locator("xpath=ancestor::details[not(@open)]/summary").all():
            summary.click()
        field.fill(text)


def press(page, name):
    """The button of the page's own form, not one of the bar."""
    page.locator("main").get_by_role("button", name=name).click()


def pdf_file(folder, name="SK Pokja GDPK.pdf", content=None):
    """A PDF on disk, as an officer chooses it."""
    path = folder / name
    path.write_bytes(makers.pdf_bytes(pages=2) if content is None else content)
    return path

"""Reading a workbook back: with its formulas, with what they come to, and recalculated."""

import io
import re
import shutil
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

VALUE = re.compile(r"(</f>)<v>[^<]*</v>")


def formulas(content: bytes):
    return load_workbook(io.BytesIO(content))


def values(content: bytes):
    """What a program that does not calculate shows."""
    return load_workbook(io.BytesIO(content), data_only=True)


def recalculated(content: bytes, folder):
    """The workbook as LibreOffice calculates it, from formulas alone; skips without it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice tidak ditemukan; rumus rekap tidak dihitung ulang (soffice)")
    source = folder / "rumus.xlsx"
    source.write_bytes(without_values(content))
    out = folder / "hasil"
    command = [program, f"-env:UserInstallation=file://{folder}/profil", "--headless"]
    command += ["--convert-to", "xlsx", "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return load_workbook(out / "rumus.xlsx", data_only=True)


def without_values(content: bytes) -> bytes:
    """The file with formulas only, so that nothing is taken over uncalculated."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            part = old.read(member)
            if member.filename.startswith("xl/worksheets/"):
                part = VALUE.sub(r"\1<v></v>", part.decode()).encode()
            new.writestr(member, part)
    return out.getvalue()


def row_of(page, label: str, column: int = 1) -> list:
    """The values of the first row with this text in a column."""
    for row in page.iter_rows(values_only=True):
        if row[column - 1] == label:
            return list(row)
    raise AssertionError(f"{label!r} is not in {page.title}")

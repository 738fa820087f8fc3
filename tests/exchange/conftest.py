"""Files to import, and the commands that read them."""

import csv
import io
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from apps.effectiveness.models import Rubric, RubricCriterion
from apps.indicators.models import Indicator
from apps.pokja.enums import FundSource

SK = {
    "nomor": "188.45/97/II/2026",
    "tanggal_ditetapkan": "2026-02-09",
    "kode_pokja": "MKS-BK",
    "peran": "membentuk",
    "tentang": "Pembentukan Pokja",
    "berlaku_mulai": "2026-02-09",
    "berlaku_sampai": "2028-12-31",
    "dasar_masa_berlaku": "tertulis",
}
PLAN = {
    "kode_pokja": "MKS-BK",
    "tahun": "2026",
    "no": "1",
    "kegiatan": "Rapat koordinasi",
    "keluaran": "Notula",
    "waktu": "TW1;TW2",
    "penanggung_jawab": "Kepala Bidang",
}
INDICATOR = {"kode_pokja": "MKS-BK", "tahun": "2026", "kode_indikator": "tfr", "target": "2,1"}
BUDGET = {
    "kode_pokja": "MKS-BK",
    "tahun": "2026",
    "tahap": "murni",
    "sumber_dana": "APBD",
    "pagu_pokja": "Rp 125.000.000",
}
POKJA = {
    "kode_pokja": "MKS-BK",
    "kode_wilayah": "73.71",
    "jenis": "bangga_kencana",
    "nama": "Pokja Bangga Kencana Kota Makassar",
}


def columns_of(rows):
    return list(dict.fromkeys(name for row in rows for name in row))


def write_xlsx(path, rows):
    """Rows as dicts; together they name the columns."""
    book = Workbook()
    headers = columns_of(rows)
    book.active.append(headers)
    for row in rows:
        book.active.append([row.get(name) for name in headers])
    book.save(path)
    return path


def write_csv(path, rows, delimiter=","):
    headers = columns_of(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, headers, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


@pytest.fixture
def impor(tmp_path):
    """impor("sk", [row, …], "--uji"): (saved?, lines on the screen, lines of errors)."""
    numbers = iter(range(1000))

    def run(kind, rows, *options, write=write_xlsx, ending="xlsx"):
        path = (
            rows
            if hasattr(rows, "read_bytes")
            else write(tmp_path / f"{kind}-{next(numbers)}.{ending}", rows)
        )
        out, err = io.StringIO(), io.StringIO()
        try:
            call_command("impor", kind, str(path), *options, stdout=out, stderr=err)
        except CommandError as error:
            return SimpleNamespace(
                saved=False,
                out=out.getvalue().splitlines(),
                err=err.getvalue().splitlines(),
                refusal=str(error),
                path=path,
            )
        return SimpleNamespace(
            saved=True,
            out=out.getvalue().splitlines(),
            err=err.getvalue().splitlines(),
            refusal="",
            path=path,
        )

    return run


@pytest.fixture
def catalogue(db):
    """Three indicators: one for each way of writing a value."""
    make = Indicator.objects.create
    return SimpleNamespace(
        tfr=make(
            code="tfr",
            name="Angka kelahiran total",
            unit="anak",
            direction="range",
            band_low=2,
            band_high="2.2",
        ),
        mkjp=make(code="mkjp", name="Peserta MKJP", unit="%", direction="up"),
        gdpk=make(code="dokumen_gdpk", name="Dokumen GDPK", unit="ya/tidak", direction="yes_no"),
    )


@pytest.fixture
def pokja(regions):
    """One Pokja each in Makassar, Bone, the province and Banjarmasin."""
    from apps.pokja.models import Pokja, PokjaType

    def make(code, region):
        item = Pokja.objects.create(
            code=code, region=region, name=f"Pokja {code}", formed_on=date(2020, 1, 1)
        )
        PokjaType.objects.create(pokja=item, kind="bangga_kencana")
        return item

    return SimpleNamespace(
        makassar=make("MKS-BK", regions.makassar),
        bone=make("BNE-BK", regions.bone),
        sulsel=make("SS-BK", regions.sulsel),
        banjarmasin=make("BJM-BK", regions.banjarmasin),
    )


@pytest.fixture
def rubric(db):
    """Four criteria, 25 each, all required; every source of money counts."""
    rubric = Rubric.objects.create(
        code="uji",
        name="Rubrik uji",
        year_from=2020,
        status="published",
        accepted_sources=FundSource.values,
    )
    for name in ("sk", "rencana_kerja", "indikator", "anggaran"):
        RubricCriterion.objects.create(rubric=rubric, criterion=name, weight=25)
    return rubric

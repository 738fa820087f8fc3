"""What a budget says, lacks and checks."""

from datetime import date
from decimal import Decimal

import pytest

from apps.evidence.kinds import adapter_for
from tests.makers import (
    LINE,
    make_budget,
    make_document,
    verified,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


def facts(evidence):
    return {fact.label: fact.value for fact in adapter_for(evidence).facts(evidence)}


def gaps(evidence, *, blocking, year=None):
    return [
        (gap.field, gap.message)
        for gap in adapter_for(evidence).gaps(evidence, year)
        if gap.blocking == blocking
    ]


def checks(evidence):
    return adapter_for(evidence).checks(evidence)


@pytest.fixture
def document(pokja, people):
    return make_document(pokja.region, people.officer, pages=4)


# --- budget ----------------------------------------------------------------------------------


def test_what_a_budget_says(pokja, people, document):
    rows = [
        LINE
        | {
            "sub_activity_name": "Penyerasian",
            "sub_activity_ceiling": Decimal(185_000_000),
            "spent": Decimal("12500000.50"),
            "as_of": date(2026, 3, 10),
            "basis": "DPA",
            "page": "37",
        },
        {"fund_source": "dak_bokb", "ceiling": Decimal("0.50")},
    ]
    evidence = make_budget(pokja, people.officer, rows=rows, document=document, stage="perubahan")
    assert facts(evidence) == {
        "Tahap": "Perubahan",
        "Pagu Pokja": "Rp\u00a040.000.000,50",
        "Sumber dana": "APBD Kab/Kota, DAK Nonfisik BOKB",
        "Realisasi": "Rp\u00a012.500.000,50",
        "Bukti anggaran": "SK Pokja.pdf (4 halaman, 1 KB)",
    }
    assert adapter_for(evidence).table(evidence) == (
        ["Sumber dana dan sub kegiatan", "Nama sub kegiatan", "Pagu sub kegiatan", "Pagu Pokja",
         "Realisasi", "Tanggal data", "Dasar", "Halaman"],
        [
            ["APBD Kab/Kota, 2.14.02.2.01.0001", "Penyerasian", "Rp\u00a0185.000.000",
             "Rp\u00a040.000.000", "Rp\u00a012.500.000,50", "10 Maret 2026", "DPA", "37"],
            ["DAK Nonfisik BOKB", "", "", "Rp\u00a00,50", "", "", "", ""],
        ],
    )  # fmt: skip


def test_every_gap_of_a_budget_hangs_on_its_field(pokja, people):
    rows = [LINE, {"fund_source": "", "ceiling": None, "page": "1"}]
    evidence = make_budget(pokja, people.officer, rows=rows)
    assert gaps(evidence, blocking=True) == [
        ("baris-1-fund_source", "Pilih sumber dana"),
        ("baris-1-ceiling", "Isi nilai alokasi dengan angka, misalnya 125.000.000"),
        ("file", "Unggah bukti anggaran (DPA, RKA, atau dokumen lain)"),
    ]


def test_a_budget_without_lines_cannot_be_sent(pokja, people, document):
    evidence = make_budget(pokja, people.officer, rows=[], document=document)
    assert gaps(evidence, blocking=True) == [("", "Anggaran operasional belum dialokasikan")]


@pytest.mark.parametrize(
    ("stage", "blocking"), [("murni", True), ("pergeseran", False), ("perubahan", False)]
)
def test_zero_holds_up_a_first_budget_but_a_revision_may_take_all_away(
    pokja, people, document, stage, blocking
):
    rows = [LINE | {"ceiling": Decimal(0)}]
    evidence = make_budget(pokja, people.officer, rows=rows, document=document, stage=stage)
    assert gaps(evidence, blocking=blocking) == [
        ("baris-0-ceiling", "Nilai alokasi harus lebih dari Rp 0")
    ]
    assert gaps(evidence, blocking=not blocking) == []


def test_odd_amounts_are_warnings(pokja, people, document):
    last = make_budget(pokja, people.officer, 2025, document=document)
    verified(last, people.officer, people.judge)
    rows = [
        LINE
        | {
            "ceiling": Decimal(400_000_001),
            "sub_activity_ceiling": Decimal(400_000_000),
            "spent": Decimal(400_000_002),
        }
    ]
    evidence = make_budget(pokja, people.officer, rows=rows, document=document)
    assert gaps(evidence, blocking=False) == [
        (
            "baris-0-ceiling",
            "Pagu Pokja Rp\u00a0400.000.001 lebih besar dari pagu sub kegiatan Rp\u00a0400.000.000",
        ),
        (
            "baris-0-spent",
            "Realisasi Rp\u00a0400.000.002 lebih besar dari alokasi Rp\u00a0400.000.001",
        ),
        (
            "baris-0-ceiling",
            "Nilai alokasi Rp\u00a0400.000.001 jauh lebih besar dari tahun lalu "
            "(Rp\u00a040.000.000). Periksa jumlah nol",
        ),
    ]
    assert gaps(evidence, blocking=True) == []


@pytest.mark.parametrize("amount", [Decimal(400_000_000), Decimal(1)])
def test_ten_times_last_year_is_not_yet_odd(pokja, people, document, amount):
    last = make_budget(pokja, people.officer, 2025, document=document)
    verified(last, people.officer, people.judge)
    evidence = make_budget(
        pokja, people.officer, rows=[LINE | {"ceiling": amount}], document=document
    )
    assert gaps(evidence, blocking=False) == []

"""What a plan and an indicator set say, lack and check."""

from decimal import Decimal

import pytest

from apps.evidence.kinds import adapter_for
from tests.makers import (
    ACTIVITY,
    make_document,
    make_indicator,
    make_indicators,
    make_plan,
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


# --- plan ------------------------------------------------------------------------------------


def test_what_a_plan_says(pokja, people):
    rows = [
        ACTIVITY
        | {
            "indicator": make_indicator(),
            "budget": Decimal("1500000.50"),
            "fund_source": "apbd_kabkota",
            "months": 0b111,
        },
        ACTIVITY
        | {
            "name": "Pelatihan",
            "physical_progress": Decimal("12.5"),
            "budget": Decimal(2),
            "target": Decimal("12.50"),
            "months": 0b100010,
        },
    ]
    evidence = make_plan(pokja, people.officer, rows=rows)
    assert facts(evidence) == {
        "Tahun": "2026",
        "Jumlah kegiatan": "2",
        "Triwulan terisi": "TW I, TW II",
        "Anggaran kegiatan": "Rp\u00a01.500.002,50",
    }
    assert adapter_for(evidence).table(evidence) == (
        ["No.", "Kegiatan", "Keluaran", "Target", "Waktu", "Penanggung jawab", "Indikator",
         "Anggaran", "Sumber dana", "Realisasi fisik"],
        [
            ["1", "Rapat koordinasi", "4 rapat", "4 rapat", "TW I", "Dinas PPKB",
             "Angka Kelahiran Total (TFR)", "Rp\u00a01.500.000,50", "APBD Kab/Kota", ""],
            ["2", "Pelatihan", "4 rapat", "12,5 rapat", "Februari, Juni", "Dinas PPKB", "",
             "Rp\u00a02", "", "12,5%"],
        ],
    )  # fmt: skip


def test_a_plan_without_activities_cannot_be_sent(pokja, people):
    evidence = make_plan(pokja, people.officer, rows=[])
    assert gaps(evidence, blocking=True) == [("", "Rencana kerja 2026 belum memuat kegiatan")]


def test_every_gap_of_an_activity_hangs_on_its_field(pokja, people):
    rows = [ACTIVITY, {"name": ""}]
    evidence = make_plan(pokja, people.officer, rows=rows)
    assert gaps(evidence, blocking=True) == [
        ("kegiatan-1-name", "Isi nama kegiatan 2"),
        ("kegiatan-1-output", "Isi keluaran kegiatan 2"),
        ("kegiatan-1-quarters", "Pilih paling sedikit satu triwulan untuk kegiatan 2"),
        ("kegiatan-1-person_in_charge", "Pilih penanggung jawab untuk kegiatan 2"),
    ]


def test_a_quarter_without_an_activity_is_a_warning(pokja, people):
    evidence = make_plan(pokja, people.officer, rows=[ACTIVITY | {"months": 0b000111111111}])
    assert gaps(evidence, blocking=False) == [
        ("", "Rencana kerja belum memuat kegiatan pada Triwulan IV")
    ]
    assert checks(evidence) == [
        (True, "1 kegiatan"),
        (False, "Belum ada kegiatan pada TW IV"),
        (True, "Semua kegiatan ada penanggung jawabnya"),
        (False, "Belum terkait indikator: kegiatan 1"),
    ]


# --- indicators ------------------------------------------------------------------------------


def test_what_an_indicator_set_says(pokja, people):
    rule = make_indicator("gdpk", name="GDPK ditetapkan", unit="ya/tidak", direction="yes_no")
    rows = [
        {
            "indicator": make_indicator(),
            "baseline": Decimal("2.18"),
            "baseline_year": 2025,
            "target": Decimal("2.10"),
            "source": "PK",
            "annual": Decimal("2.11"),
        },
        {"indicator": rule, "target": Decimal(1)},
    ]
    evidence = make_indicators(pokja, people.officer, rows=rows)
    assert facts(evidence)["Jumlah indikator"] == "2 indikator, 2 bertarget"
    assert adapter_for(evidence).table(evidence) == (
        ["Indikator", "Satuan", "Capaian awal", "Tahun capaian awal", "Target", "Sumber data",
         "Capaian tahunan"],
        [
            ["Angka Kelahiran Total (TFR)", "anak", "2,18", "2025", "2,1", "PK", "2,11"],
            ["GDPK ditetapkan", "ya/tidak", "", "", "ya", "", ""],
        ],
    )  # fmt: skip


def test_an_indicator_without_a_target_holds_submission_up(pokja, people):
    evidence = make_indicators(pokja, people.officer, rows=[{"indicator": make_indicator()}])
    assert gaps(evidence, blocking=True) == [
        ("indikator-0-target", "Isi target indikator “Angka Kelahiran Total (TFR)” dengan angka")
    ]
    assert gaps(evidence, blocking=False) == [
        ("indikator-0-source", "Isi sumber data untuk indikator 1"),
        (
            "indikator-0-baseline",
            "Capaian awal indikator “Angka Kelahiran Total (TFR)” belum diisi",
        ),
    ]


def test_no_indicator_at_all_holds_submission_up(pokja, people):
    evidence = make_indicators(pokja, people.officer, rows=[])
    assert gaps(evidence, blocking=True) == [("", "Pilih paling sedikit satu indikator")]


@pytest.mark.parametrize(("target", "odd"), [("100", False), ("100.5", True), ("-1", True)])
def test_a_percentage_beyond_its_bounds_is_a_warning(pokja, people, target, odd):
    indicator = make_indicator("mcpr", name="mCPR", unit="%", direction="up")
    rows = [
        {"indicator": indicator, "target": Decimal(target), "source": "PK", "baseline": Decimal(60)}
    ]
    evidence = make_indicators(pokja, people.officer, rows=rows)
    assert gaps(evidence, blocking=False) == odd * [
        ("indikator-0-target", "Target persen umumnya antara 0 dan 100")
    ]

"""Sentences made from figures."""

from datetime import date

import pytest

from apps.effectiveness.formula import Result
from apps.effectiveness.repairs import Repair, failing, missing
from apps.filing.todo import upkeep_for
from apps.filing.words import joined, score_sentence, told, trend_finding
from apps.verification.facts import Gap

ALL = {"sk", "rencana_kerja", "indikator", "anggaran"}
WEIGHTS = dict.fromkeys(("sk", "rencana_kerja", "indikator", "anggaran"), 25)


@pytest.mark.parametrize(
    ("years", "heading"),
    [
        ([(2024, set()), (2025, {"sk"}), (2026, {"sk"})], "Baru SK yang terpenuhi sejak 2025"),
        ([(2024, ALL), (2025, ALL), (2026, ALL)], "Keempat kriteria terpenuhi sejak 2024"),
        ([(2024, ALL), (2025, {"sk"}), (2026, ALL)], "Keempat kriteria terpenuhi sejak 2026"),
        ([(2024, ALL), (2025, ALL), (2026, {"sk"})], "Kriteria terpenuhi turun dari 4 menjadi 1"),
        (
            [(2024, set()), (2025, {"sk"}), (2026, {"sk", "anggaran"})],
            "Kriteria terpenuhi naik dari 1 menjadi 2",
        ),
        (
            [(2025, set()), (2026, {"indikator", "rencana_kerja"})],
            "Baru rencana kerja dan indikator yang terpenuhi sejak 2026",
        ),
        ([(2025, set()), (2026, set())], "Belum ada kriteria yang terpenuhi"),
        ([(2026, set())], "Belum ada kriteria yang terpenuhi"),
    ],
)
def test_the_heading_states_what_the_years_show(years, heading):
    assert trend_finding(years) == heading


def test_several_waiting_criteria_are_summed_in_the_score_sentence():
    results = dict.fromkeys(WEIGHTS, Result("menunggu")) | {"sk": Result("terpenuhi")}
    assert score_sentence(results, WEIGHTS) == (
        "Skor 25 dari 100 sudah diverifikasi. Menjadi 100 bila rencana kerja, indikator, dan "
        "anggaran disetujui."
    )


def test_without_anything_waiting_the_score_stands_alone():
    assert score_sentence(dict.fromkeys(WEIGHTS, Result("belum_mengisi")), WEIGHTS) == (
        "Skor 0 dari 100 sudah diverifikasi."
    )


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a dan b"), (["a", "b", "c"], "a, b, dan c")],
)
def test_names_are_joined_as_in_a_sentence(names, text):
    assert joined(names) == text


@pytest.mark.parametrize(
    ("level", "head"), [("kabupaten", "Bupati"), ("kota", "Wali Kota"), ("provinsi", "Gubernur")]
)
def test_the_head_of_the_region_is_named_by_its_level(level, head):
    assert missing("sk", 2026, level).fix == f"Ajukan penetapan kepada {head}, lalu unggah SK"


@pytest.mark.parametrize(
    "reason", ["kedaluwarsa", "dicabut", "belum_berlaku", "bukan_pembentukan", "nihil"]
)
def test_every_reason_of_a_failing_decree_has_its_repair(reason):
    repair = failing(reason, "sk", 2026)
    assert bool(repair.fact and repair.fix) is True


@pytest.mark.parametrize(
    ("criterion", "reason"),
    [
        ("rencana_kerja", "kosong"),
        ("indikator", "kosong"),
        ("anggaran", "nol"),
        ("anggaran", "nihil"),
    ],
)
def test_every_reason_of_the_other_criteria_has_its_repair(criterion, reason):
    repair = failing(reason, criterion, 2026, nil_reason="Tidak dialokasikan")
    assert bool(repair.fact and repair.fix) is True


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2026, 3, 12), "Isi capaian Triwulan I"),
        (date(2026, 4, 10), "Isi capaian Triwulan I"),
        (date(2026, 4, 11), "Isi capaian Triwulan II"),
        (date(2026, 12, 31), "Isi capaian Triwulan IV"),
    ],
)
def test_the_next_report_is_named_with_its_day(on, first):
    from types import SimpleNamespace

    card = SimpleNamespace(criterion="sk", result=Result("terpenuhi"))
    found = upkeep_for(SimpleNamespace(pk=1), 2026, [card], SimpleNamespace(can_edit=False), on)
    assert found[0].title == first


def test_what_several_rows_lack_is_told_once_as_a_fact():
    fix = "Isi penanggung jawab dengan instansi atau pejabat dari anggota pada SK"
    fact = "Kegiatan {rows} belum ada penanggung jawab"
    gaps = [
        Gap(
            "kegiatan-2-person_in_charge",
            "Pilih penanggung jawab untuk kegiatan 3",
            fix,
            True,
            fact,
        ),
        Gap(
            "kegiatan-3-person_in_charge",
            "Pilih penanggung jawab untuk kegiatan 4",
            fix,
            True,
            fact,
        ),
        Gap("", "Rencana kerja belum memuat kegiatan pada Triwulan III", "Tambah kegiatan", False),
    ]
    assert told(gaps) == [
        Repair("Kegiatan 3 dan 4 belum ada penanggung jawab", fix, "kegiatan-2-person_in_charge"),
        Repair("Rencana kerja belum memuat kegiatan pada Triwulan III", "Tambah kegiatan"),
    ]

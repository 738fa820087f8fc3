"""The command that makes any database usable."""

import io

import pytest
from django.apps import apps
from django.core.management import call_command

LOADED = (
    "regions.Region",
    "regions.RegionCode",
    "regions.RegionProfile",
    "regions.PublishedFact",
    "indicators.Indicator",
    "verification.ReturnReason",
    "effectiveness.Rubric",
    "effectiveness.RubricCriterion",
    "effectiveness.RubricPoint",
    "regulations.Regulation",
    "inbox.ReminderRule",
    "pokja.RosterRequirement",
    "campaign.LetterTemplate",
)


def siapkan(*options):
    out = io.StringIO()
    call_command("siapkan", *options, stdout=out)
    return out.getvalue().splitlines()


def state():
    return {label: list(apps.get_model(label).objects.order_by("pk").values()) for label in LOADED}


@pytest.mark.django_db
def test_first_run_fills_and_the_second_changes_nothing():
    first = siapkan()
    assert [line.split(":")[0] for line in first] == [
        "Migrasi",
        "Wilayah",
        "Katalog indikator",
        "Alasan pengembalian",
        "Rubrik bawaan",
        "Regulasi nasional",
        "Draf rubrik",
        "Unsur yang harus terwakili",
        "Pengingat SK berakhir",
        "Hari libur",
        "Target pemeriksaan",
        "Naskah surat",
        "Fakta terbitan",
        "Catatan audit dirantai",
    ]
    assert all(line.endswith("ditambah") for line in first[1:])
    before = state()
    assert all(before.values())
    assert siapkan() == [
        "Migrasi: selesai",
        "Wilayah: tetap",
        "Katalog indikator: tetap",
        "Alasan pengembalian: tetap",
        "Rubrik bawaan: tetap",
        "Regulasi nasional: tetap",
        "Draf rubrik: tetap",
        "Unsur yang harus terwakili: tetap",
        "Pengingat SK berakhir: tetap",
        "Hari libur: tetap",
        "Target pemeriksaan: tetap",
        "Naskah surat: tetap",
        "Fakta terbitan: tetap",
        "Catatan audit dirantai: tetap",
    ]
    assert state() == before


@pytest.mark.django_db
def test_kecamatan_come_on_demand():
    siapkan()
    assert siapkan("--kecamatan")[2] == "Wilayah di bawahnya: 7285 kecamatan ditambah"
    assert siapkan("--kecamatan")[2] == "Wilayah di bawahnya: tetap"

"""Files of the kind profil."""

from decimal import Decimal
from io import BytesIO

import pytest

from apps.core.importing import run_import
from apps.core.tabular import read_sheet
from apps.regions.models import RegionProfile
from apps.regions.resources import ProfileImporter, ProfilePlan

SPEC = (
    "kode_wilayah tahun desa kelurahan pkb plkb_pns plkb_non_pns pppk ppkbd bkb bkr bkl uppka "
    "pik_r kampung_kb lokus_stunting prevalensi_stunting pus penduduk sumber"
)


def load(text, actor=None, *, record=list, **options):
    """``record`` takes the traces; list() drops them."""
    sheet = read_sheet(BytesIO(text.encode()))
    return run_import(ProfileImporter(actor=actor), sheet, record=record, **options)


def errors(report):
    return [str(error) for error in report.errors]


def test_columns_are_those_of_the_contract():
    assert ProfileImporter.column_names() == SPEC.split()


def test_file_adds_a_profile(regions):
    report = load(
        "kode_wilayah;tahun;desa;pkb;prevalensi_stunting;penduduk;sumber\n"
        "73.08;2025;328;12;27,4;817.363;Dinas PPKB\n"
    )
    assert (report.saved, report.count("tambah")) == (True, 1)
    profile = RegionProfile.objects.get()
    assert (profile.region, profile.year, profile.villages, profile.pkb, profile.source) == (
        regions.bone,
        2025,
        328,
        12,
        "Dinas PPKB",
    )
    assert (profile.stunting_prevalence, profile.population) == (Decimal("27.40"), 817_363)
    assert profile.bkb is None


def test_same_file_twice_changes_nothing(regions):
    text = "kode_wilayah,tahun,pkb,prevalensi_stunting\n73.08,2025,12,27.4\n"
    load(text)
    report = load(text)
    assert (report.saved, [outcome.action for outcome in report.outcomes]) == (True, ["tetap"])


def test_column_not_in_the_file_is_left_alone(regions):
    load("kode_wilayah,tahun,pkb,bkb\n73.08,2025,12,39\n")
    report = load("kode_wilayah,tahun,pkb\n73.08,2025,13\n")
    assert [outcome.details for outcome in report.outcomes] == [[("pkb", 12, 13)]]
    assert RegionProfile.objects.values_list("pkb", "bkb").get() == (13, 39)


def test_empty_cell_takes_a_figure_away(regions):
    load("kode_wilayah,tahun,pkb,bkb\n73.08,2025,12,39\n")
    load("kode_wilayah,tahun,pkb,bkb\n73.08,2025,12,\n")
    assert RegionProfile.objects.values_list("pkb", "bkb").get() == (12, None)


def test_trial_saves_nothing(regions):
    report = load("kode_wilayah,tahun,pkb\n73.08,2025,12\n", dry_run=True)
    assert (report.count("tambah"), report.saved, RegionProfile.objects.count()) == (1, False, 0)


def test_every_bad_cell_is_named_and_nothing_is_saved(regions):
    report = load(
        "kode_wilayah,tahun,pkb,prevalensi_stunting\n"
        "73.08,2025,12,20\n"
        "7308,2025,1,1\n"
        "73.99,20,-1,101\n"
    )
    assert errors(report) == [
        "baris 3, kolom kode_wilayah: Kode 7308 tanpa titik tidak jelas sistemnya: 73.08 (Bone) "
        "menurut Kemendagri? Tulis kode Kemendagri dengan titik",
        "baris 4, kolom kode_wilayah: Kode wilayah 73.99 tidak dikenal",
        "baris 4, kolom tahun: Isi dengan bilangan bulat 2000 sampai 2100",
        "baris 4, kolom pkb: Isi dengan bilangan bulat 0 sampai 2147483647",
        "baris 4, kolom prevalensi_stunting: Isi dengan angka 0 sampai 100",
    ]
    assert RegionProfile.objects.count() == 0


def test_repeated_row_is_refused(regions):
    report = load("kode_wilayah,tahun,pkb\n73.08,2025,1\n73.08,2025,2\n")
    assert errors(report) == [
        "baris 3, kolom kode_wilayah: Baris ini mengulang baris 2 (kunci yang sama)"
    ]


def test_operator_loads_the_own_region_only(regions, operator_bone):
    report = load("kode_wilayah,tahun\n73.08,2025\n73.71,2025\n", operator_bone)
    assert errors(report) == [
        "baris 3, kolom kode_wilayah: Wilayah 73.71 tidak ada di wilayah Anda"
    ]
    assert load("kode_wilayah,tahun\n73.08,2025\n", operator_bone).saved is True


@pytest.mark.parametrize("person", ["pengamat_makassar", "pusat"])
def test_who_may_only_look_loads_nothing(regions, request, person):
    report = load("kode_wilayah,tahun\n73.71,2025\n", request.getfixturevalue(person))
    assert errors(report) == [
        "baris 2, kolom kode_wilayah: Peran Anda tidak dapat mengisi profil di wilayah ini"
    ]


def test_change_by_somebody_else_is_planned_again(regions, monkeypatch):
    load("kode_wilayah,tahun,pkb,bkb\n73.08,2025,12,39\n")
    write = ProfilePlan.write

    def interrupted(plan):
        monkeypatch.setattr(ProfilePlan, "write", write)
        RegionProfile.objects.update(bkb=40)
        write(plan)

    monkeypatch.setattr(ProfilePlan, "write", interrupted)
    report = load("kode_wilayah,tahun,pkb\n73.08,2025,13\n")
    assert report.saved is True
    assert RegionProfile.objects.values_list("pkb", "bkb").get() == (13, 39)


def test_change_leaves_a_trace_with_before_and_after(regions):
    load("kode_wilayah,tahun,pkb,bkb\n73.08,2025,12,39\n")
    traces = []
    load("kode_wilayah,tahun,pkb\n73.08,2025,13\n73.71,2025,9\n", record=traces.extend)
    seen = [(t.action, t.region.code, t.before.get("pkb"), t.after["pkb"]) for t in traces]
    assert seen == [
        ("profil.impor", "73.71", None, 9),
        ("profil.impor", "73.08", 12, 13),
    ]


def test_export_gives_the_own_rows_in_the_columns_of_the_file(regions, operator_bone):
    load("kode_wilayah,tahun,pkb\n73.08,2025,12\n73.71,2025,9\n")
    rows = list(ProfileImporter().export_rows(operator_bone))
    assert rows == [["73.08", 2025, None, None, 12, *[None] * 14, ""]]


def test_import_costs_the_same_queries_for_one_row_and_three(regions, django_assert_num_queries):
    head = "kode_wilayah,tahun,pkb\n"
    for text in ("73.08,2025,1\n", "73.08,2024,1\n73.71,2024,1\n63.71,2024,1\n"):
        with django_assert_num_queries(6):
            load(head + text)

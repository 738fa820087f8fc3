"""Holidays and the usual target: loaded once, edited by administrators, in and out as files."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from apps.deadlines.models import Holiday, Period, ServiceTarget
from apps.deadlines.reference import load_default_target, load_holidays
from apps.exchange.services import export_file, import_file


def csv_of(*rows):
    return io.BytesIO("\n".join(["tanggal,nama,cuti_bersama", *rows]).encode())


def test_the_holidays_of_two_years_come_with_the_portal(db):
    assert load_holidays() == 53
    by_year = {
        year: (
            Holiday.objects.filter(date__year=year, is_joint_leave=False).count(),
            Holiday.objects.filter(date__year=year, is_joint_leave=True).count(),
        )
        for year in (2025, 2026)
    }
    assert by_year == {2025: (17, 11), 2026: (17, 8)}
    assert Holiday.objects.get(date=date(2026, 3, 20)).is_joint_leave


def test_loading_again_brings_nothing_back_that_an_administrator_took_away(db):
    load_holidays()
    Holiday.objects.filter(date=date(2026, 12, 24)).delete()
    Holiday.objects.filter(date=date(2026, 12, 25)).update(name="Natal")
    assert load_holidays() == 0
    assert not Holiday.objects.filter(date=date(2026, 12, 24)).exists()
    assert Holiday.objects.get(date=date(2026, 12, 25)).name == "Natal"


def test_the_default_target_is_three_days_until_somebody_sets_another(db):
    assert load_default_target() == 1
    ServiceTarget.objects.update(days=5)
    assert load_default_target() == 0
    assert ServiceTarget.objects.get().days == 5


# --- files -----------------------------------------------------------------------------------


def test_a_year_of_holidays_comes_in_from_a_sheet(db):
    Holiday.objects.create(date=date(2027, 1, 1), name="Tahun Baru")
    rows = ["1 Januari 2027,Tahun Baru 2027 Masehi,tidak", "2027-03-09,Cuti bersama,ya"]
    report = import_file("libur", csv_of(*rows))
    assert (report.errors, report.count("tambah"), report.count("ubah")) == ([], 1, 1)
    found = Holiday.objects.order_by("date").values_list("date", "name", "is_joint_leave")
    assert list(found) == [
        (date(2027, 1, 1), "Tahun Baru 2027 Masehi", False),
        (date(2027, 3, 9), "Cuti bersama", True),
    ]
    again = import_file("libur", csv_of(*rows))
    assert (again.count("tetap"), again.errors) == (2, [])


@pytest.mark.parametrize(
    ("row", "where"),
    [
        ("kemarin,Tahun Baru,tidak", "baris 3, kolom tanggal"),
        ("2027-01-02,,tidak", "baris 3, kolom nama"),
        ("2027-01-02,Libur,mungkin", "baris 3, kolom cuti_bersama"),
        ("2027-01-01,Libur,ya", "baris 3, kolom tanggal"),
    ],
)
def test_one_bad_cell_and_nothing_comes_in(db, row, where):
    report = import_file("libur", csv_of("2027-01-01,Tahun Baru,tidak", row))
    assert [str(error).startswith(where) for error in report.errors] == [True]
    assert not Holiday.objects.exists()


def test_only_administrators_bring_holidays_in(koordinator_sulsel, admin):
    rows = "2027-01-01,Tahun Baru,tidak"
    report = import_file("libur", csv_of(rows), actor=koordinator_sulsel)
    assert "Hanya administrator" in str(report.errors[0])
    assert import_file("libur", csv_of(rows), actor=admin).saved is True


def test_what_goes_out_comes_in_again_unchanged(admin):
    load_holidays()
    out = export_file("libur", admin).read()
    sheet = load_workbook(io.BytesIO(out)).active
    assert [cell.value for cell in sheet[1]] == ["tanggal", "nama", "cuti_bersama"]
    report = import_file("libur", io.BytesIO(out), actor=admin)
    assert (report.errors, report.count("tetap")) == ([], 53)


# --- admin -----------------------------------------------------------------------------------


@pytest.fixture
def office(admin, client_of):
    return client_of(admin)


def test_the_administrator_imports_holidays_in_the_admin(office):
    upload = SimpleUploadedFile("libur.csv", csv_of("2027-01-01,Tahun Baru,tidak").read())
    page = office.post("/admin/deadlines/holiday/import/", {"import_file": upload, "format": "0"})
    assert page.status_code == 200
    form = page.context["confirm_form"]
    office.post("/admin/deadlines/holiday/process_import/", form.initial)
    assert Holiday.objects.get().name == "Tahun Baru"


def test_the_administrator_sets_a_period_and_wrong_dates_are_told(office, regions):
    data = {
        "year": "2026",
        "kind": "",
        "province": str(regions.sulsel.pk),
        "opens_on": "2026-01-02",
        "due_on": "2026-03-31",
        "grace_until": "2026-03-30",
        "locks_on": "",
    }
    url = "/admin/deadlines/period/add/"
    page = office.post(url, data)
    assert "Masa tenggang tidak boleh sebelum batas pengisian." in page.content.decode()
    office.post(url, data | {"grace_until": "2026-04-07"})
    assert Period.objects.get().province == regions.sulsel
    page = office.post(url, data | {"grace_until": ""})
    assert "Periode untuk tahun, jenis, dan provinsi ini sudah ada." in page.content.decode()


def test_locks_are_to_be_read_in_the_admin(office):
    for model in ("periodswitch", "reopening", "latemark"):
        assert office.get(f"/admin/deadlines/{model}/add/").status_code == 403
        assert office.get(f"/admin/deadlines/{model}/").status_code == 200

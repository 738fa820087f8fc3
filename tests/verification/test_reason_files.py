"""The coded reasons as a file: in and out of the admin, and by the command."""

import io

import pytest
from openpyxl import load_workbook

from apps.audit.models import Entry
from apps.core.importing import ADD, CHANGE
from apps.exchange.services import export_file, import_file
from apps.verification.models import ReturnReason

HEAD = "kode,jenis_bukti,alasan,cara_memperbaiki,dipakai,urutan\n"
LIST = "/admin/verification/returnreason/"


def load(*lines, actor=None, dry_run=False):
    source = io.BytesIO((HEAD + "\n".join(lines)).encode())
    return import_file("alasan", source, actor=actor, dry_run=dry_run)


@pytest.fixture
def reason(db):
    return ReturnReason.objects.create(
        code="sk-cap", kind="decree", label="Cap tidak jelas", advice="Pindai ulang", order=3
    )


def test_new_reasons_are_added_and_known_ones_changed(reason):
    report = load("sk-cap,decree,Cap tidak terbaca,,tidak,5", "umum,,Lain-lain,Lihat catatan,,")
    assert report.errors == []
    reason.refresh_from_db()
    assert (reason.label, reason.advice, reason.is_active, reason.order) == (
        "Cap tidak terbaca",
        "",
        False,
        5,
    )
    added = ReturnReason.objects.get(code="umum")
    assert (added.kind, added.is_active, added.order) == ("", True, 0)
    assert Entry.objects.filter(action="alasan.impor").count() == 2


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (",decree,Tanpa kode,,,", "kode"),
        ("a/b,decree,Kode bergaris,,,", "kode"),
        ("x,surat,Jenis asing,,,", "jenis_bukti"),
        ("x,decree,,,,", "alasan"),
        (f"x,decree,{'a' * 161},,,", "alasan"),
        ("x,decree,Boleh,,mungkin,", "dipakai"),
        ("x,decree,Boleh,,,-1", "urutan"),
    ],
)
def test_a_bad_cell_is_named_and_nothing_is_kept(reason, line, column):
    report = load("umum,,Lain-lain,,,", line)
    assert [error.column for error in report.errors] == [column]
    assert ReturnReason.objects.count() == 1


def test_what_is_exported_comes_in_again_unchanged(reason, admin):
    ReturnReason.objects.create(code="umum", label="Lain-lain")
    content = export_file("alasan", admin).read()
    rows = list(load_workbook(io.BytesIO(content)).active.values)
    assert rows[1:] == [
        ("umum", "semua", "Lain-lain", None, "ya", 0),
        ("sk-cap", "decree", "Cap tidak jelas", "Pindai ulang", "ya", 3),
    ]
    report = import_file("alasan", io.BytesIO(content))
    assert (report.errors, report.count(ADD), report.count(CHANGE)) == ([], 0, 0)


def test_only_administrators_bring_reasons_in(koordinator_sulsel):
    assert load("umum,,Lain-lain,,,", actor=koordinator_sulsel).errors[0].column == "kode"
    assert not ReturnReason.objects.exists()


def test_the_admin_counts_uses_and_has_both_pages(reason, admin, client_of):
    client = client_of(admin)
    page = client.get(LIST)
    assert "dipakai berapa kali" in page.content.decode().lower()
    assert [client.get(f"{LIST}{name}/").status_code for name in ("import", "export")] == [200, 200]

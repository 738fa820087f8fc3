"""Files of the kind pokja."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.pokja.models import Pokja
from tests.exchange.conftest import POKJA, write_csv


@pytest.fixture(autouse=True)
def _regions(regions, today):
    pass


def row(**changes):
    return POKJA | changes


def test_new_pokja_arrive_with_their_kinds_and_dates(impor, regions):
    result = impor(
        "pokja",
        [
            row(
                jenis="bangga_kencana; Kampung KB",
                dibentuk="9 Februari 2026",
                bubar=None,
                dilebur_ke=None,
            ),
            row(kode_pokja="0012", kode_wilayah="73", jenis="Stunting (TPPS)", dibentuk=None),
        ],
    )
    assert result.out == ["2 baris: 2 ditambah, 0 diubah, 0 tetap", "Disimpan"]
    first, second = Pokja.objects.order_by("-code")
    assert (first.region, first.kinds, first.formed_on) == (
        regions.makassar,
        ["bangga_kencana", "kampung_kb"],
        date(2026, 2, 9),
    )
    assert (second.code, second.kinds, second.formed_on) == ("0012", ["stunting"], None)


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_csv_with_comma_and_with_semicolon_is_read_alike(impor, delimiter):
    result = impor(
        "pokja",
        [row(jenis="advokasi;gdpk")],
        ending="csv",
        write=lambda path, rows: write_csv(path, rows, delimiter),
    )
    assert result.saved
    assert Pokja.objects.get().kinds == ["advokasi", "gdpk"]


def test_every_bad_cell_is_named_on_its_own_line_and_nothing_is_saved(impor):
    result = impor(
        "pokja",
        [
            row(),
            row(kode_pokja="X", kode_wilayah=73.1, jenis="tak ada", dibentuk="31/02/2026"),
            row(kode_pokja="Y", nama=None, dibentuk="2026-03-01", bubar="2026-02-01"),
            row(kode_pokja="MKS-BK", kode_wilayah="7371"),
        ],
    )
    assert result.err == [
        "baris 3, kolom kode_wilayah: Kode 73.1 rusak oleh Excel. Tulis kode sebagai teks",
        "baris 3, kolom jenis: Jenis “tak ada” tidak dikenal. Pilihan: bangga_kencana, advokasi, "
        "kampung_kb, gdpk, stunting, pjpk, lainnya",
        "baris 3, kolom dibentuk: Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023",
        "baris 4, kolom nama: Wajib diisi",
        "baris 4, kolom bubar: Tanggal bubar 1 Februari 2026 sebelum tanggal dibentuk 1 Maret 2026",
        "baris 5, kolom kode_pokja: Baris ini mengulang baris 2 (kunci yang sama)",
        "baris 5, kolom kode_wilayah: Kode 7371 tanpa titik tidak jelas sistemnya: 73.71 (Kota "
        "Makassar) menurut Kemendagri? Tulis kode Kemendagri dengan titik",
    ]
    assert result.refusal == "7 kesalahan; tidak ada yang disimpan"
    assert Pokja.objects.count() == 0


def test_missing_required_column_is_an_error_and_unknown_ones_are_named(impor):
    result = impor(
        "pokja",
        [{"kode_pokja": "A", "kode_wilayah": "73", "jenis": "gdpk", "name": "x", "catatan": "y"}],
    )
    assert not result.saved
    assert result.err == [
        "Peringatan: Kolom tidak dikenal diabaikan: name, catatan",
        "baris 1, kolom nama: Kolom wajib ini tidak ada di berkas. Apakah kolom name yang "
        "dimaksud?",
    ]


def test_headers_may_hold_blanks_and_unknown_ones_are_named_as_written(impor):
    header = {"Kode Pokja ": "A", "KODE  WILAYAH*": "73", "Jenis": "gdpk", "Nama": "x"}
    result = impor("pokja", [header | {"Catatan Kami": "y"}])
    assert result.saved
    assert result.err == ["Peringatan: Kolom tidak dikenal diabaikan: Catatan Kami"]
    assert list(Pokja.objects.values_list("code", "name")) == [("A", "x")]


def test_same_file_twice_changes_nothing(impor):
    rows = [
        row(jenis="gdpk;advokasi", dibentuk="2026-01-01"),
        row(kode_pokja="LAMA", dilebur_ke="MKS-BK", bubar="2026-03-01"),
    ]
    impor("pokja", rows)
    state = list(Pokja.objects.values()), Entry.objects.count()
    result = impor("pokja", rows)
    assert result.out == ["2 baris: 0 ditambah, 0 diubah, 2 tetap", "Tidak ada yang berubah"]
    assert (list(Pokja.objects.values()), Entry.objects.count()) == state


def test_blank_cell_clears_and_absent_column_leaves_alone(impor):
    impor("pokja", [row(dibentuk="2026-01-01", bubar="2026-03-01")])
    result = impor("pokja", [{**POKJA, "nama": "Nama baru", "bubar": None}], "--uji")
    assert result.out == [
        "baris 2: ubah MKS-BK Nama baru (nama: Pokja Bangga Kencana Kota Makassar → Nama baru; "
        "bubar: 1 Maret 2026 → kosong)",
        "Uji, tidak ada yang disimpan. 1 baris: 0 akan ditambah, 1 akan diubah, 0 tetap",
    ]
    impor("pokja", [{**POKJA, "nama": "Nama baru", "bubar": None}])
    item = Pokja.objects.get()
    assert (item.name, item.formed_on, item.dissolved_on, item.revision) == (
        "Nama baru",
        date(2026, 1, 1),
        None,
        2,
    )
    assert Entry.objects.latest("id").after == {"name": "Nama baru", "dissolved_on": None}


def test_merger_without_a_date_takes_today_and_says_so(impor):
    result = impor("pokja", [row(kode_pokja="LAMA", dilebur_ke="MKS-BK", bubar=None), row()])
    assert result.err == [
        "Peringatan: baris 2, kolom bubar: Tanggal peleburan kosong; dipakai 12 Maret 2026. Isi "
        "kolom bubar bila tanggalnya lain"
    ]
    old = Pokja.objects.get(code="LAMA")
    assert (old.merged_into.code, old.dissolved_on) == ("MKS-BK", date(2026, 3, 12))
    again = impor("pokja", [row(kode_pokja="LAMA", dilebur_ke="MKS-BK", bubar=None), row()])
    assert again.out[0] == "2 baris: 0 ditambah, 0 diubah, 2 tetap"


def test_merger_into_itself_in_a_circle_or_into_nothing_is_refused(impor):
    result = impor(
        "pokja",
        [
            row(kode_pokja="A", dilebur_ke="A", bubar="2026-01-01"),
            row(kode_pokja="B", dilebur_ke="C", bubar="2026-01-01"),
            row(kode_pokja="C", dilebur_ke="B", bubar="2026-01-01"),
            row(kode_pokja="D", dilebur_ke="TIDAK", bubar="2026-01-01"),
        ],
    )
    assert result.err == [
        "baris 2, kolom dilebur_ke: Pokja tidak dapat dilebur ke dirinya sendiri",
        "baris 3, kolom dilebur_ke: Peleburan ini berputar kembali ke B",
        "baris 4, kolom dilebur_ke: Peleburan ini berputar kembali ke C",
        "baris 5, kolom dilebur_ke: Pokja TIDAK tidak dikenal",
    ]


def test_numeric_code_is_taken_only_as_it_stands(impor):
    result = impor("pokja", [row(kode_pokja=12), row(kode_pokja=73.1)])
    assert result.err == [
        "Peringatan: baris 2, kolom kode_pokja: Kode 12 tersimpan sebagai angka; dipakai apa "
        "adanya sebagai teks",
        "baris 3, kolom kode_pokja: Kode 73.1 tersimpan sebagai angka: mungkin maksudnya 73.1 "
        "atau 73.10? Tulis kode sebagai teks",
    ]


def test_operator_brings_in_own_region_only(impor, operator_makassar, pokja):
    result = impor(
        "pokja",
        [
            row(kode_pokja="BARU"),
            row(kode_pokja="BARU-2", kode_wilayah="73.08"),
            row(kode_pokja="BNE-BK"),
        ],
        "--oleh",
        "operator_makassar",
    )
    assert result.err == [
        "baris 3, kolom kode_wilayah: Wilayah 73.08 tidak ada di wilayah Anda",
        "baris 4, kolom kode_pokja: Pokja BNE-BK tidak ada di wilayah Anda",
    ]
    assert impor("pokja", [row(kode_pokja="BARU")], "--oleh", "operator_makassar").saved
    assert Entry.objects.get().actor == operator_makassar


def test_role_without_the_right_is_told_so(impor, pengamat_makassar, pusat):
    for name in ("pengamat_makassar", "pusat"):
        result = impor("pokja", [row()], "--oleh", name)
        assert result.err == [
            "baris 2, kolom kode_wilayah: Peran Anda tidak dapat mengelola "
            "daftar Pokja di wilayah ini"
        ]


def test_unknown_account_kind_status_file_and_folder_are_told(impor, tmp_path):
    assert impor("pokja", [row()], "--oleh", "siapa").refusal == (
        "Akun siapa tidak ditemukan atau tidak aktif"
    )
    assert impor("pokja", [row()], "--status", "final").refusal == (
        "Status final tidak dikenal. Pilihan: draf, diajukan, terverifikasi"
    )
    assert impor("pokja", [row()], "--berkas-dir", "/tidak/ada").refusal == (
        "Folder /tidak/ada tidak ditemukan"
    )
    assert impor("kelompok", [row()]).refusal.startswith("Jenis kelompok tidak dikenal. Pilihan:")


def test_pokja_with_evidence_cannot_move_to_another_region(impor, pokja):
    from apps.verification.enums import Kind
    from apps.verification.services import start_evidence
    from apps.work_plans.models import WorkPlan

    evidence = start_evidence(
        kind=Kind.WORK_PLAN, region=pokja.makassar.region, year=2026, title="x", actor=None
    )
    WorkPlan.objects.create(evidence=evidence, pokja=pokja.makassar, year=2026)
    rows = [row(kode_wilayah="73.08"), row(kode_pokja="BNE-BK", kode_wilayah="73.71")]
    assert impor("pokja", rows).err == [
        "baris 2, kolom kode_wilayah: Pokja ini sudah punya bukti di Kota Makassar (73.71), jadi "
        "wilayahnya tidak dapat diganti"
    ]

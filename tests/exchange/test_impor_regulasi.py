"""Files of the kind regulasi: of regions by their officers, of the nation by administrators."""

from datetime import date

import pytest

from apps.audit.models import Entry
from apps.exchange.registry import IMPORTERS
from apps.regulations.models import Regulation

ROW = {
    "jenis": "perwali",
    "nomor": "7",
    "tahun": 2024,
    "tentang": "Grand Design Pembangunan Kependudukan",
    "kode_wilayah": "73.71",
    "tanggal": "15 Januari 2024",
    "topik": "GDPK; Kampung KB",
    "sumber": "JDIH",
}
NATION = ROW | {"jenis": "Peraturan Presiden", "nomor": "153", "tahun": 2014, "kode_wilayah": None}


@pytest.fixture(autouse=True)
def _stored(regions):
    pass


def test_rows_are_added_changed_and_left_alone(impor, regions):
    assert impor("regulasi", [ROW, NATION]).out[0] == "2 baris: 2 ditambah, 0 diubah, 0 tetap"
    row = Regulation.objects.get(kind="perwali")
    assert (row.region, row.enacted_on, row.topics) == (
        regions.makassar,
        date(2024, 1, 15),
        "gdpk, kampung-kb",
    )
    assert Regulation.objects.get(kind="perpres").region is None
    changed = ROW | {"nomor": "Nomor 007", "tentang": "GDPK", "berlaku_sampai": "31/12/2028"}
    assert impor("regulasi", [changed, NATION]).out[0] == "2 baris: 0 ditambah, 1 diubah, 1 tetap"
    row.refresh_from_db()
    assert (row.subject, row.valid_until, row.planned_until, row.revision) == (
        "GDPK",
        date(2028, 12, 31),
        None,
        2,
    )
    assert row.ended_at is not None
    assert Entry.objects.latest("id").after == {"subject": "GDPK", "valid_until": "2028-12-31"}
    assert impor("regulasi", [changed, NATION]).out[1] == "Tidak ada yang berubah"


def test_bad_cells(impor):
    result = impor(
        "regulasi",
        [
            ROW | {"jenis": "fatwa"},
            ROW | {"kode_wilayah": "73.99"},
            ROW | {"kode_wilayah": None},
            ROW | {"berlaku_sampai": "14 Januari 2024"},
            ROW | {"tahun": 1900},
            ROW | {"nomor": "8", "topik": "?"},
            ROW | {"nomor": "9"},
            ROW | {"nomor": "09"},
            ROW | {"jenis": "perbup", "nomor": "10"},
        ],
    )
    assert not result.saved
    assert [line.partition(". Pilihan")[0] for line in result.err] == [
        "baris 2, kolom jenis: “fatwa” tidak dikenal",
        "baris 3, kolom kode_wilayah: Kode wilayah 73.99 tidak dikenal",
        "baris 4, kolom jenis: Jenis ini ditetapkan kota; pilih wilayah yang sesuai",
        "baris 5, kolom berlaku_sampai: Tanggal akhir sebelum tanggal mulai",
        "baris 6, kolom tahun: Isi dengan bilangan bulat 1945 sampai 2100",
        "baris 7, kolom topik: Tulis topik dengan huruf dan angka, dipisah koma, misalnya gdpk, "
        "stunting",
        "baris 9, kolom nomor: Baris ini mengulang baris 8 (kunci yang sama)",
        "baris 10, kolom jenis: Jenis ini ditetapkan kabupaten; pilih wilayah yang sesuai",
    ]
    assert not Regulation.objects.exists()


def test_whose_rows_one_may_write(
    impor, operator_makassar, operator_bone, pengamat_makassar, admin
):
    impor("regulasi", [NATION])
    by = ("--oleh", operator_makassar.username)
    assert impor("regulasi", [ROW, NATION], *by).saved  # the nation's row is left as it is
    other = impor("regulasi", [NATION | {"tentang": "Lain"}], *by)
    assert other.err == [
        "baris 2, kolom kode_wilayah: Regulasi nasional hanya dicatat administrator. Isi "
        "kode_wilayah"
    ]
    foreign = impor("regulasi", [ROW | {"nomor": "8"}], "--oleh", operator_bone.username)
    assert foreign.err == ["baris 2, kolom kode_wilayah: Wilayah 73.71 tidak ada di wilayah Anda"]
    reader = impor("regulasi", [ROW | {"nomor": "8"}], "--oleh", pengamat_makassar.username)
    assert reader.err == [
        "baris 2, kolom kode_wilayah: Peran Anda tidak dapat mencatat regulasi di wilayah ini"
    ]
    assert impor("regulasi", [NATION | {"tentang": "Lain"}], "--oleh", admin.username).saved


def test_a_revoked_one_keeps_its_end(impor):
    impor("regulasi", [ROW, ROW | {"nomor": "8"}])
    old, new = Regulation.objects.order_by("id")
    Regulation.objects.filter(pk=old.pk).update(valid_until=date(2025, 1, 1), revoked_by=new)
    assert impor("regulasi", [ROW]).saved
    result = impor("regulasi", [ROW | {"berlaku_sampai": None}])
    assert result.err == [
        "baris 2, kolom berlaku_sampai: Regulasi ini dicabut; isi hari terakhir berlakunya"
    ]


def test_what_goes_out_comes_in_again(impor, operator_makassar):
    impor("regulasi", [ROW, NATION])
    importer = IMPORTERS["regulasi"]
    rows = [
        dict(zip(importer.column_names(), cells, strict=True))
        for cells in importer().export_rows(operator_makassar)
    ]
    assert len(rows) == 2
    again = impor("regulasi", rows, "--oleh", operator_makassar.username)
    assert again.out[0] == "2 baris: 0 ditambah, 0 diubah, 2 tetap"

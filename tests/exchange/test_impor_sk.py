"""Files of the kind sk."""

from datetime import date

import pytest

from apps.decrees.models import Decree, DecreeCoverage
from apps.verification.models import Evidence, History
from tests.exchange.conftest import SK


@pytest.fixture(autouse=True)
def _pokja(pokja, today):
    pass


def row(**changes):
    return SK | changes


def decree():
    return Decree.objects.order_by("id").last()


def errors_of(result):
    assert not result.saved
    return [line for line in result.err if not line.startswith("Peringatan")]


def test_rows_of_one_number_date_and_content_are_one_decree(impor, regions):
    from apps.pokja.models import Pokja

    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Advokasi")
    result = impor(
        "sk",
        [
            row(),
            row(kode_pokja="MKS-ADV", nomor="Nomor 188.45 / 97 / ii / 2026"),
            row(kode_pokja="BNE-BK"),
        ],
    )
    assert result.out == ["3 baris: 3 ditambah, 0 diubah, 0 tetap", "Disimpan dengan status draf"]
    assert result.err == []
    assert sorted(
        (item.evidence.region.name, item.coverage.count()) for item in Decree.objects.all()
    ) == [("Kabupaten Bone", 1), ("Kota Makassar", 2)]


def test_same_number_with_other_content_is_another_decree_with_a_warning(impor, regions):
    from apps.pokja.models import Pokja

    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Advokasi")
    rows = [row(), row(kode_pokja="MKS-ADV", berlaku_sampai="2027-12-31")]
    result = impor("sk", rows)
    assert result.err == [
        "Peringatan: baris 3, kolom nomor: Nomor dan tanggalnya sama dengan baris 2 tetapi "
        "isinya lain (berlaku_sampai); dicatat sebagai SK terpisah"
    ]
    assert Decree.objects.count() == 2
    assert impor("sk", rows).out[0] == "2 baris: 0 ditambah, 0 diubah, 2 tetap"


def test_content_is_kept_word_by_word(impor):
    impor(
        "sk",
        [
            row(
                penanda_tangan_jabatan="Wali Kota Makassar",
                penanda_tangan_status="pj.",
                penanda_tangan_nama="Ir. A",
                nomor=" 188.45/097 ",
            )
        ],
    )
    item = decree()
    assert (
        item.number,
        item.number_key,
        item.issued_on,
        item.title,
        item.signer_position,
        item.signer_status,
        item.signer_name,
        item.valid_from,
        item.valid_until,
        item.validity_basis,
    ) == (
        "188.45/097",
        "188/45/97",
        date(2026, 2, 9),
        "Pembentukan Pokja",
        "Wali Kota Makassar",
        "pj",
        "Ir. A",
        date(2026, 2, 9),
        date(2028, 12, 31),
        "tertulis",
    )
    assert item.evidence.title == "SK Pokja MKS-BK"


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("definitif", "definitif"),
        ("Pj", "pj"),
        ("pjs.", "pjs"),
        ("PLT.", "plt"),
        ("Plh", "plh"),
        ("a.n.", "an"),
        ("A.N", "an"),
        ("Penjabat", "pj"),
    ],
)
def test_status_of_the_signer_is_read_tolerantly(impor, written, stored):
    impor("sk", [row(penanda_tangan_status=written)])
    assert decree().signer_status == stored


@pytest.mark.parametrize(
    ("end", "basis", "stored"),
    [
        ("2028-12-31", None, "tertulis"),
        (None, None, "sampai_dicabut"),
        (None, "tahun_anggaran", "tahun_anggaran"),
        ("2028-12-31", "sampai_dicabut", "sampai_dicabut"),
        (None, "Sampai dicabut", "sampai_dicabut"),
    ],
)
def test_blank_basis_follows_from_the_end(impor, end, basis, stored):
    rows = [row(berlaku_sampai=end, dasar_masa_berlaku=basis)]
    impor("sk", rows)
    assert decree().validity_basis == stored
    assert impor("sk", rows).out[0] == "1 baris: 0 ditambah, 0 diubah, 1 tetap"


def test_impossible_decrees_are_refused_cell_by_cell(impor):
    result = impor(
        "sk",
        [
            row(nomor="A", berlaku_sampai="2026-02-08"),
            row(nomor="B", berlaku_sampai=None),
            row(nomor="C", peran="mengubah"),
            row(nomor="D", peran="mencabut", sk_induk=None, berlaku_sampai=None),
            row(nomor="E", peran="menghapus"),
            row(nomor="F", kode_pokja="TIDAK"),
            row(nomor="-"),
            row(nomor="G", penanda_tangan_status="dr."),
        ],
    )
    assert errors_of(result) == [
        "baris 2, kolom berlaku_sampai: Tanggal ini sebelum berlaku_mulai 9 Februari 2026",
        "baris 3, kolom berlaku_sampai: Isi tanggal akhir, karena dasar_masa_berlaku tertulis",
        "baris 4, kolom sk_induk: Isi nomor SK yang diubah atau dicabut (peran mengubah)",
        "baris 5, kolom sk_induk: Isi nomor SK yang diubah atau dicabut (peran mencabut)",
        "baris 6, kolom peran: “menghapus” tidak dikenal. Pilihan: membentuk, mengubah, mencabut",
        "baris 7, kolom kode_pokja: Pokja TIDAK tidak dikenal",
        "baris 8, kolom nomor: Nomor SK tidak memuat huruf atau angka",
        "baris 9, kolom penanda_tangan_status: “dr.” tidak dikenal. Pilihan: definitif, Pj., "
        "Pjs., Plt., Plh., a.n.",
    ]
    assert Evidence.objects.count() == 0


def test_same_key_twice_in_a_file_is_an_error_however_the_number_is_written(impor):
    result = impor("sk", [row(), row(nomor="NOMOR 188.45-97-II-2026", tentang="Lain")])
    assert errors_of(result) == [
        "baris 3, kolom nomor: Baris ini mengulang baris 2 (kunci yang sama)"
    ]


def test_parent_may_stand_in_the_file_or_the_database_else_a_warning(impor):
    impor("sk", [row(nomor="1/2024", tanggal_ditetapkan="2024-01-02", berlaku_mulai="2024-01-02")])
    result = impor(
        "sk",
        [
            row(nomor="2/2026", peran="mengubah", sk_induk="01 / 2024"),
            row(
                nomor="3/2026",
                peran="mencabut",
                sk_induk="2/2026",
                berlaku_sampai=None,
                dasar_masa_berlaku=None,
            ),
            row(nomor="4/2026", peran="mengubah", sk_induk="9/1999", kode_pokja="BNE-BK"),
        ],
    )
    assert result.err == [
        "Peringatan: baris 4, kolom sk_induk: SK 9/1999 belum tercatat untuk Pokja BNE-BK; "
        "perubahan atau pencabutannya baru berpengaruh setelah SK itu dicatat"
    ]
    assert [
        (row.role, row.parent_number, row.parent_key)
        for row in DecreeCoverage.objects.order_by("id")
    ] == [
        ("establish", "", ""),
        ("amend", "01 / 2024", "1/2024"),
        ("revoke", "2/2026", "2/2026"),
        ("amend", "9/1999", "9/1999"),
    ]


def test_changed_row_of_a_draft_is_changed_in_place(impor):
    impor("sk", [row()])
    result = impor("sk", [row(berlaku_sampai="2027-12-31")])
    assert result.out[0] == "1 baris: 0 ditambah, 1 diubah, 0 tetap"
    assert (decree().valid_until, Decree.objects.count()) == (date(2027, 12, 31), 1)
    evidence = Evidence.objects.get()
    assert (evidence.status, evidence.version, evidence.revision) == ("draft", 1, 2)
    assert list(
        History.objects.order_by("id").values_list("action", "from_status", "to_status")
    ) == [("import", "", "draft"), ("import", "draft", "draft")]


def test_file_for_one_pokja_changes_the_whole_decree_and_says_so(impor, regions):
    from apps.pokja.models import Pokja

    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Advokasi")
    impor("sk", [row(), row(kode_pokja="MKS-ADV")])
    result = impor("sk", [row(berlaku_sampai="2027-12-31")])
    assert result.err == [
        "Peringatan: baris 2, kolom nomor: SK ini juga mencakup Pokja MKS-ADV; isinya ikut berubah"
    ]
    assert decree().coverage.count() == 2


def test_rows_that_part_company_leave_the_decree_they_shared(impor, regions):
    from apps.pokja.models import Pokja

    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Advokasi")
    impor("sk", [row(), row(kode_pokja="MKS-ADV")], "--status", "terverifikasi")
    rows = [row(berlaku_sampai="2027-12-31"), row(kode_pokja="MKS-ADV")]
    result = impor("sk", rows, "--status", "terverifikasi")
    assert result.out[0] == "2 baris: 0 ditambah, 1 diubah, 1 tetap"
    counting = Decree.objects.filter(evidence__in=Evidence.objects.counting())
    assert sorted(
        (item.valid_until, [cover.pokja.code for cover in item.coverage.all()]) for item in counting
    ) == [(date(2027, 12, 31), ["MKS-BK"]), (date(2028, 12, 31), ["MKS-ADV"])]
    assert impor("sk", rows, "--status", "terverifikasi").out[0] == (
        "2 baris: 0 ditambah, 0 diubah, 2 tetap"
    )


def test_new_pokja_of_a_known_decree_joins_it(impor, regions):
    from apps.pokja.models import Pokja

    impor("sk", [row()])
    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Advokasi")
    result = impor("sk", [row(), row(kode_pokja="MKS-ADV")])
    assert result.out[0] == "2 baris: 1 ditambah, 0 diubah, 1 tetap"
    assert (Decree.objects.count(), decree().coverage.count()) == (1, 2)


def test_absent_columns_stay_as_they_are(impor):
    impor(
        "sk",
        [
            row(
                penanda_tangan_nama="Ir. A",
                berlaku_sampai=None,
                dasar_masa_berlaku="tahun_anggaran",
            )
        ],
    )
    short = {
        name: SK[name]
        for name in (
            "nomor",
            "tanggal_ditetapkan",
            "kode_pokja",
            "peran",
            "tentang",
            "berlaku_mulai",
        )
    }
    assert impor("sk", [short]).out[0] == "1 baris: 0 ditambah, 0 diubah, 1 tetap"
    assert (decree().signer_name, decree().validity_basis) == ("Ir. A", "tahun_anggaran")
    impor("sk", [row(penanda_tangan_nama=None, dasar_masa_berlaku=None)])
    assert (decree().signer_name, decree().validity_basis) == ("", "tertulis")


def test_cancelled_decree_does_not_match(impor):
    impor("sk", [row()], "--status", "terverifikasi")
    Evidence.objects.update(status="cancelled")
    assert impor("sk", [row()]).out[0] == "1 baris: 1 ditambah, 0 diubah, 0 tetap"
    assert Evidence.objects.order_by("id").last().version == 1


def test_scan_is_taken_from_the_folder_only(impor, tmp_path):
    folder = tmp_path / "pindaian"
    folder.mkdir()
    (tmp_path / "rahasia.pdf").write_bytes(b"%PDF-1.4 x %%EOF")
    (folder / "kosong.pdf").write_bytes(b"")
    (folder / "gambar.pdf").write_bytes(b"GIF89a")
    rows = [
        row(nomor=str(number), berkas=name)
        for number, name in enumerate(
            ("../rahasia.pdf", "tidak-ada.pdf", "kosong.pdf", "gambar.pdf"), start=1
        )
    ]
    assert errors_of(impor("sk", rows, "--berkas-dir", str(folder))) == [
        "baris 2, kolom berkas: Tulis nama berkas saja, tanpa folder",
        "baris 3, kolom berkas: Berkas tidak-ada.pdf tidak ada di folder berkas",
        "baris 4, kolom berkas: Berkas SK kosong. Pilih berkas lain",
        "baris 5, kolom berkas: Berkas SK harus PDF",
    ]


def scan(folder, name="sk.pdf", pages=1):
    import pikepdf

    folder.mkdir(exist_ok=True)
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    pdf.save(folder / name)


def test_scan_is_stored_once_and_kept_when_the_cell_is_blank(impor, tmp_path, media_root):
    folder = tmp_path / "pindaian"
    scan(folder)
    options = ("--berkas-dir", str(folder))
    impor("sk", [row(berkas="sk.pdf")], *options)
    document = decree().document
    assert (document.original_name, document.pages, document.region.code) == ("sk.pdf", 1, "73.71")
    for rows in ([row(berkas="sk.pdf")], [row(berkas=None)]):
        assert impor("sk", rows, *options).out[0] == "1 baris: 0 ditambah, 0 diubah, 1 tetap"
    assert decree().document == document
    scan(folder, pages=2)
    assert impor("sk", [row(berkas="sk.pdf")], *options).out[0] == (
        "1 baris: 0 ditambah, 1 diubah, 0 tetap"
    )
    assert decree().document.pages == 2


def test_scan_without_a_folder_is_left_out_with_a_warning(impor, tmp_path):
    result = impor("sk", [row(berkas="sk.pdf")])
    assert result.err == [
        "Peringatan: baris 2, kolom berkas: Berkas sk.pdf tidak ikut diimpor "
        "karena folder berkas tidak diberikan"
    ]
    assert decree().document is None


def test_files_stored_by_a_write_that_fails_are_removed(impor, tmp_path, media_root, monkeypatch):
    from django.db import DatabaseError

    def fail(*args, **kwargs):
        raise DatabaseError("penuh")

    folder = tmp_path / "pindaian"
    scan(folder)
    monkeypatch.setattr("apps.exchange.services.record_many", fail)
    with pytest.raises(DatabaseError):
        impor("sk", [row(berkas="sk.pdf")], "--berkas-dir", str(folder))
    assert [path for path in media_root.rglob("*") if path.is_file()] == []
    assert Evidence.objects.count() == 0


def test_a_blank_serial_number_comes_in_with_a_warning(impor):
    result = impor("sk", [row(nomor="188.45/    /HK/2026")])
    assert result.out[-1] == "Disimpan dengan status draf"
    assert result.err == [
        "Peringatan: baris 2, kolom nomor: Nomor urut SK masih kosong",
    ]
    assert Decree.objects.count() == 1


def test_a_number_that_another_sk_has_comes_in_with_a_warning(impor, regions):
    from apps.pokja.models import Pokja

    Pokja.objects.create(code="MKS-ADV", region=regions.makassar, name="Pokja Advokasi")
    impor("sk", [row(kode_pokja="MKS-ADV")])
    result = impor("sk", [row(tanggal_ditetapkan="2026-03-02", nomor="188.45/097/II/2026")])
    assert result.out[-1] == "Disimpan dengan status draf"
    assert result.err == [
        "Peringatan: baris 2, kolom nomor: Nomor SK 188.45/097/II/2026 sudah dipakai "
        "Pokja Advokasi Kota Makassar. Periksa kembali nomornya"
    ]
    assert Decree.objects.count() == 2

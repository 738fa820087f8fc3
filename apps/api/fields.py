"""The fields of every list, once: the document, the page about it and the tests read them here.

Names are the columns of the files (spec section 7). Codes are text, days ISO text, money and other
quantities exact decimal text, so that no program makes floats of them; what is empty is null.
"""

import json
from dataclasses import dataclass
from typing import Literal

from apps.verification.enums import Status

Criterion = Literal["terpenuhi", "menunggu", "perlu_perbaikan", "tidak_terpenuhi", "belum_mengisi"]
EvidenceStatus = Literal["draf", "diajukan", "dikembalikan", "terverifikasi", "dibatalkan"]
PokjaStatus = Literal["aktif", "akan_dibentuk", "bubar", "dilebur"]
STATUS_WORDS = {each.label.lower(): each for each in Status}

TYPE_WORDS = {
    str: "teks",
    int: "bilangan",
    float: "angka",
    bool: "true/false",
    Criterion: "status kriteria",
    EvidenceStatus: "status bukti",
    PokjaStatus: "status Pokja",
}


@dataclass(frozen=True)
class Field:
    name: str
    kind: object  # the type of its values in JSON
    words: str
    example: object
    may_be_empty: bool = False

    @property
    def example_text(self) -> str:
        """As JSON writes it."""
        return json.dumps(self.example, ensure_ascii=False)

    @property
    def type_words(self) -> str:
        return TYPE_WORDS[self.kind] + (" atau null" if self.may_be_empty else "")


def _text(name, words, example, empty=True) -> Field:
    return Field(name, str, words, example, empty)


def _day(name, words, example, empty=True) -> Field:
    return _text(name, f"{words}, tanggal ISO", example, empty)


def _money(name, words, example, empty=True) -> Field:
    return _text(name, f"{words}, rupiah sebagai teks desimal tepat", example, empty)


def _number(name, words, example, empty=True) -> Field:
    return _text(name, f"{words}, angka sebagai teks desimal tepat", example, empty)


POKJA_CODE = _text("kode_pokja", "kode Pokja", "7371-bk", empty=False)
REGION_CODE = _text("kode_wilayah", "kode Kemendagri wilayah Pokja", "73.71", empty=False)
YEAR = Field("tahun", int, "tahun", 2026)
# What evidence says beside the columns of its file.
EVIDENCE = (
    REGION_CODE,
    Field("status", EvidenceStatus, "keadaan bukti dalam alur verifikasi", "terverifikasi"),
    Field("versi", int, "versi bukti; perubahan sesudah verifikasi membuka versi berikutnya", 1),
    Field("id_bukti", int, "nomor bukti di portal, sama untuk semua baris satu bukti", 1024),
    _text("diubah_pada", "perubahan terakhir, waktu ISO dengan zona", "2026-03-12T10:00:00+07:00"),
)

SCORES = (
    POKJA_CODE,
    REGION_CODE,
    Field("tahun", int, "tahun penilaian", 2026),
    _day("tanggal_acuan", "hari yang dilihat", "2026-03-12", empty=False),
    Field("sk", Criterion, "status kriteria SK", "terpenuhi"),
    Field("rencana_kerja", Criterion, "status kriteria rencana kerja", "terpenuhi"),
    Field("indikator", Criterion, "status kriteria indikator", "menunggu"),
    Field("anggaran", Criterion, "status kriteria anggaran", "belum_mengisi"),
    Field("jumlah_terpenuhi", int, "banyaknya kriteria yang terpenuhi", 2),
    Field(
        "efektif", bool, "efektif menurut rubrik tahun itu; null: tidak dapat dinilai", False, True
    ),
    Field("skor", int, "jumlah bobot kriteria yang terpenuhi, 0-100", 50, True),
    Field("indeks", float, "indeks kematangan, 0-100, paling banyak dua desimal", 43.75, True),
)
REGIONS = (
    _text("kode_wilayah", "kode Kemendagri dengan titik", "73.71", empty=False),
    _text("nama", "nama resmi", "Kota Makassar", empty=False),
    _text("tingkat", "provinsi, kabupaten, kota, kecamatan, desa, atau kelurahan", "kota", False),
    _text("kode_induk", "kode wilayah di atasnya", "73"),
    _text("kode_provinsi", "kode provinsinya", "73", empty=False),
    _text("kode_bps", "kode BPS yang berlaku", "7371"),
    _text("zona_waktu", "WIB, WITA, atau WIT", "WITA", empty=False),
    Field("id", int, "nomor wilayah di portal; tetap walau kodenya berubah", 5101),
)
POKJA = (
    POKJA_CODE,
    REGION_CODE,
    _text("jenis", "jenis Pokja; beberapa dipisah titik koma", "bangga_kencana;stunting"),
    _text("nama", "nama Pokja", "Pokja Bangga Kencana Kota Makassar", empty=False),
    _day("dibentuk", "sejak kapan ada", "2024-02-01"),
    _day("bubar", "bubar atau dilebur pada", None),
    _text("dilebur_ke", "kode Pokja yang menerimanya", None),
    Field("status", PokjaStatus, "keadaan hari ini", "aktif"),
    Field("versi", int, "naik satu pada tiap perubahan", 3),
    Field("id", int, "nomor Pokja di portal", 77),
)
DECREES = (
    _text("nomor", "nomor SK", "188.45/412/I/2026"),
    _day("tanggal_ditetapkan", "tanggal ditetapkan", "2026-01-14"),
    POKJA_CODE,
    _text("peran", "membentuk, mengubah, atau mencabut", "membentuk", empty=False),
    _text("sk_induk", "nomor SK yang diubah atau dicabut", None),
    _text("tentang", "judul SK", "Pembentukan Pokja Bangga Kencana"),
    _text("penanda_tangan_jabatan", "jabatan penanda tangan", "Wali Kota Makassar"),
    _text("penanda_tangan_status", "Definitif, Pj., Pjs., Plt., Plh., atau a.n.", "Definitif"),
    _text("penanda_tangan_nama", "nama penanda tangan", "Nama Contoh"),
    _day("berlaku_mulai", "berlaku mulai", "2026-01-14"),
    _day("berlaku_sampai", "berlaku sampai", "2028-12-31"),
    _text("dasar_masa_berlaku", "tertulis, tahun_anggaran, atau sampai_dicabut", "tertulis"),
    _text("berkas", "nama berkas SK", "SK Pokja.pdf"),
    *EVIDENCE,
)
PLANS = (
    POKJA_CODE,
    YEAR,
    Field("no", int, "nomor kegiatan", 1),
    _text("isu_strategis", "isu strategis", "Stunting"),
    _text("sasaran", "sasaran", "Keluarga berisiko stunting"),
    _text("kegiatan", "nama kegiatan", "Rapat koordinasi"),
    _text("keluaran", "keluaran", "4 rapat"),
    _number("target", "target keluaran", "4"),
    _text("satuan", "satuan target", "rapat"),
    _text("waktu", "triwulan atau bulan; beberapa dipisah titik koma", "TW1;TW2"),
    _text("lokasi", "lokasi", "Makassar"),
    _text("penanggung_jawab", "penanggung jawab", "Dinas PPKB"),
    _text("mitra", "mitra", "TP PKK"),
    _text("kode_indikator", "kode indikator yang dilayani", "tfr"),
    _money("anggaran", "anggaran kegiatan", "40000000.00"),
    _text("sumber_dana", "kode sumber dana", "apbd_kabkota"),
    _number("realisasi_fisik", "realisasi fisik dalam persen", "75.5"),
    *EVIDENCE,
)
INDICATORS = (
    POKJA_CODE,
    YEAR,
    _text("kode_indikator", "kode indikator dalam katalog", "tfr", empty=False),
    _number("baseline", "capaian awal", "2.2"),
    Field("tahun_baseline", int, "tahun capaian awal", 2024, True),
    _number("target", "target", "2.1"),
    _text("sumber_data", "sumber data", "Pemutakhiran data keluarga"),
    *(_number(f"tw{each}", f"capaian triwulan {each}", "2.15") for each in range(1, 5)),
    _number("tahunan", "capaian tahunan", "2.1"),
    *EVIDENCE,
)
BUDGETS = (
    POKJA_CODE,
    YEAR,
    _text("tahap", "murni, pergeseran, atau perubahan", "murni", empty=False),
    _text("sumber_dana", "kode sumber dana", "apbd_kabkota", empty=False),
    _text("kode_sub_kegiatan", "kode sub kegiatan", "2.14.02.2.01.0001"),
    _text("nama_sub_kegiatan", "nama sub kegiatan", "Advokasi Program KKBPK"),
    _money("pagu_sub_kegiatan", "pagu sub kegiatan", "125000000.00"),
    _money("pagu_pokja", "bagian Pokja", "40000000.00"),
    _money("realisasi", "realisasi", "12500000.00"),
    _day("tanggal_data", "tanggal data realisasi", "2026-03-01"),
    _text("dasar", "DPA, DPPA, RKA, APBDes, atau DIPA", "DPA"),
    _text("halaman", "halaman dokumen dasar", "12"),
    *EVIDENCE,
)

"""What each column of a file wants, in words, and the words some of them choose from."""

from apps.budgets.enums import Basis, Stage
from apps.core.importing import Importer
from apps.decrees.enums import ValidityBasis
from apps.decrees.resources import ROLES
from apps.pokja.codes import ALLOWED_FUNDS, ALLOWED_KINDS

DATE = "Tanggal, misalnya 2026-02-09, 09/02/2026, atau 9 Februari 2026"
RUPIAH = "Rupiah, misalnya 12.500.000"
PROGRESS = "Capaian sampai akhir triwulan itu; kosongkan bila belum ada"

WORDS = {
    "kode_pokja": "Kode Pokja, dari daftar pada lembar pokja",
    "kode_wilayah": "Kode Kemendagri sebagai teks, misalnya 73.10; dari lembar wilayah",
    "jenis": f"Satu atau beberapa, dipisah titik koma: {ALLOWED_KINDS}",
    "nama": "Nama lengkap Pokja",
    "dibentuk": f"{DATE}; kosong bila tidak diketahui",
    "bubar": f"{DATE}; kosong bila masih ada",
    "dilebur_ke": "Kode Pokja yang meneruskan; kosong bila tidak dilebur",
    "nomor": "Nomor SK seperti tertulis",
    "tanggal_ditetapkan": DATE,
    "peran": "membentuk, mengubah, atau mencabut",
    "sk_induk": "Nomor SK yang diubah atau dicabut; kosong untuk SK pembentukan",
    "tentang": "Judul SK",
    "penanda_tangan_jabatan": "Jabatan penanda tangan, misalnya Bupati Bone",
    "penanda_tangan_status": "definitif, Pj., Pjs., Plt., Plh., atau a.n.",
    "penanda_tangan_nama": "Nama penanda tangan, tanpa NIP",
    "berlaku_mulai": DATE,
    "berlaku_sampai": f"{DATE}; kosong bila tidak tertulis",
    "dasar_masa_berlaku": "tertulis, tahun_anggaran, atau sampai_dicabut",
    "berkas": "Dikosongkan di sini; PDF diunggah pada halaman SK",
    "tahun": "Empat angka",
    "no": "Nomor urut kegiatan dalam rencana",
    "isu_strategis": "Isu yang dijawab kegiatan ini",
    "sasaran": "Sasaran kegiatan",
    "kegiatan": "Nama kegiatan",
    "keluaran": "Keluaran yang dihasilkan",
    "satuan": "Satuan target keluaran, misalnya kali atau orang",
    "waktu": "Triwulan (TW1;TW2) atau bulan (1;2;3)",
    "lokasi": "Tempat kegiatan",
    "penanggung_jawab": "Jabatan atau instansi yang bertanggung jawab",
    "mitra": "Mitra kegiatan",
    "kode_indikator": "Kode indikator, dari lembar indikator",
    "anggaran": RUPIAH,
    "sumber_dana": f"Salah satu dari: {ALLOWED_FUNDS}",
    "realisasi_fisik": "Persen, 0 sampai 100",
    "baseline": "Angka awal",
    "tahun_baseline": "Tahun angka awal",
    "target": "Angka",
    "sumber_data": "Dari mana angkanya, misalnya Pendataan Keluarga",
    "tw1": PROGRESS,
    "tw2": PROGRESS,
    "tw3": PROGRESS,
    "tw4": PROGRESS,
    "tahunan": "Capaian setahun; kosongkan bila belum ada",
    "tahap": "murni, pergeseran, atau perubahan",
    "kode_sub_kegiatan": "Kode sub kegiatan sebagai teks, misalnya 2.14.03.2.02.0001",
    "nama_sub_kegiatan": "Nama sub kegiatan",
    "pagu_sub_kegiatan": f"{RUPIAH}; pagu seluruh sub kegiatan",
    "pagu_pokja": f"{RUPIAH}; bagian untuk Pokja ini",
    "realisasi": f"{RUPIAH}; kosong bila belum ada",
    "tanggal_data": f"{DATE}; keadaan realisasi pada tanggal itu",
    "dasar": "DPA, DPPA, RKA, APBDes, atau DIPA",
    "halaman": "Halaman dokumen yang memuat angkanya",
    "prevalensi_stunting": "Persen",
    "sumber": "Dari mana angkanya",
    "dokumen": "Dokumen yang menetapkan target",
    "sk": "Nomor SK yang memuat anggota ini; kosong bila belum ada",
    "kedudukan": "Kedudukan dalam Pokja, misalnya Ketua, Sekretaris, Anggota",
    "instansi": "Nama instansi atau lembaga",
    "unsur": "pemerintah, perguruan tinggi, dunia usaha, komunitas, atau media",
    "jabatan_asal": "Jabatan di instansi asal, misalnya Kepala Bappeda",
    "bidang": "Bidang atau seksi dalam Pokja",
    "mulai": f"{DATE}; kosong berarti tanggal mulai berlaku SK",
    "sampai": f"{DATE}; hari terakhir, kosong bila masih menjabat",
}
# Where a column means something else in one kind.
OWN = {
    ("pokja", "kode_pokja"): "Kode Pokja; kode baru berarti Pokja baru",
    ("rencana-kerja", "target"): "Angka target keluaran",
    ("anggota", "nama"): "Nama pejabat; tanpa NIP, NIK, atau nomor telepon",
}
COUNT = "Jumlah, angka bulat"  # what the columns of a profile are that say no more

CHOICES = {
    "peran": tuple(ROLES),
    "penanda_tangan_status": ("definitif", "Pj.", "Pjs.", "Plt.", "Plh.", "a.n."),
    "dasar_masa_berlaku": tuple(ValidityBasis.values),
    "tahap": tuple(Stage.values),
    "dasar": tuple(Basis.values),
    "sumber_dana": tuple(ALLOWED_FUNDS.split(", ")),
    "unsur": ("pemerintah", "perguruan tinggi", "dunia usaha", "komunitas", "media"),
}
CODES = frozenset({"kode_pokja", "kode_wilayah", "kode_indikator", "kode_sub_kegiatan", "nomor"})


def words_for(importer: Importer, column: str) -> str:
    """What this column of this kind wants."""
    return OWN.get((importer.kind, column)) or WORDS.get(column, COUNT)

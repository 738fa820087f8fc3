"""The first steps of each role, with the pages they need."""

from typing import NamedTuple


class Step(NamedTuple):
    """``address`` may be empty where there is nothing to open."""

    what: str
    how: str
    address: str = ""
    link: str = ""

    @property
    def is_open(self) -> bool:
        """Does it lead to a guide, which everybody may read?"""
        return self.address.startswith("/panduan/")


class FirstSteps(NamedTuple):
    slug: str
    roles: tuple[str, ...]
    title: str
    lead: str
    steps: tuple[Step, ...]


OFFICER = FirstSteps(
    "petugas",
    ("operator",),
    "Langkah pertama petugas daerah",
    "Dari masuk pertama kali sampai empat kriteria terkirim.",
    (
        Step(
            "Buka Tugas saya",
            "Semua yang perlu dikerjakan ada di sana, yang dikembalikan paling atas.",
            "/tugas/",
            "Tugas saya",
        ),
        Step(
            "Periksa daftar Pokja daerah Anda",
            "Bila ada Pokja yang belum tercatat, ajukan dari halaman daftar.",
            "/pokja/",
            "Daftar Pokja",
        ),
        Step(
            "Unggah SK lebih dahulu",
            "Portal membaca nomor, tanggal, dan penanda tangan dari berkas; Anda tinggal "
            "mencocokkan. Unggahan yang terputus dilanjutkan, tidak diulang.",
            "/panduan/kriteria/sk/",
            "Contoh SK yang diterima",
        ),
        Step(
            "Isi rencana kerja, indikator, dan anggaran",
            "Urutannya bebas, dan setiap kriteria dapat dikirim sendiri. Isian tersimpan sebagai "
            "draf selama Anda mengetik.",
            "/panduan/",
            "Panduan tiap kriteria",
        ),
        Step(
            "Periksa dan kirim",
            "Halaman periksa menyebut setiap kekurangan dengan tautan ke isiannya.",
        ),
        Step(
            "Tunggu hasil verifikasi",
            "Anda mendapat pemberitahuan. Berkas yang dikembalikan memuat catatan pada isian yang "
            "perlu diperbaiki.",
            "/notifikasi/",
            "Notifikasi",
        ),
        Step(
            "Coba dahulu tanpa risiko",
            "Mode latihan memakai data latihan yang tidak masuk ke angka mana pun.",
            "/latihan/",
            "Mode latihan",
        ),
    ),
)
VERIFIER = FirstSteps(
    "verifikator",
    ("verifier",),
    "Langkah pertama verifikator",
    "Dari antrean yang menumpuk sampai keputusan yang dapat dijelaskan.",
    (
        Step(
            "Mulai dari yang paling lama menunggu",
            "Antrean menunjukkan umur tunggu dalam hari kerja.",
            "/verifikasi/",
            "Antrean verifikasi",
        ),
        Step(
            "Cocokkan isian dengan halaman dokumen",
            "Setiap isian ditandai Sesuai atau Tidak di samping gambar halamannya. Isian yang Anda "
            "kirim sendiri diperiksa orang lain.",
        ),
        Step(
            "Kembalikan dengan alasan",
            "Pilih alasan dari daftar dan tulis apa yang perlu diperbaiki. Petugas melihatnya pada "
            "isian itu.",
        ),
        Step(
            "Setujui beberapa sekaligus bila seragam",
            "Halaman periksa menunjukkan yang berubah sejak Anda memilihnya.",
        ),
        Step(
            "Lihat apa yang menahan daerah",
            "Dasbor provinsi menyebut kriteria yang paling sering kurang.",
            "/dasbor/",
            "Dasbor",
        ),
    ),
)
COORDINATOR = FirstSteps(
    "koordinator",
    ("coordinator",),
    "Langkah pertama koordinator provinsi",
    "Akun, batas waktu, dan bahan Rakerda.",
    (
        Step(
            "Undang petugas dan verifikator",
            "Dengan pos-el, atau kode sekali pakai yang dicetak untuk yang tidak punya pos-el.",
            "/akun/",
            "Akun",
        ),
        Step(
            "Tetapkan batas waktu",
            "Kapan dibuka, batasnya, masa tenggang, dan kapan dikunci.",
            "/periode/",
            "Batas waktu",
        ),
        Step(
            "Ingatkan yang terlambat",
            "Surat dan pesan siap kirim untuk daerah yang Anda pilih.",
            "/kampanye/",
            "Kampanye pengingat",
        ),
        Step(
            "Siapkan Rakerda",
            "Rekap, rapor, dan halaman penyajian memakai angka yang sama.",
            "/rekap/",
            "Rekap",
        ),
        Step(
            "Tutup buku tahun",
            "Angka yang dibekukan tidak bergerak lagi; satu daerah dapat dibuka kembali dengan "
            "alasan.",
            "/buku/",
            "Buku tahun",
        ),
    ),
)
NATIONAL = FirstSteps(
    "pusat",
    ("national", "admin"),
    "Langkah pertama kantor pusat dan admin",
    "Aturan, data rujukan, dan gambaran nasional.",
    (
        Step(
            "Baca gambaran nasional",
            "Peta, peringkat, dan tren provinsi.",
            "/dasbor/",
            "Dasbor nasional",
        ),
        Step(
            "Verifikasi Pokja tingkat provinsi",
            "Berkas provinsi diperiksa kantor pusat.",
            "/verifikasi/",
            "Antrean verifikasi",
        ),
        Step(
            "Periksa rubrik yang berlaku",
            "Perubahan rubrik dilihat dahulu akibatnya sebelum diterbitkan.",
            "/rubrik/",
            "Rubrik",
        ),
        Step(
            "Undang koordinator provinsi",
            "Setiap provinsi mengurus akun daerahnya sendiri.",
            "/akun/",
            "Akun",
        ),
    ),
)
OBSERVER = FirstSteps(
    "pengamat",
    ("observer",),
    "Langkah pertama pengamat",
    "Melihat hasil yang sudah diverifikasi, tanpa mengubah apa pun.",
    (
        Step(
            "Buka dasbor daerah Anda",
            "Angka dan status, dengan tautan ke Pokja di daerah Anda.",
            "/dasbor/",
            "Dasbor",
        ),
        Step(
            "Buka satu Pokja",
            "Halaman Pokja menjelaskan mengapa nilainya demikian.",
            "/pokja/",
            "Daftar Pokja",
        ),
        Step(
            "Pelajari cara skor dihitung",
            "Disusun dari rubrik yang berlaku.",
            "/panduan/skor/",
            "Cara menghitung skor",
        ),
    ),
)
ROLES = {each.slug: each for each in (OFFICER, VERIFIER, COORDINATOR, NATIONAL, OBSERVER)}

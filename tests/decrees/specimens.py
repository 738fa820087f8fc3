"""Thirty decrees of differing forms, each with what a careful person reads from it.

(name, parts of ``textpages.decree``, expected number, date, title, post, status, end, basis)
"""

from tests.textpages import LEFT, RIGHT

KKB = "Pembentukan Kelompok Kerja Kampung Keluarga Berkualitas Kabupaten Bone"
JAN7 = "7 Januari 2025"
END27 = ("31 Desember 2027", "tertulis")
OPEN = ("", "sampai_dicabut")
YEAR = ("", "tahun_anggaran")
BONE = ("Bupati Bone", "definitif")


def place(*texts):
    return tuple(("r", text) for text in texts)


def signed(day, town="Watampone"):
    return place(f"Ditetapkan di {town}", f"pada tanggal {day}")


# Every form of a number that the domain names, and as printed with and without "Nomor :".
NUMBERS = [
    (f"angka-{i}", {"number": printed}, value, JAN7, KKB, *BONE, *END27)
    for i, (printed, value) in enumerate(
        (
            ("NOMOR : 188.45/25/KUM/2024", "188.45/25/KUM/2024"),
            ("NOMOR: 188.45/49/Kpts/433.013/2023", "188.45/49/Kpts/433.013/2023"),
            ("NOMOR 188.45/656/427.12/2003", "188.45/656/427.12/2003"),
            ("Nomor : 188.45/8/436.1.2/2022", "188.45/8/436.1.2/2022"),
            ("NOMOR : 188.45 / 462 / Tamben / 2010", "188.45 / 462 / Tamben / 2010"),
            ("NOMOR : 188.45/04/426.411.01/2026", "188.45/04/426.411.01/2026"),
            ("NOMOR : 188.45/          /HK/416-012/2019", "188.45/ /HK/416-012/2019"),
            ("NOMOR : 188.45/......./HK/416-012/2019", "188.45/......./HK/416-012/2019"),
            ("NOMOR : 100.3.3.2/74/418.08/2024", "100.3.3.2/74/418.08/2024"),
            ("No. 100.3.3.1/87 Tahun 2025", "100.3.3.1/87 Tahun 2025"),
            ("NOMOR 85 TAHUN 2013", "85 TAHUN 2013"),
            ("N O M O R : 140/12/DS-2025", "140/12/DS-2025"),
        ),
        start=1,
    )
]
MAKASSAR = {
    "issuer": "WALI KOTA MAKASSAR",
    "title": ("TIM PERCEPATAN PENURUNAN STUNTING (TPPS)", "KOTA MAKASSAR TAHUN 2025-2029"),
    "place": signed("14 Februari 2025", "Makassar"),
    "post": ("WALI KOTA MAKASSAR,",),
}
TPPS = "Tim Percepatan Penurunan Stunting (TPPS) Kota Makassar Tahun 2025-2029"
SULSEL = {
    "issuer": "GUBERNUR SULAWESI SELATAN",
    "number": "NOMOR : 1024/VII/TAHUN 2024",
    "title": ("KELOMPOK KERJA GDPK PROVINSI SULAWESI SELATAN",),
    "place": signed("1 Agustus 2024", "Makassar"),
}
GDPK = "Kelompok Kerja GDPK Provinsi Sulawesi Selatan"
N = "188.45/412/I/2025"

OTHERS = [
    (
        "wali-kota-pj",
        MAKASSAR | {"post": ("Pj. WALI KOTA MAKASSAR,",)},
        *(N, "14 Februari 2025", TPPS, "Wali Kota Makassar", "pj", *END27),
    ),
    (
        "judul-menyebut-masa",
        MAKASSAR | {"dictum": ("mulai berlaku pada tanggal ditetapkan.",)},
        *(N, "14 Februari 2025", TPPS, "Wali Kota Makassar", "definitif"),
        *("31 Desember 2029", "tertulis"),
    ),
    (
        "atas-nama-gubernur",
        SULSEL | {"post": ("a.n. GUBERNUR SULAWESI SELATAN", "SEKRETARIS DAERAH,")},
        *("1024/VII/TAHUN 2024", "1 Agustus 2024", GDPK, "Sekretaris Daerah", "an", *END27),
    ),
    (
        "a-n-pada-baris-sendiri",
        SULSEL
        | {"post": ("A.N.", "GUBERNUR SULAWESI SELATAN", "SEKRETARIS DAERAH PROVINSI,")},
        *("1024/VII/TAHUN 2024", "1 Agustus 2024", GDPK, "Sekretaris Daerah Provinsi", "an"),
        *END27,
    ),
    (
        "plt-kepala-dinas-dua-baris",
        {
            "issuer": "KEPALA DINAS PENGENDALIAN PENDUDUK",
            "post": ("Plt. KEPALA DINAS PENGENDALIAN PENDUDUK", "DAN KELUARGA BERENCANA,"),
        },
        *(N, JAN7, KKB, "Kepala Dinas Pengendalian Penduduk dan Keluarga Berencana", "plt"),
        *END27,
    ),
    (
        "penjabat-dengan-kata",
        {"post": ("Penjabat BUPATI BONE,",)},
        *(N, JAN7, KKB, "Bupati Bone", "pj", *END27),
    ),
    (
        "huruf-biasa",
        {"title": ("Pembentukan Pokja Advokasi KB di Kabupaten Bone",), "post": ("Bupati Bone,",)},
        *(N, JAN7, "Pembentukan Pokja Advokasi KB di Kabupaten Bone", *BONE, *END27),
    ),
    (
        "satu-baris-tempat-dan-tanggal",
        {"place": place("Ditetapkan di Watampone pada tanggal 7 Januari 2025")},
        *(N, JAN7, KKB, *BONE, *END27),
    ),
    (
        "titik-dua-berlajur",
        {
            "place": (
                [(RIGHT, "Ditetapkan di"), (430, ": Watampone")],
                [(RIGHT, "pada tanggal"), (430, ": 07-01-2025")],
            )
        },
        *(N, JAN7, KKB, *BONE, *END27),
    ),
    (
        "tembusan-di-kiri",
        {
            "place": (
                [(LEFT, "Tembusan:"), (RIGHT, "Ditetapkan di Watampone")],
                [(LEFT, "1. Gubernur"), (RIGHT, "pada tanggal 7 Januari 2025")],
                [(LEFT, "2. Kepala BKKBN"), (RIGHT, "BUPATI BONE,")],
            ),
            "post": (),
        },
        *(N, JAN7, KKB, *BONE, *END27),
    ),
    (
        "bulan-romawi",
        {"place": signed("7 - I - 2025")},
        *(N, JAN7, KKB, *BONE, *END27),
    ),
    (
        "tanggal-dengan-kata",
        {"place": signed("tujuh Januari dua ribu dua puluh lima")},
        *(N, JAN7, KKB, *BONE, *END27),
    ),
    (
        "tahun-anggaran",
        {"dictum": ("berlaku untuk Tahun Anggaran 2025.",)},
        *(N, JAN7, KKB, *BONE, *YEAR),
    ),
    (
        "judul-tahun-anggaran",
        {
            "title": ("PEMBENTUKAN POKJA KAMPUNG KB", "TAHUN ANGGARAN 2025"),
            "dictum": ("mulai berlaku pada tanggal ditetapkan.",),
        },
        *(N, JAN7, "Pembentukan Pokja Kampung KB Tahun Anggaran 2025", *BONE, *YEAR),
    ),
    (
        "sampai-dicabut",
        {"dictum": ("berlaku sejak tanggal ditetapkan sampai", "dengan dicabut.")},
        *(N, JAN7, KKB, *BONE, *OPEN),
    ),
    (
        "masa-kerja-tiga-tahun",
        {"dictum": ("berlaku dengan masa kerja selama 3 (tiga) tahun", "sejak ditetapkan.")},
        *(N, JAN7, KKB, *BONE, "6 Januari 2028", "tertulis"),
    ),
    (
        "sampai-akhir-tahun",
        {"dictum": ("berlaku sejak tanggal ditetapkan s.d. akhir tahun 2026.",)},
        *(N, JAN7, KKB, *BONE, "31 Desember 2026", "tertulis"),
    ),
    (
        "tanpa-batas",
        {"dictum": ("mulai berlaku pada tanggal ditetapkan.",)},
        *(N, JAN7, KKB, *BONE, *OPEN),
    ),
]  # fmt: skip
SPECIMENS = NUMBERS + OTHERS

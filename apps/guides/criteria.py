"""What each criterion asks for, with papers that are accepted and papers that come back.

The examples are invented; numbers of decrees and sums are examples of form only. The rule itself
and its weight come from the rubric (``score``), the reasons for returning from their list.
"""

from typing import NamedTuple

from apps.verification.enums import Kind


class Example(NamedTuple):
    """A paper or an entry as it is sent in, and what is right or wrong with it."""

    what: str
    why: str


class Guide(NamedTuple):
    step: str  # part of the address, as in the forms
    criterion: str
    kind: str
    icon: str
    title: str
    lead: str
    accepted: tuple[str, ...]
    good: tuple[Example, ...]
    bad: tuple[Example, ...]
    mistakes: tuple[str, ...]


DECREE = Guide(
    "sk",
    "sk",
    Kind.DECREE,
    "file-earmark-text",
    "SK penetapan",
    "Pokja dibentuk dengan keputusan pejabat yang berwenang, dan keputusan itu masih berlaku.",
    (
        "Keputusan kepala daerah, atau Sekretaris Daerah atas nama kepala daerah, lengkap dengan "
        "lampiran susunan keanggotaan",
        "Keputusan penjabat atau pelaksana tugas (Pj., Pjs., Plt., Plh.), dengan status jabatannya",
        "Satu keputusan yang membentuk beberapa Pokja sekaligus: pilih semua Pokja yang diatur",
        "Keputusan perubahan, bersama keputusan yang diubahnya",
    ),
    (
        Example(
            "Keputusan Bupati Nomor 188.45/25/KUM/2024 tanggal 9 Februari 2024, 6 halaman, "
            "berlaku sampai 31 Desember 2026",
            "Nomor, tanggal, masa berlaku, tanda tangan, dan lampiran terbaca pada satu berkas",
        ),
        Example(
            "Keputusan tanpa tanggal akhir, diisi “sampai dicabut”",
            "Dasar masa berlaku ditulis seperti pada SK, tidak dikira-kira",
        ),
    ),
    (
        Example(
            "Halaman pertama saja, tanpa halaman tanda tangan dan lampiran",
            "Pejabat yang menetapkan dan susunan anggota tidak dapat diperiksa",
        ),
        Example(
            "Nomor 188.45/      /2024 dengan nomor urut kosong",
            "Naskah belum diberi nomor. Minta salinan yang sudah bernomor ke Bagian Hukum",
        ),
        Example(
            "Surat tugas atau undangan rapat", "Bukan keputusan pembentukan, jadi tidak menetapkan"
        ),
        Example(
            "SK untuk tahun anggaran 2024 dikirim untuk tahun 2026",
            "Masa berlakunya berakhir 31 Desember 2024. Terbitkan SK baru atau perpanjangan",
        ),
    ),
    (
        "Tanggal ditetapkan tertukar dengan tanggal mulai berlaku",
        "Lampiran terpisah dari keputusan: gabungkan menjadi satu berkas",
        "SK perubahan dikirim tanpa menyebut SK induk",
    ),
)
WORK_PLAN = Guide(
    "rencana-kerja",
    "rencana_kerja",
    Kind.WORK_PLAN,
    "list-check",
    "Rencana kerja",
    "Pokja punya rencana untuk tahun itu: apa yang dikerjakan, kapan, dan oleh siapa.",
    (
        "Rencana kerja yang diisi langsung pada portal, satu baris untuk setiap kegiatan",
        "Lembar Excel dari templat portal, atau tabel yang ditempel dari lembar sendiri",
        "Salinan rencana tahun lalu yang sudah disesuaikan",
    ),
    (
        Example(
            "Rapat koordinasi data keluarga berisiko stunting; keluaran: 1 berita acara; TW I dan "
            "TW III; penanggung jawab: Sekretaris Pokja",
            "Keluaran dapat dihitung, waktunya jelas, dan ada yang bertanggung jawab",
        ),
        Example(
            "Orientasi kader BKB di 5 desa; keluaran: 50 kader; TW II; kode indikator diisi",
            "Kegiatan terhubung dengan indikator yang ingin diubah",
        ),
    ),
    (
        Example(
            "Koordinasi lintas sektor; waktu: sepanjang tahun; keluaran: terlaksana",
            "Tidak ada ukuran. Tulis berapa kali, pada triwulan berapa, dan hasilnya apa",
        ),
        Example(
            "Daftar tugas dinas tanpa satu pun kegiatan Pokja",
            "Yang dinilai adalah rencana Pokja, bukan rencana kerja dinas",
        ),
    ),
    (
        "Penanggung jawab ditulis “Pokja”: sebut jabatan dari lampiran SK",
        "Semua kegiatan menumpuk pada triwulan IV",
        "Target tanpa satuan",
    ),
)
INDICATORS = Guide(
    "indikator",
    "indikator",
    Kind.INDICATOR_SET,
    "bullseye",
    "Indikator Bangga Kencana",
    "Pokja memakai indikator program dan punya target untuk tahun itu.",
    (
        "Indikator dari daftar nasional pada portal, agar daerah dapat dibandingkan",
        "Target tahun itu dengan satuan dan sumber datanya",
        "Capaian awal dengan tahunnya; capaian triwulan menyusul",
    ),
    (
        Example(
            "mCPR; capaian awal 61,2% (2025); target 63% (2026); sumber: Pemutakhiran PK",
            "Arah, satuan, tahun, dan sumbernya jelas",
        ),
        Example(
            "Keluarga berisiko stunting yang didampingi; target 1.200 keluarga; sumber: TPK",
            "Angka target masuk akal bila dibandingkan dengan jumlah keluarga di daerah itu",
        ),
    ),
    (
        Example(
            "Unmet need; target 87,2%",
            "Tertukar dengan kebutuhan KB yang terpenuhi. Unmet need diharapkan turun",
        ),
        Example("Target 100% untuk semua indikator", "Tidak berasal dari capaian awal"),
        Example("Sumber data: dinas", "Sebut nama data dan tahunnya"),
    ),
    (
        "Koma dan titik tertukar: dua koma satu ditulis 2,1",
        "Angka mutlak ditulis pada indikator persen",
        "Target sama dengan capaian awal tanpa penjelasan",
    ),
)
BUDGET = Guide(
    "anggaran",
    "anggaran",
    Kind.BUDGET,
    "cash-stack",
    "Anggaran operasional",
    "Ada pagu di atas nol untuk menjalankan Pokja, dengan dokumen anggarannya.",
    (
        "DPA atau DPPA perangkat daerah, pada halaman sub kegiatan yang membiayai Pokja",
        "APBDes untuk kegiatan yang dibiayai Dana Desa atau Alokasi Dana Desa",
        "DIPA untuk kegiatan yang dibiayai APBN; RKA selama DPA belum terbit",
    ),
    (
        Example(
            "DPA sub kegiatan 2.14.03.2.01.0001 halaman 14, pagu Rp\u00a085.000.000, untuk Pokja "
            "Rp\u00a025.000.000",
            "Pagu sub kegiatan dan bagian untuk Pokja dibedakan, halamannya disebut",
        ),
        Example(
            "DPPA setelah perubahan APBD, tahap “perubahan”",
            "Tahap terbaru menggantikan yang lama seluruhnya, jadi nilai tidak terhitung dua kali",
        ),
    ),
    (
        Example(
            "Kalimat “segala biaya dibebankan pada APBD” pada SK",
            "Belum menunjukkan alokasi. Unggah halaman DPA yang memuat nilainya",
        ),
        Example(
            "Pagu seluruh bidang diisi sebagai pagu Pokja",
            "Isi hanya bagian yang dipakai untuk menjalankan Pokja",
        ),
    ),
    (
        "Dana Desa dan Alokasi Dana Desa digabung: keduanya sumber yang berbeda",
        "Kelebihan tiga angka nol: periksa terbilang di bawah isian",
        "Realisasi diisi tanpa tanggal data",
    ),
)
GUIDES = {each.step: each for each in (DECREE, WORK_PLAN, INDICATORS, BUDGET)}

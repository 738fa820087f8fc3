"""Words and figures of the sample data. All of it is "data contoh", none of it is real."""

POKJA_NAMES = {
    "bangga_kencana": "Pokja Bangga Kencana",
    "advokasi": "Pokja Advokasi",
    "kampung_kb": "Pokja Kampung KB",
    "gdpk": "Pokja GDPK",
    "stunting": "Pokja Stunting (TPPS)",
    "pjpk": "Tim Koordinasi PJPK",
    "lainnya": "Pokja Ketahanan Keluarga",
}
SHORT = {
    "bangga_kencana": "BK",
    "advokasi": "ADV",
    "kampung_kb": "KKB",
    "gdpk": "GDPK",
    "stunting": "TPPS",
    "pjpk": "PJPK",
    "lainnya": "LAIN",
}

# issue, objective, activity, output, target, unit, months (bit mask), person in charge
ACTIVITIES = (
    (
        "Koordinasi lintas sektor belum rutin",
        "Anggota Pokja",
        "Rapat koordinasi lintas sektor triwulanan",
        "Notula dan kesepakatan rapat",
        4,
        "kali",
        0b001001001001,
        "Sekretaris Pokja",
    ),
    (
        "Dukungan anggaran desa masih rendah",
        "Kepala desa dan lurah",
        "Advokasi dukungan anggaran kepada pemerintah desa",
        "Desa yang menganggarkan",
        12,
        "desa",
        0b000000111000,
        "Bidang Advokasi OPD KB",
    ),
    (
        "Data keluarga belum dipakai",
        "Pengelola Rumah DataKu",
        "Pemanfaatan data keluarga untuk intervensi Kampung KB",
        "Kampung KB memakai data",
        8,
        "kampung",
        0b000000000111,
        "Bidang Pengendalian Penduduk",
    ),
    (
        "Kesertaan KB pria rendah",
        "Pasangan usia subur",
        "Kampanye dan pelayanan KB MKJP bersama mitra",
        "Peserta KB MKJP baru",
        250,
        "peserta",
        0b000111000000,
        "Bidang Keluarga Berencana",
    ),
    (
        "Pencatatan kegiatan belum lengkap",
        "Seluruh anggota",
        "Pemantauan dan evaluasi rencana kerja",
        "Laporan semester",
        2,
        "laporan",
        0b100000100000,
        "Sekretariat Pokja",
    ),
)
SUB_ACTIVITIES = (
    ("2.14.02.2.01.0001", "Penyerasian Kebijakan Pembangunan Daerah terhadap Bangga Kencana"),
    ("2.14.03.2.01.0001", "Advokasi Program Bangga Kencana kepada Pemangku Kepentingan dan Mitra"),
    ("2.14.03.2.04.0002", "Integrasi Pembangunan Lintas Sektor di Kampung KB"),
)
INDICATOR_CODES = ("mcpr", "unmet_need", "ibangga", "stunting", "asfr_15_19", "mukp")
# baseline, target, achieved so far
INDICATOR_FIGURES = {
    "mcpr": ("60.1", "62.5", "61.9"),
    "unmet_need": ("12.4", "10.5", "10.9"),
    "ibangga": ("58.2", "61", "61.4"),
    "stunting": ("24.1", "20", "20.6"),
    "asfr_15_19": ("24", "20", "21"),
    "mukp": ("21.6", "22.1", "22"),
}
RETURN_WORDS = {
    "decree": ("file", "Tanggal dan susunan anggota perlu diperbaiki, lihat tanda pada halaman"),
    "work_plan": (
        "kegiatan-2-person_in_charge",
        "Dua kegiatan belum ada penanggung jawab dan Triwulan III kosong",
    ),
    "indicator_set": ("indikator-1-source", "Satuan dan sumber data indikator kedua belum jelas"),
    "budget": ("baris-0-page", "Halaman DPA yang memuat sub kegiatan belum disebut"),
}

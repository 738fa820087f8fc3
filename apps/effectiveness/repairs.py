"""What is missing of a criterion, and what mends it (design: "What is missing / how to fix").

Statuses and reasons are those of ``formula``. No Django.
"""

from typing import NamedTuple

HEADS = {"provinsi": "Gubernur", "kota": "Wali Kota"}


def head_of(level: str) -> str:
    """The office of the head of a region: Gubernur, Bupati, or Wali Kota."""
    return HEADS.get(level, "Bupati")


class Repair(NamedTuple):
    """A fact that is missing and the way to mend it (design 13.6); the way may be empty."""

    fact: str
    fix: str
    field: str = ""


def missing(criterion: str, year: int, level: str) -> Repair:
    """Nothing was entered: what is missing, and how to begin."""
    head = head_of(level)
    return {
        "sk": Repair("SK penetapan belum ada", f"Ajukan penetapan kepada {head}, lalu unggah SK"),
        "rencana_kerja": Repair(
            f"Rencana kerja {year} belum ada",
            "Susun rencana bersama anggota Pokja, lalu isi kegiatan untuk tiap triwulan",
        ),
        "indikator": Repair(
            "Indikator belum dipilih", "Pilih indikator Bangga Kencana yang menjadi tugas Pokja"
        ),
        "anggaran": Repair(
            "Anggaran operasional belum dialokasikan",
            f"Isi nilai dan unggah DPA; bila belum dianggarkan, usulkan pada perubahan APBD {year}",
        ),
    }[criterion]


def failing(
    reason: str, criterion: str, year: int, *, end: str = "", nil_reason: str = "", level: str = ""
) -> Repair:
    """Verified, yet the criterion is not met: why, and what would meet it.

    ``end`` is the last day of the decree in words.
    """
    anew = f"Terbitkan SK baru atau perpanjangan yang berlaku pada {year}"
    told = {
        "kedaluwarsa": Repair(
            f"SK berlaku sampai {end}" if end else "SK sudah tidak berlaku", anew
        ),
        "dicabut": Repair(
            f"SK dicabut; hari terakhir berlaku {end}" if end else "SK sudah dicabut",
            "Unggah SK baru yang menggantikannya",
        ),
        "belum_berlaku": Repair(
            "SK belum mulai berlaku", "Periksa tanggal mulai berlaku, atau tunggu sampai hari itu"
        ),
        "bukan_pembentukan": Repair(
            "SK yang ada mengubah atau mencabut, tidak membentuk Pokja",
            "Unggah SK yang membentuk Pokja ini",
        ),
        "nol": Repair(
            "Jumlah pagu Pokja dari sumber dana yang diterima Rp\u00a00",
            f"Isi pagu untuk Pokja; bila belum dianggarkan, usulkan pada perubahan APBD {year}",
        ),
    }
    if reason == "nihil":
        fact = f"Dinyatakan tidak ada: {nil_reason}" if nil_reason else "Dinyatakan tidak ada"
        return Repair(fact.rstrip("."), missing(criterion, year, level).fix)
    if reason == "kosong" and criterion == "indikator":
        return Repair("Tidak ada indikator yang bertarget", f"Isi target {year} dan satuannya")
    if reason == "kosong":
        return Repair("Rencana kerja tidak memuat kegiatan", "Isi paling sedikit satu kegiatan")
    return told[reason]

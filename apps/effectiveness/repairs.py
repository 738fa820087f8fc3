"""What is missing of a criterion, and what mends it (design: "What is missing / how to fix").

Statuses and reasons are those of ``formula``. No Django.
"""

from typing import NamedTuple

from apps.core.formats import format_date
from apps.effectiveness.formula import FAILED, TO_FIX, WAITING, Result
from apps.regulations.codes import topic_label

POINT = "poin:"  # before the code of a maturity check that serves as a criterion
# Of several regions together: their heads, whoever they are.
SEVERAL = "beberapa"
HEADS = {"provinsi": "Gubernur", "kota": "Wali Kota", SEVERAL: "kepala daerah"}


def head_of(level: str) -> str:
    """The office of the head of a region: Gubernur, Bupati, or Wali Kota."""
    return HEADS.get(level, "Bupati")


class Repair(NamedTuple):
    """A fact that is missing and the way to mend it (design 13.6); the way may be empty."""

    fact: str
    fix: str
    field: str = ""


# Of a region, not of a Pokja.
NO_POKJA = Repair(
    "Belum ada Pokja yang terdaftar", "Bentuk Pokja dengan SK, lalu daftarkan pada portal"
)


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


def of_evidence(
    criterion: str,
    label: str,
    result: Result,
    year: int,
    level: str,
    *,
    nil_reason: str = "",
    tells_drafts: bool = False,
) -> Repair:
    """What one of the four criteria that is not met lacks, as far as its result tells.

    ``label`` names the criterion; ``tells_drafts``: the reader may know that a draft exists.
    """
    if result.status == WAITING:
        return Repair(f"{label} menunggu verifikasi", "Tunggu keputusan verifikator")
    if result.status == TO_FIX:
        fix = "Perbaiki sesuai catatan verifikator pada portal, lalu kirim lagi"
        return Repair(f"{label} dikembalikan", fix)
    if result.status == FAILED:
        end = format_date(result.until) if result.until else ""
        return failing(result.reason, criterion, year, end=end, nil_reason=nil_reason, level=level)
    if result.reason == "draf" and tells_drafts:
        return Repair(f"{label} baru tersimpan sebagai draf", "Lengkapi, lalu kirim")
    return missing(criterion, year, level)


# --- checks beside the four kinds of evidence ------------------------------------------------


def of_check(rule, result, year: int, level: str) -> Repair:
    """Why a criterion decided by an extra check is not met, and what would meet it.

    ``rule``: a ``rubrics.CriterionRule``; ``result``: its Result; ``level``: of the region.
    """
    if rule.check.startswith(POINT):
        return _of_point(rule, result, level)
    told = {
        "regulasi_berlaku": _of_paper,
        "kesepakatan_berlaku": _of_paper,
        "kelembagaan": _of_office,
        "indikator_naik": _of_rise,
        "dokumen_memuat_indikator": _of_documents,
    }.get(rule.check)
    if told is None:
        return Repair(
            f"Kriteria {rule.title} tidak dapat dinilai",
            "Administrator perlu memperbaiki pemeriksaan kriteria ini pada rubrik",
        )
    return told(rule, result, year, level)


def _of_point(rule, result, level: str) -> Repair:
    from apps.effectiveness.point_gaps import way_of  # it builds on this module

    words = rule.words or rule.title
    if result.reason == "poin":
        return Repair(
            f"Belum dipenuhi: {words}".rstrip("."), way_of(rule.check[len(POINT) :], level)
        )
    begun = {
        WAITING: "Buktinya menunggu verifikasi",
        TO_FIX: "Buktinya dikembalikan dan perlu diperbaiki",
        FAILED: "Buktinya belum memenuhi kriteria dasarnya",
    }
    fact = begun.get(result.status, f"Bukti untuk {rule.title} belum ada")
    fix = "Tunggu keputusan verifikator" if result.status == WAITING else "Lengkapi bukti dasarnya"
    return Repair(fact, fix)


def _of_paper(rule, result, year: int, level: str) -> Repair:
    """A regulation or an agreement."""
    is_regulation = rule.check == "regulasi_berlaku"
    thing = "Regulasi" if is_regulation else "Kesepakatan"
    topic = rule.parameters.get("topic")
    about = f"{thing} tentang {topic_label(topic)}" if topic else thing
    head = head_of("provinsi" if rule.parameters.get("level") == "province" else level)
    renew = "Catat perpanjangan atau penggantinya pada daftar regulasi"
    if result.reason == "kedaluwarsa":
        return Repair(f"{about} berlaku sampai {format_date(result.until)}", renew)
    if result.reason == "dicabut":
        end = format_date(result.until)
        return Repair(f"{about} dicabut; hari terakhir berlaku {end}", renew)
    if result.reason == "belum_berlaku":
        return Repair(
            f"{about} belum mulai berlaku pada {year}",
            "Periksa tanggal mulai berlaku, atau tunggu sampai hari itu",
        )
    if is_regulation:
        fix = f"Catat bila sudah ada; bila belum, ajukan rancangannya kepada {head}"
    else:
        fix = "Catat bila sudah ada; bila belum, susun bersama mitra"
    return Repair(f"{about} belum tercatat", fix)


def _of_office(rule, result, year: int, level: str) -> Repair:
    if result.reason == "bentuk":
        return Repair(
            "Urusan PPKB ditangani perangkat daerah yang digabung",
            "Perbarui kelembagaan bila bentuknya sudah berubah",
        )
    if result.reason == "belum_berlaku":
        return Repair(
            f"Perangkat daerah yang tercatat belum berjalan pada {year}",
            "Periksa tanggal mulainya pada kelembagaan",
        )
    if result.until:
        return Repair(
            f"Perangkat daerah yang tercatat berakhir {format_date(result.until)}",
            "Catat perangkat daerah penggantinya pada kelembagaan",
        )
    return Repair(
        "Perangkat daerah yang menangani PPKB belum tercatat",
        "Catat nama, bentuk, dan sejak kapan pada kelembagaan",
    )


def _of_rise(rule, result, year: int, level: str) -> Repair:
    name = rule.title
    if result.status == WAITING:
        return Repair(
            f"Capaian {year} lebih baik, menunggu verifikasi", "Tunggu keputusan verifikator"
        )
    if result.status == TO_FIX:
        return Repair("Isian indikator dikembalikan", f"Perbaiki isian indikator {year} lalu kirim")
    if result.reason == "tidak_naik":
        return Repair(
            f"Capaian {year} tidak lebih baik daripada {year - 1}",
            "Periksa angkanya; bila benar, bahas penyebabnya dalam rapat Pokja",
        )
    if result.reason == "tanpa_pembanding":
        return Repair(
            f"Capaian {year - 1} belum ada sebagai pembanding",
            f"Isi capaian {year - 1} pada indikator tahun itu",
        )
    return Repair(f"{name}: capaian {year} belum ada", f"Isi capaian pada indikator {year}")


def _of_documents(rule, result, year: int, level: str) -> Repair:
    fix = f"Impor target {year} dengan nama dokumen yang menetapkannya"
    if result.reason == "dokumen_kurang":
        return Repair(f"Target {year} belum menyebut dokumen yang diterima", fix)
    return Repair(f"Target indikator {year} dari dokumen perencanaan belum ada", fix)

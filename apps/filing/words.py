"""What the officer pages say about a criterion: what is missing, how to mend it, what it shows.

The words of the statuses stand in ``core.looks``; these are the sentences around them (design,
"What is missing / how to fix"). Statuses and reasons are those of ``effectiveness.formula``.
"""

from typing import NamedTuple

from apps.core import looks
from apps.effectiveness import formula
from apps.effectiveness.formula import Result
from apps.verification.facts import Gap

READY = looks.look_of("belum_mengisi", "siap")
SENDING = looks.Look("Akan dikirim", "st-wait", "hourglass-split", "m")

TITLES = {
    "sk": "SK penetapan",
    "rencana_kerja": "Rencana kerja",
    "indikator": "Indikator Bangga Kencana",
    "anggaran": "Anggaran operasional",
}
SHORT = {"sk": "SK", "rencana_kerja": "Rencana", "indikator": "Indikator", "anggaran": "Anggaran"}
IN_SENTENCE = {
    "sk": "SK",
    "rencana_kerja": "rencana kerja",
    "indikator": "indikator",
    "anggaran": "anggaran",
}
HEADS = {"provinsi": "Gubernur", "kota": "Wali Kota"}


def shown_reason(result: Result, *, drafts_shown: bool = True) -> str:
    """The reason as this reader may know it: an observer is not told that a draft exists."""
    return "" if result.reason == "draf" and not drafts_shown else result.reason


class Repair(NamedTuple):
    """A fact that is missing and the way to mend it (design 13.6); the way may be empty."""

    fact: str
    fix: str
    field: str = ""


def told(gaps: list[Gap]) -> list[Repair]:
    """Gaps as facts; what several rows lack is told once: "Kegiatan 3 dan 4 belum ada …"."""
    groups: dict[str, list[Gap]] = {}
    for gap in gaps:
        groups.setdefault(gap.fact or gap.message, []).append(gap)
    return [
        Repair(
            fact.replace("{rows}", joined([_row_of(gap) for gap in group])),
            "; ".join(dict.fromkeys(gap.fix for gap in group if gap.fix)),
            group[0].field,
        )
        for fact, group in groups.items()
    ]


def _row_of(gap: Gap) -> str:
    """The number of the row as the form counts it: kegiatan-2-output is row 3."""
    at = gap.field.split("-")[1:2]
    return str(int(at[0]) + 1) if at and at[0].isdecimal() else ""


def missing(criterion: str, year: int, level: str) -> Repair:
    """Nothing was entered: what is missing, and how to begin."""
    head = HEADS.get(level, "Bupati")
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


def joined(names: list[str]) -> str:
    """SK; SK dan rencana kerja; SK, rencana kerja, dan anggaran."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def score_sentence(results: dict[str, Result], weights: dict[str, int]) -> str:
    """ "Skor 25 dari 100 sudah diverifikasi. Menjadi 50 bila indikator disetujui."."""
    score = formula.score(results, weights)
    waiting = [name for name in weights if results[name].status == formula.WAITING]
    sentence = f"Skor {score} dari 100 sudah diverifikasi."
    if waiting:
        then = score + sum(weights[name] for name in waiting)
        sentence += f" Menjadi {then} bila {joined([IN_SENTENCE[n] for n in waiting])} disetujui."
    return sentence


def trend_finding(years: list[tuple[int, set[str]]]) -> str:
    """A heading that states what several years show; ``years`` ascending with criteria met."""
    now = years[-1][1]
    counts = [len(met) for _, met in years]
    if len(now) == len(TITLES):
        return f"Keempat kriteria terpenuhi sejak {_since(years, now)}"
    if len(counts) > 1 and counts[-1] < counts[-2]:
        return f"Kriteria terpenuhi turun dari {counts[-2]} menjadi {counts[-1]}"
    if len(counts) > 1 and counts[-1] > counts[-2] > 0:
        return f"Kriteria terpenuhi naik dari {counts[-2]} menjadi {counts[-1]}"
    if not now:
        return "Belum ada kriteria yang terpenuhi"
    names = joined([IN_SENTENCE[name] for name in TITLES if name in now])
    return f"Baru {names} yang terpenuhi sejak {_since(years, now)}"


def _since(years, met: set[str]) -> int:
    """The first year of the unbroken run in which at least these criteria were met."""
    first = years[-1][0]
    for year, held in reversed(years):
        if not met <= held:
            break
        first = year
    return first

"""What the campaign pages and letters say. No Django, no query."""

from collections.abc import Iterable

from apps.campaign.enums import Channel, State
from apps.core.formats import format_date, format_number
from apps.core.looks import CRITERIA, CRITERION_NAMES

NO_DEADLINE = "belum ada batas waktu"
NAMES = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))
# What a text may ask for, and what it gets.
PLACEHOLDERS = {
    "daerah": "Kabupaten Bone",
    "provinsi": "Provinsi Sulawesi Selatan",
    "kepala_daerah": "Bupati Bone",
    "instansi": "nama instansi pada kop surat",
    "tahun": "tahun penilaian",
    "jumlah": "jumlah butir yang kurang",
    "batas_waktu": "kalimat tentang batas waktu",
    "tautan": "alamat halaman Tugas saya",
}
MESSAGE_PLACEHOLDERS = PLACEHOLDERS | {"daftar": "daftar yang kurang"}


def unknown_sentence(unknown: list[str], known: Iterable[str]) -> str:
    """For a text with names in braces that nobody fills in."""
    shown = ", ".join(f"{{{name}}}" for name in unknown)
    return f"{shown} tidak dikenal. Yang dapat dipakai: " + ", ".join(
        f"{{{name}}}" for name in known
    )


def finding(counts: dict[str, int], not_started: int, total: int, units: str, year: int) -> str:
    """The heading: the worst thing that is true of some region. ``units``: kabupaten/kota."""
    if not total:
        return f"Belum ada {units} pada daftar ini"
    of_all = f"dari {format_number(total)} {units}"
    if not_started:
        return f"{format_number(not_started)} {of_all} belum mulai mengisi {year}"
    if late := counts[State.LATE]:
        return f"{format_number(late)} {of_all} terlambat melengkapi {year}"
    if incomplete := counts[State.INCOMPLETE]:
        return f"{format_number(incomplete)} {of_all} belum lengkap untuk {year}"
    return f"Semua {format_number(total)} {units} sudah lengkap untuk {year}"


def lacking(criteria: list[str]) -> str:
    """What a Pokja lacks: "kurang 2 dari 4: rencana kerja dan anggaran"."""
    names = [NAMES[name] for name in criteria]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"
    return f"kurang {len(names)} dari {len(CRITERIA)}: {listed}"


def reminded(channel: str, label: str, day, number: str) -> str:
    """ "Surat pengingat 12 Maret 2026, nomor 400/12"; a letter without number says so."""
    told = f"{label} {format_date(day)}"
    if channel != Channel.LETTER:
        return told
    return f"{told}, nomor {number}" if number else f"{told}, nomor diisi tangan"


def due_words(due_on, late_days: int, days_left: int) -> str:
    """31 Maret 2026, terlambat 12 hari; 31 Maret 2026, 5 hari lagi."""
    if late_days:
        return f"{format_date(due_on)}, terlambat {late_days} hari"
    if days_left < 0:
        return f"{format_date(due_on)}, masa tenggang"
    return f"{format_date(due_on)}, {'hari ini' if not days_left else f'{days_left} hari lagi'}"


def deadline_sentence(dues: list[tuple], day, year: int, zone: str, finish_by=None) -> str:
    """What a letter of ``day`` says about time; ``dues``: the due days of what is missing."""
    days = sorted(set(dues))
    if not days:
        told = f"Batas waktu pengisian tahun {year} belum ditetapkan."
    elif len(days) > 1:
        told = "Batas waktu setiap butir tercantum pada daftar."
    else:
        until = f"Batas waktu pengisian tahun {year}: {format_date(days[0])} pukul 23.59 {zone}"
        late = (day - days[0]).days
        told = f"{until}, telah lewat {late} hari." if late > 0 else f"{until}."
    if not finish_by:
        return told
    by = f"Mohon dilengkapi paling lambat {format_date(finish_by)} pukul 23.59 {zone}."
    return by if not days else f"{told} {by}"


def regions_listed(names: list[str], most: int = 3) -> str:
    """Kabupaten Bone; Kabupaten Bone dan Kota Makassar; ... dan 5 daerah lain."""
    if len(names) > most:
        return f"{', '.join(names[:most])}, dan {len(names) - most} daerah lain"
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} dan {names[-1]}"


def notice_text(
    kind_label: str, sender: str, region: str, missing: int, year: int, deadline: str
) -> str:
    """The sentence on the bell of the officers of a region."""
    kind = kind_label.removeprefix("Surat ").capitalize()
    return f"{kind} dari {sender}: {region} kurang {missing} butir tahun {year}. {deadline}"


def notice_result(told: list[str], again: list[str], nobody: list[str]) -> list[str]:
    """What became of the notices, as sentences: sent, sent today before, no officer to tell."""
    sentences = []
    if told:
        sentences.append(f"Pemberitahuan dikirim ke petugas {regions_listed(told)}.")
    if again:
        sentences.append(
            f"{regions_listed(again)} sudah diberi tahu hari ini, jadi tidak dikirim lagi."
        )
    if nobody:
        sentences.append(
            f"{regions_listed(nobody)} belum punya akun petugas. Gunakan surat atau WhatsApp."
        )
    return sentences

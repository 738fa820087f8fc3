"""What the verifier pages say: findings of the queue, names of items, times. No query."""

from datetime import datetime

from apps.checking.enums import Shown
from apps.core.formats import format_date, format_datetime, format_number, format_time, local_time
from apps.verification.enums import Action, Kind

FINDINGS = {
    Shown.WAITING: "{count} berkas menunggu verifikasi",
    Shown.RETURNED: "{count} berkas dikembalikan kepada petugas",
    Shown.DONE: "{count} berkas selesai diperiksa hari ini",
}
NOTHING = {
    Shown.WAITING: "Tidak ada berkas yang menunggu",
    Shown.RETURNED: "Tidak ada berkas yang dikembalikan",
    Shown.DONE: "Belum ada berkas yang selesai diperiksa hari ini",
}
COLUMN = {Shown.WAITING: "Menunggu", Shown.RETURNED: "Dikembalikan", Shown.DONE: "Keputusan"}

# A criterion in the flash message and in the finding about what was decided.
BRIEF = {
    Kind.DECREE: "SK",
    Kind.WORK_PLAN: "Rencana kerja",
    Kind.INDICATOR_SET: "Indikator",
    Kind.BUDGET: "Anggaran",
}
# What somebody did, for the page that tells the slower of two people.
DEEDS = {
    Action.VERIFY: "menyetujui berkas ini",
    Action.RETURN: "mengembalikan berkas ini",
    Action.CANCEL: "membatalkan verifikasi berkas ini",
    Action.WITHDRAW: "menarik kembali berkas ini",
    Action.SUBMIT: "mengirim berkas ini",
    Action.EDIT: "mengubah isian ini",
    Action.IMPORT: "mengimpor isian ini",
}


def finding(shown: str, count: int) -> str:
    """The heading of the queue: what is there, or that nothing is."""
    if not count:
        return NOTHING[shown]
    return FINDINGS[shown].format(count=format_number(count))


def oldest_sentence(submitted_at: datetime | None, now: datetime, zone: str) -> str:
    """Paling lama menunggu 6 hari, sejak 6 Maret 2026; empty when nothing waits."""
    if submitted_at is None:
        return ""
    days = days_between(submitted_at, now, zone)
    if not days:
        return "Semua dikirim hari ini."
    return f"Paling lama menunggu {days} hari, sejak {format_date(local_time(submitted_at, zone))}."


def days_between(start: datetime, now: datetime, zone: str) -> int:
    """Calendar days on the clock of a zone; never below 0."""
    return max((local_time(now, zone).date() - local_time(start, zone).date()).days, 0)


def days_text(start: datetime | None, now: datetime, zone: str) -> str:
    """5 hari; "hari ini" on the first day."""
    if start is None:
        return ""
    days = days_between(start, now, zone)
    return f"{format_number(days)} hari" if days else "hari ini"


def last_decision_sentence(decided_at: datetime | None, now: datetime, zone: str) -> str:
    """Under an empty queue: when the last item was judged; the day only if it is not today."""
    if decided_at is None:
        return "Belum ada berkas yang diperiksa."
    if days_between(decided_at, now, zone):
        return f"Terakhir diperiksa {format_datetime(decided_at, zone)}."
    return f"Terakhir diperiksa {format_time(decided_at, zone)}."


def concerns_text(count: int) -> str:
    """The automatic checks of one item in a row of the queue."""
    return f"{count} hal perlu dilihat" if count else "Tidak ada masalah"


def names_text(names: list[str]) -> str:
    """Pokja GDPK; "Pokja GDPK dan 2 Pokja lain" for a decree about several."""
    if not names:
        return ""
    return names[0] + (f" dan {len(names) - 1} Pokja lain" if names[1:] else "")


def brief_name(kind: str, label: str, names: list[str], region: str) -> str:
    """SK Pokja GDPK Kabupaten Wajo: an item inside a sentence."""
    return " ".join(filter(None, (BRIEF.get(kind, label), names_text(names), region)))


def sent_sentence(evidence, zone: str) -> str:
    """Tahun 2026. Dikirim 4 Maret 2026 pukul 10.32 WITA oleh Nama (OPD KB Kab. Wajo)."""
    year = f"Tahun {evidence.year}. " if evidence.year else ""
    if evidence.submitted_at is None:
        return f"{year}Belum dikirim"
    by = f" oleh {person_text(evidence.submitted_by)}" if evidence.submitted_by else ""
    return f"{year}Dikirim {format_datetime(evidence.submitted_at, zone)}{by}"


def person_text(user) -> str:
    return f"{user} ({user.office})" if user.office else str(user)


def deed_sentence(row, zone: str) -> str:
    """Who was faster, with what, and when: from the newest history row of the item."""
    if row is None or row.action not in DEEDS:
        return ""
    who = row.actor or "Portal"
    return f"{who} {DEEDS[row.action]} pada {format_datetime(row.at, zone)}."


def unanswered(count: int) -> str:
    return f"Tandai {count} pemeriksaan yang belum diisi"


HAS_WRONG = "Ada pemeriksaan bertanda Tidak. Kembalikan berkas atau ubah tandanya"
HAS_REASONS = "Ada alasan pengembalian yang tercentang. Kembalikan berkas atau hapus centangnya"
NEEDS_NOTE = "Tulis catatan agar petugas tahu apa yang harus diperbaiki"


def cleared_sentence(count: int) -> str:
    """Pins that an approval leaves without use."""
    return f" {count} pin yang belum dikirim dihapus." if count else ""


def with_pins(count: int) -> str:
    return f" dengan {count} pin pada halaman" if count else ""


NEEDS_PAGE = "Isi halaman tempat kutipan ini"
NEEDS_REASON = "Tulis alasan pembatalan"


def wrong_sentence(label: str, has_file: bool) -> str:
    """What a bare "Tidak" tells the officer at the field."""
    return f"{label} {'tidak sesuai dengan berkas' if has_file else 'perlu diperbaiki'}"

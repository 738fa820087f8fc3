"""What the verifier pages say: findings of the queue, names of items, times. No query."""

from datetime import datetime

from apps.checking.enums import Shown
from apps.core.formats import format_datetime, format_number, format_time, local_time
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
    Action.UNDO: "mengurungkan keputusan atas berkas ini",
    Action.REQUEUE: "mengembalikan berkas ini ke antrean",
}


def finding(shown: str, count: int) -> str:
    """The heading of the queue: what is there, or that nothing is."""
    if not count:
        return NOTHING[shown]
    return FINDINGS[shown].format(count=format_number(count))


def waiting_sentence(waits) -> str:
    """6 berkas melewati target 3 hari kerja. Paling lama menunggu 6 hari kerja.

    ``waits`` are deadlines Wait objects of everything in the list; empty when nothing waits.
    Where provinces have different targets, the number is left out.
    """
    waits = list(waits)
    if not waits:
        return ""
    targets = {wait.target for wait in waits}
    target = f"target {targets.pop()} hari kerja" if len(targets) == 1 else "target provinsinya"
    over, longest = sum(wait.is_over for wait in waits), max(wait.days for wait in waits)
    told = f"{format_number(over)} berkas melewati" if over else "Semua dalam"
    rest = f" Paling lama menunggu {format_number(longest)} hari kerja." if longest else ""
    return f"{told} {target}.{rest}"


def wait_text(days: int, submitted_at: datetime, now: datetime, zone: str) -> str:
    """6 hari kerja; before the first one is over: since today, or since a day off."""
    if days:
        return f"{format_number(days)} hari kerja"
    return "belum 1 hari kerja" if days_between(submitted_at, now, zone) else "hari ini"


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


NOTHING_TO_UNDO = "Tidak ada keputusan untuk diurungkan."
CHANGED_SINCE = "Berkasnya sudah berubah sejak Anda memutuskan."


def undone_sentence(count: int) -> str:
    return f"{count} keputusan diurungkan." if count > 1 else "Keputusan diurungkan."


def stays_sentence(name: str, why: str) -> str:
    """Of a decision that could not be undone: which, and why."""
    return f"Keputusan atas {name} tetap berlaku. {why}"


# --- many at once ---

NONE_TICKED = "Centang paling sedikit satu berkas."
CHANGED_MEANWHILE = "Berkasnya sudah berubah sejak halaman pemeriksaan dibuka."
WAS_RETURNED = "Pernah dikembalikan; buka berkasnya untuk melihat perubahannya"


def too_many(most: int) -> str:
    return f"Paling banyak {most} berkas sekaligus. Kurangi centangnya."


def unsent_pins(count: int) -> str:
    return f"{count} pin belum dikirim; terhapus bila berkas disetujui"


def approved_sentence(names: list[str]) -> str:
    """Of what was approved together: its name, or how many."""
    return f"{names[0] if len(names) == 1 else f'{len(names)} berkas'} disetujui."


def not_approved(name: str, why: str) -> str:
    return f"{name} tidak disetujui dan tetap seperti adanya. {why}"


def left_unticked(count: int) -> str:
    return f"{count} berkas tidak dicentang dan tetap menunggu."


def bulk_heading(count: int) -> str:
    if not count:
        return "Tidak ada yang dapat disetujui bersama"
    return f"Periksa {count} berkas sebelum disetujui bersama"

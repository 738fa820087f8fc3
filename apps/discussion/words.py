"""What the pages and notices of talk and follow-ups say. No query."""

import re
from datetime import date

from apps.core.formats import format_date_day, format_number
from apps.discussion.enums import State

NOT_A_DECISION = (
    "Pembicaraan ini terpisah dari catatan pengembalian: tidak menjadi bagian keputusan dan tidak "
    "memengaruhi skor."
)
TAKEN_BACK = "Komentar ditarik kembali"
EXCERPT = 120  # letters of a comment in a notice
WHOLE = "Seluruh berkas"

# --- talk ------------------------------------------------------------------------------------


def item_name(evidence) -> str:
    """SK Pokja GDPK, Kabupaten Wajo: an item inside a sentence; its region must be at hand."""
    return f"{evidence.title}, {evidence.region.full_name}"


def finding(threads, title: str) -> str:
    """The heading of the page: how much is open, or that nothing is."""
    open_ones = sum(thread.is_open for thread in threads)
    if open_ones:
        return f"{format_number(open_ones)} pembicaraan terbuka tentang {title}"
    return f"{'Semua pembicaraan selesai' if threads else 'Belum ada pembicaraan'} tentang {title}"


def excerpt(text: str) -> str:
    """The beginning of a comment on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else f"{line[: EXCERPT - 1].rstrip()}…"


def comment_notice(comment, evidence) -> str:
    name = evidence.title
    return f"{comment.author} berkomentar tentang {name}: “{excerpt(comment.text)}”"


def mention_notice(comment, evidence) -> str:
    name = evidence.title
    return f"{comment.author} menyebut Anda tentang {name}: “{excerpt(comment.text)}”"


# A name that follows @, but not the domain of an e-mail address.
_NAMED = re.compile(r"(?<![\w.+-])@([\w][\w.+-]*)")


def names_in(text: str) -> list[str]:
    """User names written as @nama.pengguna, each once, without a full stop at the end."""
    found = (name.rstrip(".-+") for name in _NAMED.findall(text))
    return list(dict.fromkeys(name for name in found if name and not name.isdecimal()))


def unknown_names(names: list[str]) -> str:
    """The same sentence for a name nobody has and for one of somewhere else."""
    shown = ", ".join(f"@{name}" for name in names)
    return (
        f"{shown} tidak dikenal di antara orang yang dapat melihat berkas ini. Pilih dari daftar "
        "Sebut, atau hapus tanda @"
    )


# --- follow-ups ------------------------------------------------------------------------------


def lateness(follow_up, today: date) -> str:
    """Lewat 3 hari; Hari ini; 4 hari lagi. Empty once it is done."""
    if follow_up.state != State.OPEN:
        return ""
    days = (follow_up.due_on - today).days
    if days < 0:
        return f"Lewat {format_number(-days)} hari"
    return f"{format_number(days)} hari lagi" if days else "Hari ini"


def day_off_hint(day: date, following: date) -> str:
    """For a due day on which nobody works; ``following`` is the next working day."""
    return (
        f"{format_date_day(day)} bukan hari kerja. Hari kerja berikutnya "
        f"{format_date_day(following)}."
    )


def due_help(suggested: dict[int, date]) -> str:
    """Misalnya Selasa, 17 Maret 2026 (3 hari kerja)."""
    shown = (f"{format_date_day(day)} ({count} hari kerja)" for count, day in suggested.items())
    return f"Misalnya {' atau '.join(shown)}"


def list_finding(view: str, count: int, late: int) -> str:
    """The heading of the list, from its numbers."""
    number = format_number(count)
    if view == "saya":
        if not count:
            return "Tidak ada tindak lanjut yang harus Anda selesaikan"
        tail = f", {format_number(late)} lewat tenggat" if late else ""
        return f"{number} tindak lanjut harus Anda selesaikan{tail}"
    if view == "nilai":
        return (
            f"{number} tindak lanjut menunggu penilaian Anda"
            if count
            else "Tidak ada tindak lanjut yang menunggu penilaian Anda"
        )
    return f"{number} tindak lanjut" if count else "Tidak ada tindak lanjut"

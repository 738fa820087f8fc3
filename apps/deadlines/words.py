"""What is said of deadlines and waits: one place for the sentences of all pages. No query here."""

from datetime import date, timedelta

from apps.core.formats import format_date, format_number
from apps.deadlines.formula import GRACE, LATE, LOCKED, OPEN, UPCOMING, Deadline
from apps.verification.enums import Kind

IN_SENTENCE = {
    Kind.DECREE: "SK",
    Kind.WORK_PLAN: "rencana kerja",
    Kind.INDICATOR_SET: "indikator",
    Kind.BUDGET: "anggaran",
}


NONE_YET = "belum ada"


def joined(names: list[str]) -> str:
    """SK; SK dan anggaran; SK, indikator, dan anggaran."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def left_words(deadline: Deadline, today: date) -> str:
    """19 hari lagi; hari terakhir; lewat 12 hari."""
    left = deadline.days_left(today)
    if left == 0:
        return "hari terakhir"
    return f"{left} hari lagi" if left > 0 else f"lewat {-left} hari"


def late_words(days: int) -> str:
    """Terlambat 3 hari."""
    return f"Terlambat {format_number(days)} hari"


def state_words(deadline: Deadline, today: date) -> str:
    """The state of one deadline in a few words, for a table."""
    if deadline.is_reopened(today):
        return f"Dibuka kembali sampai {format_date(deadline.reopened_until)}"
    return {
        UPCOMING: lambda: f"Dibuka {format_date(deadline.opens_on)}",
        OPEN: lambda: capital(left_words(deadline, today)),
        GRACE: lambda: f"Masa tenggang sampai {format_date(deadline.grace_until)}",
        LATE: lambda: f"{capital(left_words(deadline, today))}, masih diterima",
        LOCKED: lambda: f"Dikunci sejak {format_date(locked_from(deadline))}",
    }[deadline.state(today)]()


STATE_LOOKS = {
    UPCOMING: ("st-none", "clock-history"),
    OPEN: ("st-wait", "clock-history"),
    GRACE: ("st-fix", "clock-history"),
    LATE: ("st-fix", "calendar-x"),
    LOCKED: ("st-none", "lock"),
}


def locked_from(deadline: Deadline) -> date:
    """The first day on which nothing is taken."""
    return deadline.locks_on + timedelta(days=1)


def wait_words(wait) -> str:
    """Menunggu 6 hari kerja, target 3."""
    days = "kurang dari 1" if wait.days == 0 else format_number(wait.days)
    return f"Menunggu {days} hari kerja, target {wait.target}"


# --- under the heading of a page -------------------------------------------------------------


def due_line(groups: list[tuple[list[str], Deadline]], today: date) -> str:
    """ "Batas pengisian 31 Maret 2026 (19 hari lagi)"; with the kinds named where they differ."""
    if len(groups) == 1:
        return f"Batas pengisian {_due(groups[0][1], today)}"
    parts = [
        f"{joined([IN_SENTENCE[kind] for kind in kinds])} {_due(deadline, today)}"
        for kinds, deadline in groups
    ]
    return f"Batas pengisian: {'; '.join(parts)}"


def _due(deadline: Deadline, today: date) -> str:
    return f"{format_date(deadline.due_on)} ({left_words(deadline, today)})"


def standing_words(standing: dict[str, int]) -> str:
    """Behind the line of one kind: why its day is later than that of others."""
    days = sum(standing.values())
    return f", sudah ditambah {format_number(days)} hari selama diperiksa" if days else ""


# --- the amber banner (design 5.2) -----------------------------------------------------------


def banner_sentence(kinds: list[str], deadline: Deadline, year: int, today: date, contact) -> str:
    """What an officer must know of kinds whose time has passed or not begun; "" in time.

    ``kinds`` is empty where all of the page stand alike; ``contact()`` names whom to ask.
    """
    names = joined([IN_SENTENCE[kind] for kind in kinds])
    what = f"{names} {year}" if names else str(year)
    if deadline.is_reopened(today):
        return (
            f"Pengisian {what} dibuka kembali untuk wilayah ini sampai "
            f"{_end(deadline.reopened_until, deadline)}; tanda terlambat tetap tercatat."
        )
    state = deadline.state(today)
    if state == GRACE:
        return (
            f"Batas pengisian {what} berakhir {format_date(deadline.due_on)}. Kiriman sampai "
            f"{_end(deadline.grace_until, deadline)} tidak bertanda terlambat."
        )
    if state == LATE:
        until = f" sampai {_end(deadline.locks_on, deadline)}" if deadline.locks_on else ""
        return (
            f"Batas pengisian {what} berakhir {format_date(deadline.due_on)}. Anda masih dapat "
            f"mengirim{until}; tanda terlambat akan tercatat."
        )
    if state == LOCKED:
        return (
            f"Pengisian {what} dikunci sejak {format_date(locked_from(deadline))}. Draf tetap "
            f"tersimpan dan dapat diubah, tetapi belum dapat dikirim. {contact()}"
        )
    if state == UPCOMING:
        return (
            f"Pengisian {what} dibuka {format_date(deadline.opens_on)}. Draf dapat disiapkan "
            "sekarang dan dikirim mulai hari itu."
        )
    return ""


def _end(day: date, deadline: Deadline) -> str:
    return f"{format_date(day)} pukul 23.59 {deadline.zone}"


def contact_sentence(names: list[str]) -> str:
    """Whom to ask for a reopening."""
    people = f", {joined(names)}," if names else ""
    return f"Koordinator provinsi{people} dapat membuka kembali."


# --- headings of the two pages ---------------------------------------------------------------


def periods_finding(found: dict[str, Deadline], year: int, today: date) -> str:
    """The heading of the page of deadlines: what holds now, as a finding."""
    if not found:
        return f"Batas pengisian {year} belum ditetapkan"
    locked = [kind for kind, deadline in found.items() if deadline.state(today) == LOCKED]
    if len(locked) == len(IN_SENTENCE):
        return f"Pengisian {year} sudah dikunci"
    ahead = [deadline for deadline in found.values() if deadline.days_left(today) >= 0]
    if ahead:
        nearest = min(ahead, key=lambda deadline: deadline.due_on)
        return (
            f"Batas pengisian {year}: {format_date(nearest.due_on)}, {left_words(nearest, today)}"
        )
    last = max(deadline.due_on for deadline in found.values())
    rest = ""
    if locked:
        rest = f", {joined([IN_SENTENCE[kind] for kind in locked])} dikunci"
    return f"Batas pengisian {year} berakhir {format_date(last)}{rest}"


def breach_finding(over: int, waiting: int, targets: set[int]) -> str:
    """ "6 berkas melewati target 3 hari kerja"; the heading of the province's clock."""
    if not waiting:
        return "Tidak ada berkas yang menunggu"
    target = f"target {next(iter(targets))} hari kerja" if len(targets) == 1 else "target"
    if over:
        return f"{format_number(over)} berkas melewati {target}"
    return f"Semua {format_number(waiting)} berkas masih dalam {target}"


def own_finding(count: int, longest, judge: str) -> str:
    """For officers: what of theirs waits, and how long."""
    if not count:
        return "Tidak ada berkas Anda yang menunggu"
    days = f"{longest.days} hari kerja" if longest.days else "kurang dari 1 hari kerja"
    return f"{format_number(count)} berkas Anda menunggu {judge}, paling lama {days}"


def median_words(value: float | None) -> str:
    """2,5 hari kerja; "belum ada" where nothing was judged."""
    return NONE_YET if value is None else f"{format_number(value)} hari kerja"

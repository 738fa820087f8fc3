"""Sentences of the chain of SK (design 5.4: findings as headings). Pure but for stored labels."""

from datetime import date, timedelta

from apps.core.formats import format_date
from apps.core.looks import Look, look_of
from apps.decrees.chain import process_sentence
from apps.decrees.enums import CoverageRole
from apps.decrees.queries import NO_NUMBER
from apps.effectiveness.chain import NOTHING, Standing
from apps.effectiveness.formula import Force

DAY = timedelta(days=1)
IN_FORCE = Look("Berlaku", "st-ok", "check-circle-fill", "t")
OVER = Look("Berakhir", "st-none", "calendar-x", "b")
REVOKED = Look("Dicabut", "st-none", "dash-circle", "b")
REPLACED = Look("Digantikan", "st-none", "arrow-right", "b")
AT_LEGAL_OFFICE = Look("Di Bagian Hukum", "st-wait", "hourglass-split", "m")
NOT_YET = Look("Belum berlaku", "st-wait", "hourglass-split", "m")
FORECAST = "Prakiraan menurut SK yang tercatat hari ini; SK yang terbit kemudian dapat mengubahnya"
AS_KNOWN = "Menurut semua SK yang terverifikasi hari ini, termasuk yang dicatat kemudian"


def number(decree) -> str:
    return decree.number or NO_NUMBER


def finding(standing: Standing, numbers: dict[int, str], first: date | None) -> str:
    """The state as a heading; ``first`` is the day the first verified SK was issued."""
    day = format_date(standing.on)
    if standing.force:
        sk = f"SK {numbers[standing.force.decree.evidence_id]}"
        return f"Pada {day} {sk} berlaku {until(standing.force)}"
    if standing.reason == NOTHING:
        return f"Pada {day} belum ada SK terverifikasi untuk Pokja ini"
    sk = f"SK {numbers[standing.nearest.evidence_id]}"
    if first and standing.on < first:
        return f"Pada {day} belum ada SK: yang pertama tercatat ditetapkan {format_date(first)}"
    return f"Pada {day} tidak ada SK yang berlaku: {sk} {_why(standing)}"


def _why(standing: Standing) -> str:
    last_day = format_date(standing.last_day) if standing.last_day else ""
    return {
        "kedaluwarsa": f"berakhir {last_day}",
        "dicabut": f"dicabut, hari terakhir berlaku {last_day}",
        "belum_berlaku": f"baru berlaku mulai {format_date(standing.nearest.valid_from)}",
        "bukan_pembentukan": "mengubah atau mencabut SK lain, tidak membentuk Pokja ini",
    }[standing.reason]


def until(force: Force) -> str:
    """ "sampai dengan 31 Desember 2027"; "sampai dicabut"."""
    if force.end is None:
        return "sampai dicabut"
    word = f"sampai dengan {format_date(force.end)}"
    return f"{word} (dicabut mulai {format_date(force.end + DAY)})" if force.revoked else word


def on_its_way(since: date, has_earlier: bool) -> str:
    """The end of a finding: the successor is being made."""
    subject = "SK penggantinya" if has_earlier else "SK-nya"
    return f", {subject} sedang diproses di Bagian Hukum sejak {format_date(since)}"


def details(on: date, today: date, process) -> list[str]:
    """What the heading does not say: whether it looks ahead, and a successor in the making."""
    found = []
    if on > today:
        found.append(FORECAST)
    elif on < today:
        found.append(AS_KNOWN)
    if process:
        found.append(process_sentence(process.since, today))
    return found


def would_hold(sk: str) -> str:
    return f"SK {sk} menunggu verifikasi; bila disetujui, SK itu berlaku pada hari tersebut"


def standing_look(standing: Standing) -> Look:
    if standing.force:
        return IN_FORCE
    if standing.reason == NOTHING:
        return look_of("belum_mengisi")
    return look_of("tidak_terpenuhi", standing.reason)


# --- one SK ----------------------------------------------------------------------------------


def act(coverage, is_extension: bool) -> str:
    """ "Membentuk Pokja ini"; "Memperpanjang SK 188.45/77 sampai dengan 31 Desember 2027"."""
    if coverage.role == CoverageRole.ESTABLISH:
        return "Membentuk Pokja ini"
    parent = f"SK {coverage.parent_number}"
    if coverage.role == CoverageRole.REVOKE:
        start = coverage.decree.valid_from
        return f"Mencabut {parent}" + (f" mulai {format_date(start)}" if start else "")
    end = coverage.decree.valid_until
    if is_extension:
        return f"Memperpanjang {parent} sampai dengan {format_date(end)}"
    return f"Mengubah {parent}" + (f", berlaku sampai dengan {format_date(end)}" if end else "")


def force_look(force: Force, successor: Force | None, on: date) -> Look:
    """The state of an establishing SK on a day; one that gave way to another is no longer asked
    for, though it may still be in force and count."""
    if force.start > on:
        return NOT_YET
    if successor and successor.start <= on:
        return REPLACED
    if force.holds_on(on):
        return IN_FORCE
    return REVOKED if force.revoked else OVER


def about_end(force: Force, successor: Force | None, numbers, is_joint: bool) -> list[str]:
    """Until when it is in force by the whole chain, and which SK took its place."""
    own = force.decree.valid_until
    found = []
    if force.revoked:
        found.append(f"Dicabut; hari terakhir berlaku {format_date(force.end)}")
    elif own and force.end and own != force.end:
        found.append(f"Setelah perubahan berlaku sampai dengan {format_date(force.end)}")
    if successor:
        found.append(_replaced(force, successor, numbers, is_joint))
    return found


def _replaced(force, successor, numbers, is_joint) -> str:
    sk = f"SK {numbers[successor.decree.evidence_id]}"
    start = format_date(successor.start)
    if force.end is not None and force.end < successor.start:
        between = (successor.start - force.end).days - 1
        gap = f" setelah {between} hari tanpa SK" if between else ""
        return f"Dilanjutkan {sk} mulai {start}{gap}"
    return f"Digantikan {sk}{' untuk Pokja ini' if is_joint else ''} mulai {start}"


def fate(force: Force, successor: Force | None, numbers, on: date) -> str:
    """What became of a joint SK for one of its other Pokja, on a day."""
    if successor and successor.start <= on:
        sk = numbers.get(successor.decree.evidence_id, "lain")
        return f"digantikan SK {sk} mulai {format_date(successor.start)}"
    if force.start > on:
        return "belum berlaku"
    if force.holds_on(on):
        return "berlaku"
    return f"{'dicabut' if force.revoked else 'berakhir'} {format_date(force.end)}"

"""Who may send until when; locking, unlocking and reopening, each with its reason on record."""

from apps.core.formats import format_date
from apps.deadlines.formula import LOCKED, UPCOMING, Deadline
from apps.deadlines.keepers import why_kept
from apps.deadlines.models import LateMark
from apps.deadlines.queries import deadline_of, local_day, local_today
from apps.verification.enums import Kind
from apps.verification.models import History


class PeriodClosed(Exception):
    """Nothing is taken now: the period has not begun, or it is locked, or its book is closed. The
    text is for people."""


def require_open(kind: str, year: int, region, *, standing: int = 0, now=None) -> Deadline | None:
    """Raise PeriodClosed unless this kind of this region and year may be sent now.

    ``standing`` are the days the item lay with the province, by which its dates move. Gives the
    deadline that holds, or None where none is set (then everything may be sent).
    """
    if why := why_kept(year, region):
        raise PeriodClosed(f"{why} Draf Anda tetap tersimpan.")
    deadline = deadline_of(kind, year, region)
    if deadline is None:
        return None
    deadline = deadline.shifted(standing)
    state = deadline.state(local_today(region, now))
    if state in (UPCOMING, LOCKED):
        raise PeriodClosed(_closed(state, deadline, Kind(kind), year, region))
    return deadline


def _closed(state: str, deadline: Deadline, kind: Kind, year: int, region) -> str:
    if state == UPCOMING:
        return (
            f"Pengisian {kind.label} {year} dibuka {format_date(deadline.opens_on)}. "
            "Draf Anda tersimpan dan dapat dikirim mulai hari itu."
        )
    return (
        f"{kind.label} {year} untuk {region} sudah dikunci setelah "
        f"{format_date(deadline.locks_on)} pukul 23.59 {deadline.zone}, jadi belum dapat dikirim. "
        "Draf Anda tetap tersimpan. Mintalah koordinator provinsi membuka kembali."
    )


def note_late(sent: History, deadline: Deadline | None, *, standing: int = 0) -> LateMark | None:
    """Keep it with a submission that it came late; in the transaction of the submission.

    ``deadline`` is the one ``require_open`` gave. Later edits of the period do not move the mark.
    """
    if deadline is None:
        return None
    days = deadline.late_days(local_day(sent.at, sent.evidence.region))
    if not days:
        return None
    return LateMark.objects.create(
        history=sent, due_on=deadline.due_on, standing_days=standing, days=days
    )

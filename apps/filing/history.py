"""The story of a Pokja's year in sentences, newest first."""

from datetime import datetime
from typing import NamedTuple

from apps.accounts.enums import Role
from apps.core.formats import format_date, local_time
from apps.deadlines.queries import late_note
from apps.filing.cards import Reader
from apps.filing.items import about
from apps.verification.enums import DECISIONS, Action, Kind
from apps.verification.models import History

VERBS = {
    Action.SUBMIT: "dikirim oleh",
    Action.WITHDRAW: "ditarik kembali oleh",
    Action.RETURN: "dikembalikan oleh",
    Action.VERIFY: "disetujui oleh",
    Action.CANCEL: "dibatalkan verifikasinya oleh",
    Action.CREATE: "mulai diisi oleh",
    Action.EDIT: "diubah oleh",
    Action.IMPORT: "diimpor oleh",
    Action.OPEN: "dibuka untuk diperiksa oleh",
    Action.UNDO: "kembali menunggu verifikasi; keputusan diurungkan oleh",
    Action.REQUEUE: "kembali ke antrean karena sanggahan diterima oleh",
}
# What a reader of three lines wants to know; every saved edit stands in the full list.
MAIN = (
    Action.SUBMIT,
    Action.WITHDRAW,
    Action.RETURN,
    Action.VERIFY,
    Action.CANCEL,
    Action.IMPORT,
    Action.UNDO,
    Action.REQUEUE,
)
OFFICER_ACTS = (Action.CREATE, Action.EDIT, Action.SUBMIT, Action.WITHDRAW)
LIMIT = 60


class Event(NamedTuple):
    at: object
    sentence: str
    note: str
    is_main: bool
    day: str


def events_for(pokja, year: int, reader: Reader, known: datetime | None = None) -> list[Event]:
    """The last events of this Pokja's evidence of the year, SK of any year included; up to the
    moment ``known`` where one is given.

    An observer reads of verifications only, without notes. One query.
    """
    of_pokja = about(pokja, year, "evidence__")
    rows = History.objects.for_user(reader.user).filter(of_pokja)
    if known:
        rows = rows.filter(at__lte=known)
    if reader.verified_only:
        rows = rows.standing().filter(action=Action.VERIFY)
    rows = rows.select_related("evidence__region", "actor", "late_mark").order_by("-id")[:LIMIT]
    return [_event(row, reader) for row in rows]


def _event(row: History, reader: Reader) -> Event:
    day = format_date(local_time(row.at, row.evidence.region.timezone_label))
    return Event(
        row.at,
        f"{_subject(row.evidence)} {VERBS[row.action]} {_actor(row)}"
        + (" (diurungkan)" if row.undone_at else "")
        + late_note(row),
        "" if reader.verified_only else row.note,
        row.action in MAIN,
        day,
    )


def _subject(evidence) -> str:
    """ "SK", "Rencana kerja": the title of a decree names its number."""
    if evidence.kind == Kind.DECREE:
        return evidence.title
    return evidence.get_kind_display()


def _actor(row: History) -> str:
    """Who did it, and for whom where somebody filled it in for the region."""
    who = str(row.actor) if row.actor else "sistem"
    if row.action in OFFICER_ACTS and row.role and row.role != Role.OPERATOR:
        return f"{who} ({Role(row.role).label.lower()}, atas nama {row.evidence.region.full_name})"
    if row.action in (*DECISIONS, Action.CANCEL, Action.UNDO, Action.REQUEUE) and row.role:
        return f"{Role(row.role).label.lower()} {who}"
    return who

"""Which SK end soon, and what is being done about each.

The end is that of the chain (amendments and revocation weighed), never the bare field. A successor
that is verified ends the matter by itself, and so does a Pokja that will be gone by then.
"""

from dataclasses import dataclass
from datetime import date

from apps.decrees.queries import processes_of
from apps.effectiveness.chain import last_cover
from apps.effectiveness.queries import decree_rows
from apps.pokja.models import Pokja
from apps.verification.enums import Status

OPEN, IN_PROCESS, SENT = "open", "in_process", "sent"


@dataclass(frozen=True)
class Ending:
    """The SK of one Pokja that ends within some days, without an SK that holds longer."""

    pokja: Pokja  # with its region and province
    evidence_id: int
    family: object
    ends_on: date
    days: int  # from the day it is seen on; 0 on the last day itself
    state: str = OPEN  # in_process: at Bagian Hukum; sent: a successor waits for verification
    since: date | None = None  # at Bagian Hukum
    draft_id: int | None = None  # the evidence of that draft


def endings(pokja, on: date, within: int, user=None) -> list[Ending]:
    """The SK of a queryset of Pokja that end within so many days, the soonest first.

    ``user`` limits the drafts told of to those this person may see. 3 queries, whatever the
    number of Pokja; 1 where none ends.
    """
    active = pokja.active_on(on)
    ending = {}
    for pokja_id, rows in decree_rows(active).items():
        cover = last_cover(rows, on)
        if cover and cover.end and (cover.end - on).days <= within:
            ending[pokja_id] = cover, _successor_sent(rows, on, cover.end)
    if not ending:
        return []
    held = Pokja.objects.filter(pk__in=ending).select_related("region__province")
    processes = processes_of(ending, user)
    found = [
        _ending(item, *ending[item.pk], processes.get(item.pk), on)
        for item in held
        if item.dissolved_on is None or item.dissolved_on > ending[item.pk][0].end
    ]
    return sorted(found, key=lambda e: (e.ends_on, e.pokja.region.code, e.pokja.code))


def _successor_sent(rows, on: date, end: date) -> bool:
    """Would an SK that waits for verification hold longer?"""
    for row in rows:
        if row.status == Status.SUBMITTED:
            cover = last_cover(rows, on, row.evidence_id)
            if cover and (cover.end is None or cover.end > end):
                return True
    return False


def _ending(pokja, cover, is_sent, process, on) -> Ending:
    state = SENT if is_sent else IN_PROCESS if process else OPEN
    return Ending(
        pokja,
        cover.decree.evidence_id,
        cover.decree.family,
        cover.end,
        (cover.end - on).days,
        state,
        process.since if process else None,
        process.evidence_id if process else None,
    )

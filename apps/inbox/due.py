"""Until when an officer's open tasks may be sent: the words above the list (design 5.2)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from apps.core.formats import format_date, format_date_day
from apps.core.looks import CRITERIA, CRITERION_NAMES
from apps.deadlines.formula import GRACE, LATE, LOCKED, OPEN, UPCOMING, Deadline
from apps.deadlines.queries import deadlines_for, local_today
from apps.evidence.kinds import BY_CRITERION

NAMES = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))


@dataclass
class Due:
    """``until``: the first day to keep, in words; ``notes``: what is late, in grace or locked."""

    until: str = ""
    left: str = ""
    notes: list[str] = field(default_factory=list)


def due_for(tasks, regions, year: int, now: datetime) -> Due:
    """What the deadlines of these regions say about the open tasks. 3 queries, 0 without tasks."""
    criteria = _criteria_of(tasks)
    if not criteria:
        return Due()
    deadlines = deadlines_for(year, regions)
    groups: dict[tuple[str, Deadline], list[str]] = defaultdict(list)
    open_ends = []
    for region in regions:
        today = local_today(region, now)
        for criterion in criteria:
            deadline = deadlines.get((BY_CRITERION[criterion].kind, region.pk))
            if deadline is None:
                continue
            state = deadline.state(today)
            if state == OPEN:
                open_ends.append((deadline.due_on, deadline.days_left(today)))
            elif criterion not in groups[state, deadline]:
                groups[state, deadline].append(criterion)
    due = Due(notes=[_note(year, *key, names) for key, names in groups.items()])
    if open_ends:
        day, left = min(open_ends)
        due.until, due.left = format_date_day(day), f"{left} hari lagi" if left else "hari terakhir"
    return due


def _criteria_of(tasks) -> list[str]:
    """The criteria the tasks are about; one about the whole Pokja is about all four."""
    named = {task.criterion for task in tasks}
    return [name for name in CRITERIA if name in named or "" in named]


def _note(year: int, state: str, deadline: Deadline, criteria: list[str]) -> str:
    what = "pengisian" if len(criteria) == len(CRITERIA) else f"pengisian {_names(criteria)}"
    end, head = format_date(deadline.due_on), f"P{what[1:]} {year}"
    return {
        UPCOMING: f"{head} dibuka {format_date(deadline.opens_on)}. Draf sudah dapat diisi.",
        GRACE: f"Batas {what} {year} berakhir {end}. Sampai {_day(deadline.grace_until)} isian "
        "masih diterima tanpa tanda terlambat.",
        LATE: f"Batas {what} {year} berakhir {end}. Anda masih dapat mengirim; tanda terlambat "
        "akan tercatat.",
        LOCKED: f"{head} terkunci setelah {_day(deadline.locks_on)}. Draf tetap dapat diisi; minta "
        "koordinator provinsi membukanya kembali untuk mengirim.",
    }[state]


def _day(day) -> str:
    return format_date(day) if day else ""


def _names(criteria: list[str]) -> str:
    names = [NAMES[name] for name in criteria]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} dan {names[-1]}"

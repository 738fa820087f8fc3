"""What the address of the list of follow-ups asks for, checked against what exists."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Case, QuerySet, When

from apps.discussion import queries
from apps.discussion.enums import State
from apps.discussion.models import FollowUp
from apps.regions.models import Region

MINE, TO_JUDGE, ALL = "saya", "nilai", "semua"
VIEWS = {MINE: "Harus saya selesaikan", TO_JUDGE: "Perlu saya nilai", ALL: "Semua di wilayah saya"}
LATE = "lewat"
SETTLED = (State.ADEQUATE, State.CANCELLED)  # last in the list of all
STATES = {
    "terbuka": (State.OPEN.label, State.OPEN),
    LATE: ("Lewat tenggat", State.OPEN),
    "menunggu": (State.DONE.label, State.DONE),
    "memadai": (State.ADEQUATE.label, State.ADEQUATE),
    "dibatalkan": (State.CANCELLED.label, State.CANCELLED),
}


@dataclass(frozen=True)
class Filters:
    """Which list is shown; state and region narrow the list of all."""

    view: str
    state: str = ""  # a key of STATES
    region: Region | None = None

    @property
    def query(self) -> str:
        values = {
            "lihat": self.view,
            "keadaan": self.state,
            "wilayah": self.region.code if self.region else "",
        }
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def narrows(self) -> bool:
        return bool(self.state or self.region)


def filters_from(query, regions: list[Region], counts: dict[str, int]) -> Filters:
    """Read the address; without a list named the first that holds something."""
    view = query.get("lihat", "")
    if view not in VIEWS:
        view = next((name for name in VIEWS if counts[name]), MINE)
    if view != ALL:
        return Filters(view)
    code, state = query.get("wilayah", ""), query.get("keadaan", "")
    region = next((each for each in regions if each.code == code), None)
    return Filters(view, state if state in STATES else "", region)


def rows_for(user, filters: Filters, today: date) -> QuerySet[FollowUp]:
    """The follow-ups of a list, in its order."""
    if filters.view == MINE:
        return queries.open_follow_ups_of(user)
    if filters.view == TO_JUDGE:
        return queries.to_judge_by(user)
    settled = Case(When(state__in=SETTLED, then=1), default=0)
    rows = queries.follow_ups_in_scope(user).order_by(settled, "due_on", "id")
    if filters.state:
        rows = rows.filter(state=STATES[filters.state][1])
    if filters.state == LATE:
        rows = rows.filter(due_on__lt=today)
    if filters.region:
        path = "region__province" if filters.region.is_province else "region"
        rows = rows.filter(**{path: filters.region})
    return rows

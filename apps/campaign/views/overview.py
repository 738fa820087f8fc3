"""Who has not begun, who is late, whom did we remind? The list to choose from."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.shortcuts import render
from django.views.decorators.http import require_safe

from apps.accounts.access import login_required
from apps.campaign import words
from apps.campaign.enums import State
from apps.campaign.queries import Row, letters_made, rows_for
from apps.campaign.views.base import audience_of, years

LETTERS_SHOWN = 10
CHIPS = (
    State.NOT_STARTED,
    State.NEVER_IN,
    State.LATE,
    State.TO_FIX,
    State.INCOMPLETE,
    State.COMPLETE,
)
LOOKS = {
    State.COMPLETE: ("st-ok", "check-circle-fill"),
    State.NEVER_IN: ("st-none", "dash-circle"),
    State.NOT_STARTED: ("st-none", "dash-circle-dotted"),
    State.LATE: ("st-err", "calendar-x"),
    State.TO_FIX: ("st-fix", "arrow-return-left"),
    State.INCOMPLETE: ("st-wait", "hourglass-split"),
}


@dataclass(frozen=True)
class Line:
    """A row as the table shows it."""

    row: Row
    css: str
    icon: str
    is_ticked: bool


@dataclass(frozen=True)
class Query:
    """The filters in use, as the address carries them."""

    year: int
    province: str
    state: str = ""
    ticked: str = ""

    def with_(self, **changes) -> str:
        values = {
            "tahun": self.year,
            "provinsi": self.province,
            "keadaan": self.state,
            "pilih": "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})


@require_safe
@login_required
def campaign(request):
    """Every region of a list with its state in a year; what the address misnames is left out."""
    audience, lists = audience_of(request, request.GET)
    asked = _query(request.GET, audience)
    rows = rows_for(request.user, audience.regions(request.user), asked.year)
    counts = {state: sum(state in row.states for row in rows) for state in State}
    shown = [row for row in rows if not asked.state or asked.state in row.states]
    return render(
        request,
        "campaign/overview.html",
        {
            "audience": audience,
            "lists": lists,
            "years": years(),
            "asked": asked,
            "heading": words.finding(
                counts, counts[State.NOT_STARTED], len(rows), audience.units, asked.year
            ),
            "lead": _lead(counts),
            "total": len(rows),
            "chips": [
                (state, counts[state], asked.with_(keadaan=state.value), state == asked.state)
                for state in CHIPS
            ],
            "all_query": asked.with_(keadaan=""),
            "late": counts[State.LATE],
            "late_query": asked.with_(keadaan="", pilih=State.LATE.value),
            "tick_query": asked.with_(pilih="semua"),
            "lines": [_line(row, asked) for row in shown],
            "letters": letters_made(request.user, audience.office, asked.year)[:LETTERS_SHOWN],
            "open": sum(bool(row.missing) for row in shown),
        },
    )


def _query(query, audience) -> Query:
    year, state, ticked = (query.get(name, "") for name in ("tahun", "keadaan", "pilih"))
    known = {str(each): each for each in years()}
    return Query(
        known.get(year, years()[0]),
        audience.key,
        state if state in State.values else "",
        ticked if ticked in (*State.values, "semua") else "",
    )


def _line(row: Row, asked: Query) -> Line:
    ticked = bool(row.missing) and (asked.ticked == "semua" or asked.ticked in row.states)
    return Line(row, *LOOKS[row.state], ticked)


def _lead(counts) -> str:
    parts = [
        f"{counts[state]} {state.label.lower()}"
        for state in (State.NEVER_IN, State.LATE, State.TO_FIX, State.COMPLETE)
        if counts[state]
    ]
    return f"{'; '.join(parts)}. Satu daerah dapat masuk lebih dari satu keadaan." if parts else ""

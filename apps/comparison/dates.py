"""The page of a comparison of two dates: one region, what was known then and what since."""

from dataclasses import dataclass

from django.utils.timezone import localdate

from apps.comparison import drawings, findings
from apps.comparison.asking import Question
from apps.comparison.changes import Changes, changes_between
from apps.comparison.page import files_of
from apps.comparison.reading import items_on
from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import panels
from apps.dashboard.links import Viewer
from apps.dashboard.queries import nation_figures
from apps.dashboard.tallies import Share, Tally, tally
from apps.dashboard.words import CRITERION_LABELS, capital
from apps.effectiveness.moment import Moment
from apps.regions.models import Region

SHOWN = 50  # Pokja on the page; the workbook has all


@dataclass
class Pair:
    """Both dates of one place: counts, and the changes Pokja by Pokja (None for the nation)."""

    tallies: tuple[Tally, Tally]
    changes: Changes | None = None


def day_words(moment: Moment | None) -> str:
    return moment.words if moment else "hari ini"


def pair_of(question: Question) -> Pair:
    """Read both dates; queries as one read of a province (of the nation) for each."""
    place, year, selection = question.places[0], question.year, question.selection
    if place.is_nation:
        totals = [
            nation_figures(year, years=[year], moment=day, selection=selection).total
            for day in question.days
        ]
        return Pair(tuple(totals))
    before, after = (items_on(place, year, day, selection) for day in question.days)
    return Pair((tally(before), tally(after)), changes_between(before, after))


def context(question: Question, viewer: Viewer) -> dict:
    """Everything the template places."""
    place, pair = question.places[0], pair_of(question)
    before, after = pair.tallies
    first, last = (day_words(day) for day in question.days)
    rows, hidden = named_rows(question, pair.changes, viewer)
    return {
        "finding": f"{findings.between(place.label, before.criteria, after.criteria)} "
        f"antara {first} dan {last}",
        "measure": f"{question.selection.kind_words} yang memenuhi tiap kriteria, tahun "
        f"{question.year}. Batang = daerah pada tanggal itu, garis tegak = {first}.",
        "columns": [
            drawings.column(
                f"Per {first}" if question.days[0] else capital(first), None, before, None, ""
            ),
            drawings.column(
                f"Per {last}" if question.days[1] else capital(last), None, after, before, first
            ),
        ],
        "wide": True,
        "days": (capital(first), capital(last)),
        "data_date": panels.data_date(localdate(), question.days[-1]),
        "criteria": [_criterion(pair, name) for name in CRITERIA] + [_effective(before, after)],
        "changed": rows[:SHOWN],
        "more": max(len(rows) - SHOWN, 0),
        "hidden": hidden and f"{format_number(hidden)} Pokja berubah.",
        "is_nation": place.is_nation,
        "files": files_of(question),
    }


def _criterion(pair: Pair, name: str) -> dict:
    row = _difference(CRITERION_LABELS[name], *(each.criterion(name) for each in pair.tallies))
    if pair.changes:
        gained, lost = pair.changes.gained[name], pair.changes.lost[name]
        row["note"] = ", ".join(
            f"{format_number(many)} {word}"
            for many, word in ((gained, "bertambah"), (lost, "berkurang"))
            if many
        )
    return row


def _effective(before: Tally, after: Tally) -> dict:
    shares = (each.share if each.is_rated else None for each in (before, after))
    return _difference("Pokja efektif", *shares)


def _difference(label: str, before: Share | None, after: Share | None) -> dict:
    """Counts of both dates and their difference with its sign."""
    change = after.part - before.part if before and after else None
    return {
        "label": label,
        "before": before.sentence if before else "–",
        "after": after.sentence if after else "–",
        "change": "–" if change is None else signed(change),
        "note": "",
    }


def signed(change: int) -> str:
    """ "+2", "−1" (a minus sign), "0"."""
    return f"{'+' if change > 0 else '−' if change < 0 else ''}{format_number(abs(change))}"


def named_rows(question: Question, changes: Changes | None, viewer: Viewer):
    """(rows with names, number of changed Pokja that may not be named).

    A Pokja is named to those who reach its region, as on the dashboards.
    """
    if changes is None:
        return [], 0
    place = question.places[0]
    reached = _reached(place, changes, viewer)
    rows = [
        {
            "name": change.name,
            "address": viewer.pokja(reached[change.region_id], change.pokja_id),
            "region": reached[change.region_id].label if place.is_province else "",
            "steps": [
                {"label": CRITERION_LABELS[step.criterion], **vars(step)} for step in change.steps
            ],
            "note": change.note,
        }
        for change in changes.rows
        if change.region_id in reached
    ]
    return rows, len(changes.rows) - len(rows)


def _reached(place, changes: Changes, viewer: Viewer) -> dict[int, Region]:
    """The regions of the changed Pokja that this person reaches, by id; 1 query in a province."""
    if place.is_district:
        regions = [place.region]
    else:
        regions = Region.objects.filter(pk__in={row.region_id for row in changes.rows})
    return {region.pk: region for region in regions if viewer.reaches(region)}

"""The page of a comparison: up to six regions in one year."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.timezone import localdate

from apps.comparison import drawings, findings
from apps.comparison.asking import Question
from apps.comparison.reading import Area, areas_of
from apps.dashboard import heat, panels
from apps.dashboard.history import trend_years
from apps.dashboard.links import Viewer
from apps.dashboard.tallies import Tally
from apps.effectiveness.breaks import break_words
from apps.effectiveness.formula import reference_date
from apps.effectiveness.rubrics import rules_for


def address(question: Question, name: str = "compare") -> str:
    """The address that asks the same again, as a page or a file."""
    pairs = [("d", place.code) for place in question.places]
    pairs += [
        ("per", (moment.per if moment else localdate()).isoformat()) for moment in question.days
    ]
    pairs += [("tahun", str(question.year)), *question.selection.query.items()]
    return f"{reverse(f'comparison:{name}')}?{urlencode(pairs)}"


def files_of(question: Question) -> list[dict]:
    return [
        {"label": "CSV", "address": address(question, "csv")},
        {"label": "Excel", "address": address(question, "workbook")},
    ]


def areas(question: Question) -> list[Area]:
    return areas_of(
        question.places, trend_years(question.year), question.moment, question.selection
    )


def context(question: Question, viewer: Viewer) -> dict:
    """Everything the template places; queries as ``areas_of`` and the rubric of the year."""
    found, year, moment = areas(question), question.year, question.moment
    rules = rules_for(year, moment.known if moment else None)
    on = moment.reference(year) if moment else reference_date(year, localdate())
    shown = drawings.kinds_shown(
        found, rules.expected_kinds if rules else (), question.selection.kind
    )
    return {
        "finding": panels.heading(
            findings.standing([(area.place.label, area.counts) for area in found]), moment
        ),
        "measure": measure(question, found),
        "as_of": f"{panels.as_of(year, on, moment)} {panels.definition(rules)}",
        "data_date": panels.data_date(on, moment),
        "mixed": len({area.place.is_district for area in found}) > 1,
        "columns": [_column(area, viewer) for area in found],
        "wide": len(found) in (2, 4),
        "table": drawings.counts_table(
            _rows(found), f"Pokja yang memenuhi tiap kriteria menurut daerah, {year}"
        ),
        "files": files_of(question),
        "heat": drawings.heat_table(found, shown, viewer, heat.names_of(rules), year),
        "provinces": drawings.province_table(
            found, shown, viewer, f"Pokja efektif menurut provinsi dan jenis, {year}"
        ),
        "has_nation": any(area.place.is_nation for area in found),
        **_years(found),
    }


def measure(question: Question, found: Sequence[Area]) -> str:
    """What the bars and the ticks stand for."""
    kind = question.selection.kind_words
    told = f"{kind} yang memenuhi tiap kriteria, {question.year}. Batang = daerah"
    names = {area.parent_name for area in found if area.parent}
    if not names:
        return f"{told}."
    if len(names) == 1:
        return f"{told}, garis tegak = rata-rata {names.pop()}."
    return f"{told}, garis tegak = rata-rata provinsinya; bagi provinsi rata-rata nasional."


def _column(area: Area, viewer: Viewer) -> dict:
    place = area.place
    where = viewer.nation() if place.is_nation else viewer.region(place.region)
    return drawings.column(
        place.label, where, area.counts, area.mean, f"rata-rata {area.parent_name}"
    )


def _rows(found: Sequence[Area]) -> list[tuple[str, Tally]]:
    return [*((area.place.label, area.counts) for area in found), *means(found)]


def means(found: Sequence[Area]) -> list[tuple[str, Tally]]:
    """What the areas are compared with, each once, and not where it is one of them."""
    shown = {area.place.label.lower() for area in found}
    rows = {}
    for area in found:
        if area.parent and area.parent_name.lower() not in shown:
            rows[area.parent_name] = (f"Rata-rata {area.parent_name}", area.mean)
    return list(rows.values())


def _years(found: Sequence[Area]) -> dict:
    years = found[0].history.years
    lines = [(area.place.label, drawings.criteria_shares(area)) for area in found]
    known = max(sum(value is not None for value in values) for _, values in lines)
    return {
        "span": f"{years[0]}–{years[-1]}",
        "multiples_heading": findings.courses(lines),
        "multiples": drawings.multiples(found) if known > 1 else [],
        "multiples_table": drawings.multiples_table(
            found, "Bagian kriteria yang terpenuhi dari tahun ke tahun"
        ),
        "rules_note": break_words(found[0].history.changes),
    }

"""The slides of a province for the Rakerda room: one finding each, from the dashboard's figures.

Nothing is counted here: headings come from ``findings``, drawings from ``maps`` and ``charts``. A
slide whose figures say nothing is left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard import findings, maps, panels
from apps.dashboard.charts import Line
from apps.dashboard.html import bar, legend, safe
from apps.dashboard.panels_holding import holding_of
from apps.dashboard.queries import ProvinceFigures
from apps.dashboard.tallies import Ranked, Tally, ranking
from apps.dashboard.words import CRITERION_WORDS, listed
from apps.effectiveness.moment import Moment

AT_EACH_END = 5  # regions at the top and at the bottom of the ranking
NAMED = 3  # leaders that are named in a heading


@dataclass(frozen=True)
class Slide:
    """``kind`` says how the template draws ``shown``; ``name`` stands in the list of slides."""

    kind: str
    name: str
    heading: str
    sub: str = ""
    shown: dict = field(default_factory=dict)


def slides(figures: ProvinceFigures, moment: Moment | None = None) -> list[Slide]:
    """The slides in their order; a single one where nobody sent anything."""
    total, first = figures.total, _headline(figures, moment)
    if not total.has_data:
        return [_empty(figures, first, moment)]
    made = (
        first,
        _criteria(figures),
        _map(figures),
        _ranking(figures),
        _holding(figures),
        _trend(figures),
        _official(figures),
        next_steps(figures, moment),
    )
    return [slide for slide in made if slide]


def _empty(figures: ProvinceFigures, first: Slide, moment: Moment | None) -> Slide:
    """Nobody sent anything, or nothing fits what is selected."""
    heading = first.heading
    if figures.selection.is_every_pokja:
        told = findings.nothing_sent(len(figures.districts), figures.year)
        heading = panels.heading(told, moment)
    return Slide("empty", "Ringkasan", heading, first.sub)


def _headline(figures: ProvinceFigures, moment: Moment | None) -> Slide:
    total, year, chosen = figures.total, figures.year, figures.selection
    place = chosen.place(len(figures.districts), "daerah", figures.region.label)
    finding = findings.effective_pokja(place, total, year, chosen)
    share = chosen.share(total)
    value = share.text if total.is_rated else "–"
    sub = f"{panels.as_of(year, figures.on, moment)} {panels.definition(figures.rules)}"
    return Slide(
        "headline",
        "Ringkasan",
        panels.heading(finding, moment),
        sub,
        {"value": value, "bar": safe(bar(share.value)), "what": chosen.subject},
    )


def _criteria(figures: ProvinceFigures) -> Slide:
    finding = findings.weakest(figures.total).removesuffix(".")
    cells = panels.criterion_figures(figures.total)
    return Slide("criteria", "Kriteria", finding, "Pokja yang memenuhi tiap kriteria", {"c": cells})


def _map(figures: ProvinceFigures) -> Slide | None:
    shown = {each.code: (each.label, figures.counts(each)) for each in figures.districts}
    drawing = maps.province(figures.region.code, shown, lambda code: None, figures.selection)
    if not drawing:
        return None
    return Slide(
        "map",
        "Peta",
        all_reached(figures.districts, figures.counts, figures.selection),
        f"{figures.selection.measure} per daerah",
        {"map": drawing, "legend": safe(legend(maps.legend_of(figures.selection)))},
    )


def all_reached(districts: Sequence, counts: Callable, selection) -> str:
    """ "3 dari 24 kabupaten/kota: semua Pokja efektif"; regions without a Pokja are not among
    the three."""
    done = sum(_is_whole(counts(each), selection) for each in districts)
    what = f"semua Pokja {selection.criterion_words}"
    if not done:
        return f"Belum ada kabupaten/kota dengan {what}"
    return f"{format_number(done)} dari {format_number(len(districts))} kabupaten/kota: {what}"


def _is_whole(counts: Tally, selection) -> bool:
    share = selection.share(counts)
    return share.whole > 0 and share.part == share.whole


def _ranking(figures: ProvinceFigures) -> Slide:
    chosen = figures.selection
    entries = ((each, each.short_name, figures.counts(each)) for each in figures.districts)
    rows = ranking(entries, chosen.share)
    ranked = [row for row in rows if row.rank]
    if not ranked:
        sub = "Belum cukup kabupaten/kota dengan data dan paling sedikit tiga Pokja."
        return Slide("text", "Peringkat", "Peringkat belum dapat disusun", sub)
    top, bottom = _ends([_ranked(row, chosen) for row in ranked])
    return Slide(
        "ranking",
        "Peringkat",
        leaders(ranked, chosen),
        f"Pokja yang {chosen.criterion_words}, lalu kriteria terpenuhi",
        {"top": top, "bottom": bottom},
    )


def _ends(rows: list) -> tuple[list, list]:
    """The first and the last rows; all of them in the first list where they are few."""
    if len(rows) <= 2 * AT_EACH_END:
        return rows, []
    return rows[:AT_EACH_END], rows[-AT_EACH_END:]


def leaders(ranked: Sequence[Ranked], selection) -> str:
    """ "Bone memimpin: 5 dari 5 Pokja efektif"; ``ranked`` begins with the first."""
    first = [row for row in ranked if row.rank == ranked[0].rank]
    told = f"{selection.share(first[0].tally).sentence} Pokja {selection.criterion_words}"
    if len(first) == 1:
        return f"{first[0].key.label} memimpin: {told}"
    if len(first) <= NAMED:
        return f"{listed([row.key.label for row in first])} memimpin bersama"
    return f"{format_number(len(first))} kabupaten/kota memimpin bersama"


def _ranked(row: Ranked, selection) -> dict:
    share = selection.share(row.tally)
    return {
        "rank": row.rank,
        "name": row.key.label,
        "told": share.sentence,
        "bar": safe(bar(share.value)),
    }


def _required(figures: ProvinceFigures) -> Sequence[str]:
    return figures.rules.required if figures.rules else CRITERIA


def _holding(figures: ProvinceFigures) -> Slide:
    panel = holding_of(figures.total, year=figures.year, required=_required(figures))
    rows = [row for row in panel["rows"] if row["count"]]
    sub = "Pokja yang belum memenuhi, dan cara memperbaikinya" if rows else ""
    return Slide("holding", "Yang menahan", panel["heading"], sub, {"rows": rows})


def _trend(figures: ProvinceFigures) -> Slide | None:
    history, national, chosen = figures.history, figures.national, figures.selection
    whole = "kelompok ini" if chosen.peers else "provinsi"
    line = Line(whole, history.shares(chosen.share), is_main=True)
    panel = panels.trend(
        [line, Line("nasional", national.shares(chosen.share))],
        history.years,
        history.changes,
        heading=findings.trend(
            chosen.subject, line.values, f"{chosen.subject} dari tahun ke tahun"
        ),
        measure=chosen.measure,
    )
    if not panel["chart"]:
        return None
    told = {"chart": panel["chart"], "note": panel["note"]}
    return Slide("trend", "Tren", panel["heading"], panel["measure"], told)


def _official(figures: ProvinceFigures) -> Slide | None:
    note = panels.official_note(figures.official, figures.year, figures.rules, figures.selection)
    if note is None:
        return None
    return Slide("official", "Angka resmi", f"{note['figure']} efektif", note["rule"], note)


# --- what is left to do ----------------------------------------------------------------------


def next_steps(figures: ProvinceFigures, moment: Moment | None) -> Slide:
    """What is still open; how to go on only where something can be done today."""
    is_past = moment is not None or (figures.on.month, figures.on.day) == (12, 31)
    rows = steps(figures)
    if not rows:
        return Slide("text", "Langkah", "Tidak ada yang tertinggal", "Semua Pokja efektif.")
    if is_past:
        rows = [(fact, "") for fact, _ in rows]
    heading = f"Yang tersisa dari {figures.year}" if is_past else f"Mulai dari sini: {_lower(rows)}"
    return Slide("steps", "Langkah", heading, "", {"rows": rows})


def _lower(rows) -> str:
    """The first thing to do as the end of a heading."""
    do = rows[0][1]
    return do[:1].lower() + do[1:]


def steps(figures: ProvinceFigures) -> list[tuple[str, str]]:
    """(what is open, what to do about it), what costs least first."""
    total, found = figures.total, []
    if total.all_waiting:
        fact = f"{format_number(total.all_waiting)} kriteria menunggu verifikasi"
        found.append((fact, "Selesaikan antrean verifikasi"))
    silent = sum(not figures.counts(each).has_data for each in figures.districts)
    if silent:
        fact = findings.silent_regions(silent)
        found.append((fact, "Dampingi kabupaten/kota yang belum mengirim"))
    for name in findings.weakest_criteria(total)[:2]:
        fact = f"{format_number(total.unmet(name))} Pokja belum memenuhi {CRITERION_WORDS[name]}"
        found.append((fact, f"Lengkapi {CRITERION_WORDS[name]}"))
    return found

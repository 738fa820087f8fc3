"""Pieces that several dashboards share: sub-lines, criterion figures, trend and multiples."""

from collections import Counter
from collections.abc import Sequence

from django.urls import reverse

from apps.core.formats import format_date, format_number
from apps.core.looks import CRITERIA
from apps.dashboard import charts, findings
from apps.dashboard.charts import Line
from apps.dashboard.html import bar, safe
from apps.dashboard.links import Viewer
from apps.dashboard.queries import years_offered
from apps.dashboard.selection import WHOLE, Selection
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_LABELS, CRITERION_WORDS, listed, short_word
from apps.effectiveness.breaks import break_words
from apps.effectiveness.enums import RegionRule
from apps.effectiveness.moment import Moment

ANY_YEAR = 1000


def heading(finding: str, moment: Moment | None) -> str:
    """The finding, and on which day of the past it held: "… sudah efektif per 31 Maret 2026"."""
    return f"{finding} per {moment.words}" if moment else finding


def as_of(year: int, on, moment: Moment | None = None) -> str:
    """ "Tahun 2026, data terverifikasi s.d. 12 Maret 2026."; a past year is closed by its end."""
    if moment and on != moment.per:
        return f"Tahun {year}, keadaan {format_date(on)} menurut data per {moment.words}."
    if on.year > year or (on.month, on.day) == (12, 31):
        return f"Tahun {year}, keadaan {format_date(on)}."
    return f"Tahun {year}, data terverifikasi s.d. {format_date(on)}."


def data_date(on, moment: Moment | None = None) -> str:
    """For the footer: figures are counted when the page is asked for."""
    return f"Data per {format_date(moment.per if moment else on)}"


def definition(rules) -> str:
    """What "efektif" means by the year's rubric."""
    if rules is None:
        return "Belum ada rubrik yang berlaku untuk tahun ini, sehingga tidak dapat dinilai."
    if set(rules.required) == set(CRITERIA):
        return "Efektif = empat kriteria terpenuhi."
    needed = [
        CRITERION_WORDS.get(each.code, each.title) for each in rules.criteria if each.is_required
    ]
    return f"Efektif = kriteria wajib terpenuhi: {listed(needed)}."


def year_links(name: str, *args, viewer: Viewer) -> list[dict]:
    """The years to switch to, with the address of the same dashboard in each."""
    form = reverse(name, args=(*args, ANY_YEAR))  # once: it costs more than the rest
    return [
        {
            "year": str(each),
            "address": viewer.same(form.replace(f"/{ANY_YEAR}/", f"/{each}/")),
            "current": each == viewer.year,
        }
        for each in years_offered(viewer.year, viewer.moment)
    ]


def official_note(official, year: int, rules, selection: Selection = WHOLE) -> dict | None:
    """The official figure against the year's target; None where nothing can be scored. It counts
    all Pokja, whatever is selected, and says so."""
    if official is None:
        return None
    if official.promise is None:
        target = f"Target tahun {year} belum ditetapkan."
    elif not official.promise_is_whole:
        target = (
            f"Target tahun {year} baru diisi {official.promise.promised_by} dari "
            f"{official.province_total} provinsi."
        )
    else:
        target = f"Target {official.promise_text}; capaian {official.achievement_text}."
    rule = region_rule(rules)
    if not selection.is_whole:
        rule += " Angka resmi menghitung semua Pokja, tanpa saringan."
    return {"figure": official.text, "target": target, "rule": rule}


def region_rule(rules) -> str:
    """When a region counts, by the year's rubric."""
    if rules is None:
        return ""
    rule = RegionRule(rules.region_rule).label
    return f"Wilayah dihitung efektif bila: {rule[0].lower()}{rule[1:]}."


def criterion_figures(counts: Tally, address=lambda name: None) -> list[dict]:
    """The four criteria in percent (in counts below twenty), waiting ones pale behind.

    ``address``: criterion -> the list of those that do not meet it, or None.
    """
    cells = []
    for name in CRITERIA:
        share = counts.criterion(name)
        waiting = Share(counts.waiting[name], counts.pokja)
        cells.append(
            {
                "label": CRITERION_LABELS[name],
                "value": share.text,
                "unit": "",
                "address": address(name),
                "bar": safe(bar(share.value, waiting.value)),
                "note": f"{format_number(counts.missing(name))} belum, "
                f"{format_number(counts.waiting[name])} menunggu",
            }
        )
    return cells


def criterion_counts(items, counts: Tally, address=lambda name: None) -> list[dict]:
    """The same for few Pokja: "3 dari 5 Pokja", with what keeps the others back."""
    cells = []
    for name in CRITERIA:
        share = counts.criterion(name)
        waiting = Share(counts.waiting[name], counts.pokja)
        words = Counter(
            short_word(item.results[name]) for item in items if not item.results[name].is_met
        )
        told = [
            f"{many} {each}"
            for each, many in sorted(words.items(), key=lambda pair: (pair[0] == "belum", pair[0]))
        ]
        cells.append(
            {
                "label": CRITERION_LABELS[name],
                "value": format_number(share.part),
                "address": address(name),
                "unit": f"dari {format_number(share.whole)} Pokja",
                "bar": safe(bar(share.value, waiting.value)),
                "note": ", ".join(told) or "semua terpenuhi",
            }
        )
    return cells


def trend(
    lines: Sequence[Line],
    years: Sequence[int],
    changes: Sequence[int],
    *,
    heading: str,
    measure: str,
    size=charts.LARGE,
) -> dict:
    """A line chart with its heading, table and note; a single figure where one year has data."""
    main = next(line for line in lines if line.is_main)
    known = [value for value in main.values if value is not None]
    panel = {
        "heading": heading,
        "measure": f"{measure}, {years[0]}–{years[-1]}",
        "chart": "",
        "table": "",
        "single": "",
        "note": "",
    }
    if len(known) < 2:
        panel["single"] = known[0].text if known else ""
        return panel
    label = "; ".join(charts.spoken(line.name or "Nasional", years, line.values) for line in lines)
    panel["chart"] = charts.line_chart(years, lines, label=label, size=size, changes=changes)
    panel["table"] = charts.years_table(years, lines, measure)
    panel["note"] = break_words(changes)
    return panel


def multiples(history, counts: Tally) -> dict | None:
    """Four small charts, one for each criterion; None before there are two years."""
    drawn = []
    for name in CRITERIA:
        shares = history.shares(lambda each, name=name: each.criterion(name))
        line = Line("", shares, is_main=True)
        drawn.append(
            {
                "label": CRITERION_LABELS[name],
                "chart": charts.line_chart(
                    history.years,
                    [line],
                    size=charts.SMALL,
                    label=charts.spoken(CRITERION_LABELS[name], history.years, shares),
                ),
            }
        )
    if sum(share is not None for share in history.shares()) < 2:
        return None
    table = charts.years_table(
        history.years,
        [
            Line(
                CRITERION_LABELS[name], history.shares(lambda each, name=name: each.criterion(name))
            )
            for name in CRITERIA
        ],
        "Pokja yang memenuhi tiap kriteria",
    )
    return {
        "heading": findings.criteria_trend(counts),
        "charts": drawn,
        "table": table,
        "measure": f"Bagian Pokja yang memenuhi, {history.years[0]}–{history.years[-1]}",
    }

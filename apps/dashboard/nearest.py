"""The fewest steps that make a region effective by the rule of the rubric of the year."""

from apps.core.formats import format_number
from apps.dashboard.links import Viewer
from apps.dashboard.words import CRITERION_LABELS, CRITERION_WORDS, capital, listed, look
from apps.effectiveness.ladder import ALL, INTEGRATED, PokjaSteps, Steps, fewest_steps
from apps.effectiveness.repairs import head_of
from apps.effectiveness.rubrics import Rules

# The place of a criterion on the page of a Pokja; others stand together.
ANCHORS = {
    "sk": "sk",
    "rencana_kerja": "rencana-kerja",
    "indikator": "indikator",
    "anggaran": "anggaran",
}
OTHERS = "kriteria-lain"
NEAREST = 5  # regions named on the page of a province
WAYS = 2  # Pokja told of each


def shortest_way(region, items: list, rules: Rules | None, viewer: Viewer) -> dict | None:
    """The panel of a region; None where it is effective, cannot be scored, is closed, or is seen
    as of a past day. ``items``: the assessments of its own level's active Pokja; no query."""
    if rules is None or viewer.moment or any(item.frozen for item in items):
        return None
    steps = fewest_steps(rules.region_rule, items, rules.required)
    if steps is None or steps.count == 0:
        return None
    titles = {rule.code: rule.title for rule in rules.criteria}
    return {
        "heading": f"{_count(steps)} lagi agar {region.full_name} efektif",
        "sub": _reason(steps, rules),
        "form": _form(steps, rules, titles, region),
        "ways": [_way(way, region, titles, viewer) for way in steps.pokja],
    }


def nearest_regions(figures, viewer: Viewer) -> dict | None:
    """The kab/kota of a province that lack the fewest steps; None where none lacks any, or as
    ``shortest_way``. Pokja are named only to those who reach the region. ``figures``: those of
    the province, all of whose Pokja are at hand."""
    rules = figures.rules
    if rules is None or viewer.moment or figures.page or figures.selection.kind:
        return None
    by_region: dict[int, list] = {}
    for item in figures.items:
        by_region.setdefault(item.region_id, []).append(item)
    found = []
    for region in figures.districts:
        items = by_region.get(region.pk, [])
        steps = None
        if not any(item.frozen for item in items):
            steps = fewest_steps(rules.region_rule, items, rules.required)
        if steps and steps.count:
            found.append((steps.count, region.short_name, region.code, region, steps))
    found.sort(key=lambda row: row[:3])
    if not found:
        return None
    return {
        "heading": _nearest_words(found),
        "rows": [_nearest_row(*row[3:], rules, viewer) for row in found[:NEAREST]],
        "left": max(0, len(found) - NEAREST),
    }


def _nearest_words(found) -> str:
    """ "4 daerah tinggal satu langkah lagi menjadi efektif"."""
    fewest = found[0][0]
    many = sum(row[0] == fewest for row in found)
    return f"{format_number(many)} daerah tinggal {format_number(fewest)} langkah menjadi efektif"


def _nearest_row(region, steps: Steps, rules: Rules, viewer: Viewer) -> dict:
    titles = {rule.code: rule.title for rule in rules.criteria}
    reaches = viewer.reaches(region)
    return {
        "name": region.label,
        "address": viewer.region(region),
        "steps": _count(steps),
        "form": "Bentuk Pokja lebih dulu" if steps.to_form else "",
        "ways": [
            {
                "name": way.assessment.name if reaches else "",
                "address": viewer.pokja(region, way.assessment.pokja_id),
                "lacks": capital(
                    listed([CRITERION_WORDS.get(code) or titles[code] for code in way.lacking])
                ),
            }
            for way in steps.pokja[:WAYS]
        ],
        "more": max(0, len(steps.pokja) - WAYS),
    }


def _count(steps: Steps) -> str:
    return f"{format_number(steps.count)} langkah"


def _reason(steps: Steps, rules: Rules) -> str:
    """Why these and no others."""
    if steps.to_form:
        return "Pokja yang dihitung belum dibentuk"
    if rules.region_rule == ALL:
        return "Semua Pokja perlu memenuhi kriteria wajib"
    if rules.region_rule == INTEGRATED:
        return "Pokja Bangga Kencana menentukan status daerah ini"
    return "Pokja yang paling dekat; satu Pokja efektif sudah cukup"


def _form(steps: Steps, rules: Rules, titles, region) -> dict | None:
    """What a Pokja that does not exist yet needs."""
    if not steps.to_form:
        return None
    kind = "Pokja Bangga Kencana" if rules.region_rule == INTEGRATED else "Pokja"
    needed = [CRITERION_WORDS.get(code) or titles[code] for code in rules.required]
    return {
        "title": f"Bentuk {kind}",
        "why": f"Lalu penuhi {listed(needed)}",
        "how": f"Ajukan penetapan kepada {head_of(region.level)}",
    }


def _way(way: PokjaSteps, region, titles, viewer: Viewer) -> dict:
    item, address = way.assessment, viewer.pokja(region, way.assessment.pokja_id)
    return {
        "name": item.name,
        "met": f"{item.met} dari {item.possible} kriteria terpenuhi",
        "steps": [
            {
                "title": CRITERION_LABELS.get(code) or titles[code],
                "word": look(item.by_rubric[code]).word,
                "address": _anchored(address, code),
            }
            for code in way.lacking
        ],
    }


def _anchored(address: str | None, code: str) -> str:
    return f"{address}#{ANCHORS.get(code, OTHERS)}" if address else ""

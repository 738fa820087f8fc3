"""The fewest steps that make a region effective by the rule of the rubric of the year."""

from apps.core.formats import format_number
from apps.dashboard.links import Viewer
from apps.dashboard.words import CRITERION_LABELS, CRITERION_WORDS, listed, look
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

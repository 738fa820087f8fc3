"""One rapor as plain data: what the page shows and the paper prints, for whoever may read it.

``whole``: does the reader reach every Pokja of the area? Otherwise figures and statuses only: no
gap in words, no steps, no money (spec section 3, the one widening). A sheet depends on nothing
else about the reader, so that the same facts make the same paper.
"""

from dataclasses import dataclass, replace

from apps.accounts.scope import Scope
from apps.core.formats import format_date
from apps.dashboard import findings, panels
from apps.dashboard.links import Viewer
from apps.dashboard.nearest import shortest_way
from apps.dashboard.tallies import Tally, ranking
from apps.dashboard.words import CRITERION_WORDS, listed
from apps.effectiveness.ladder import fewest_steps
from apps.report_cards import parts

NEAREST = 5  # kab/kota named as the nearest to being effective
DISTRICT_YEARS, PROVINCE_YEARS = 3, 5
NOBODY = Scope([], is_admin=False)  # a sheet holds no address


@dataclass(frozen=True)
class Around:
    """What a sheet stands on beside its figures: the moment, the year's book, the verified budget
    lines by Pokja, and whether its reader reaches the whole area."""

    moment: object = None
    note: object = None
    lines: dict | None = None
    whole: bool = True

    def of(self, region) -> "Around":
        """The same for one region of the province: the book's note about this region."""
        note = self.note and replace(
            self.note,
            region=region,
            open_again=tuple(row for row in self.note.open_again if row.region_id == region.pk),
        )
        return replace(self, note=note)


def district_sheet(figures, around: Around) -> dict:
    """``figures``: the DistrictFigures of a kabupaten or kota."""
    region, year, total = figures.region, figures.year, figures.total
    viewer = Viewer(NOBODY, year, around.moment)
    finding = (
        findings.effective_pokja(region.full_name, total, year)
        if total.has_data or not total.pokja
        else f"Belum ada isian tahun {year} dari {region.full_name}"
    )
    status = parts.status_word(figures.official and figures.official.districts == 1)
    return {
        **_head(figures, around, f"{region.full_name}, Provinsi {region.province.label}"),
        "finding": finding,
        "status": f"{finding}. Status daerah: {status.lower()}.",
        "official": f"{status}. {panels.region_rule(figures.rules)}".strip(),
        "rank": _rank(figures),
        "compared": _against_province(figures),
        "pokja": parts.pokja_heat(figures.items),
        "gaps": parts.gap_rows(figures.items, by_name=True),
        "way": _way(region, figures.items, figures.rules, viewer),
        "nearest": [],
        "years": parts.years(figures.history, figures.province, "Provinsi", DISTRICT_YEARS),
        "money": parts.money(figures.items, figures.lines),
        "silent": "",
    }


def province_sheet(figures, items: list, around: Around) -> dict:
    """``figures``: the ProvinceFigures; ``items``: every Pokja of the province."""
    region, year, total = figures.region, figures.year, figures.total
    note = panels.official_note(figures.official, year, figures.rules)
    own = [item for item in items if item.region_id == region.pk]
    viewer = Viewer(NOBODY, year, around.moment)
    silent = [each for each in figures.districts if not figures.counts(each).has_data]
    finding = (
        findings.effective_pokja(region.label, total, year)
        if total.has_data
        else findings.nothing_sent(len(figures.districts), year)
    )
    official = f"{note['figure']} efektif." if note else f"{parts.UNRATED}."
    sheet = {
        **_head(figures, around, region.full_name),
        "finding": finding,
        "status": f"{finding}. {official}",
        "official": f"{official} {note['target']}" if note else official,
        "rank": "",
        "compared": _against_nation(figures),
        "heat": parts.region_heat(figures, items),
        "years": parts.years(figures.history, figures.national, "Nasional", PROVINCE_YEARS),
        "silent": findings.silent_regions(len(silent)) if total.has_data else "",
        "gaps": [],
        "way": None,
        "nearest": [],
        "money": None,
    }
    if not around.whole:
        return sheet
    return sheet | {
        "gaps": parts.gap_rows(items, by_name=False),
        "way": _way(region, own, figures.rules, viewer),
        "nearest": _nearest(figures, items, around.moment),
        "money": parts.money(items, around.lines or {}),
    }


def _head(figures, around: Around, place: str) -> dict:
    region, total = figures.region, figures.total
    facts = [
        ["Wilayah", f"{place} ({region.code})"],
        ["Tahun penilaian", str(figures.year)],
        ["Tanggal acuan", format_date(figures.on)],
    ]
    if around.moment:
        facts.append(["Keadaan per", f"{around.moment.words}, yang diketahui pada akhir hari itu"])
    return {
        "place": region.full_name,
        "label": region.label,
        "code": region.code,
        "year": str(figures.year),
        "is_province": region.is_province,
        "whole": around.whole,
        "facts": facts,
        "rubric": figures.rules.name if figures.rules else "",
        "definition": panels.definition(figures.rules),
        "notices": parts.notices(total, around.note),
        "has_pokja": bool(total.pokja),
        "has_data": total.has_data,
        "short": _short(total),
        "kpi": parts.kpi(total, figures.history.before, figures.year),
        "weakest": f"{findings.weakest(total)} {findings.queue_gain(total)}".strip()
        if total.has_data
        else "",
    }


def _short(total: Tally) -> str:
    """Behind the name in a table of contents."""
    if not total.pokja:
        return "belum ada Pokja"
    return parts.told(total.share) if total.is_rated else parts.UNRATED.lower()


def _rank(figures) -> str:
    rows = ranking(
        (each.pk, each.short_name, figures.by_region.get(each.pk) or Tally())
        for each in figures.siblings
        if each.pk in figures.by_region
    )
    rank = next((row.rank for row in rows if row.key == figures.region.pk), None)
    ranked = sum(row.rank is not None for row in rows)
    return findings.rank_sentence(rank, ranked, figures.region.province.label)


def _against_province(figures) -> str:
    """Empty for a region without a Pokja: there is nothing to compare."""
    total = figures.total
    if not total.pokja:
        return ""
    return findings.against_province(total.criteria, figures.province.tallies[-1].criteria)


def _against_nation(figures) -> str:
    """ "Nasional: 46% Pokja efektif"; empty where the nation has no data."""
    national = figures.national.shares()[-1]
    return f"Nasional: {parts.told(national)} Pokja efektif" if national else ""


def _way(region, items: list, rules, viewer: Viewer) -> dict | None:
    way = shortest_way(region, items, rules, viewer)
    return way and {
        "heading": way["heading"],
        "sub": way["sub"],
        "lines": parts.way_lines(way),
    }


def _nearest(figures, items: list, moment) -> list[dict]:
    """The kab/kota that the fewest steps would make effective, and what these are."""
    rules = figures.rules
    if rules is None or moment or any(item.frozen for item in items):
        return []
    by_region: dict[int, list] = {}
    for item in items:
        by_region.setdefault(item.region_id, []).append(item)
    titles = {rule.code: CRITERION_WORDS.get(rule.code) or rule.title for rule in rules.criteria}
    found = []
    for region in figures.districts:
        own = by_region.get(region.pk, [])
        steps = fewest_steps(rules.region_rule, own, rules.required)
        if steps is None or not steps.count:
            continue
        lacking = [code for way in steps.pokja for code in way.lacking]
        words = listed([titles[code] for code in dict.fromkeys(lacking)])
        what = f"Bentuk Pokja, lalu {listed([titles[each] for each in rules.required])}"
        found.append((steps.count, region.label, what if steps.to_form else words))
    return [
        {"name": name, "steps": f"{count} langkah", "what": what}
        for count, name, what in sorted(found, key=lambda row: row[0])[:NEAREST]
    ]

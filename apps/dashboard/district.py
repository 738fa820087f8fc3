"""The page of a kabupaten or kota: its Pokja one by one, their money, and the trend."""

from operator import attrgetter

from django.utils.timezone import localdate

from apps.core.formats import EMPTY, format_rupiah
from apps.core.looks import CRITERIA
from apps.dashboard import charts, findings, panels
from apps.dashboard.charts import Line
from apps.dashboard.choices import filter_bar
from apps.dashboard.html import chip, link, safe, text, verdict
from apps.dashboard.links import Viewer
from apps.dashboard.nearest import shortest_way
from apps.dashboard.queries import DistrictFigures
from apps.dashboard.selection import DISTRICT
from apps.dashboard.tallies import ranking
from apps.dashboard.words import CRITERION_LABELS
from apps.decrees.chain import process_sentence
from apps.decrees.queries import processes_of
from apps.effectiveness.formula import FAILED, MET
from apps.pokja.enums import FundSource


def context(figures: DistrictFigures, viewer: Viewer, user) -> dict:
    """Everything the template places."""
    region, year, total, moment = figures.region, figures.year, figures.total, viewer.moment
    province, selection = region.province, figures.selection
    page = {
        "region": region,
        "province": province,
        "year": str(year),
        "province_address": viewer.region(province),
        "heading": panels.heading(
            findings.effective_pokja(region.full_name, total, year, selection)
            if total.has_data or not total.pokja
            else f"Belum ada isian tahun {year} dari {region.full_name}",
            moment,
        ),
        "data_date": panels.data_date(figures.on, moment),
        "sub": f"{panels.as_of(year, figures.on, moment)} {_rank(figures)}".strip(),
        "definition": panels.definition(figures.rules),
        "years": panels.year_links("dashboard:region", region.code, viewer=viewer),
        "tasks": viewer.tasks(region),
        "has_data": total.has_data,
        "pokja_count": total.pokja,
        "official": figures.official and safe(verdict(figures.official.districts == 1)),
        "rule": panels.region_rule(figures.rules),
        # Of some Pokja only the nearest is not known.
        "way": None
        if selection.kind
        else shortest_way(region, figures.items, figures.rules, viewer),
        "filters": filter_bar(DISTRICT, viewer, total.pokja, {}, (region.code, region.full_name)),
        "selection": selection,
        "nothing_fits": not total.pokja and figures.every_pokja > 0,
    }
    if not total.pokja:
        before = figures.history.tallies[-2]
        return page | {
            "last_year": before.pokja and str(year - 1),
            "last_year_address": viewer.same(viewer.for_year(year - 1).region_address(region)),
        }
    of = selection.share if selection.criterion else attrgetter("criteria")
    own, whole = figures.history.shares(of), figures.province.shares(of)
    return page | {
        "criteria": panels.criterion_counts(
            figures.items, total, lambda name: viewer.lacking(region, name)
        ),
        "table": _table(figures, viewer, {} if moment else _processes(figures, user)),
        "budget": _budget(figures),
        "trend": panels.trend(
            [Line(_short(region), own, is_main=True), Line(_around(figures), whole)],
            figures.history.years,
            figures.history.changes,
            size=charts.MEDIUM,
            heading=findings.against_province(
                of(total),
                of(figures.province.tallies[-1]),
                f"{selection.kind_words} {selection.criterion_words}"
                if selection.criterion
                else "kriteria terpenuhi",
                "sebayanya" if selection.peers else "provinsi",
            ),
            measure=selection.measure
            if selection.criterion
            else "Bagian kriteria yang terpenuhi dari seluruh Pokja",
        ),
    }


def _rank(figures: DistrictFigures) -> str:
    rows = ranking(
        (
            (each.pk, each.short_name, figures.by_region[each.pk])
            for each in figures.siblings
            if each.pk in figures.by_region
        ),
        figures.selection.share,
    )
    rank = next((row.rank for row in rows if row.key == figures.region.pk), None)
    ranked = sum(row.rank is not None for row in rows)
    selection, province = figures.selection, figures.region.province
    if not selection.peers:
        return findings.rank_sentence(rank, ranked, province.label)
    return findings.rank_among(rank, selection.place(ranked, "daerah", province.label))


def _around(figures: DistrictFigures) -> str:
    """What the region is compared with."""
    return "sebaya" if figures.selection.peers else "provinsi"


def _short(region) -> str:
    """The name at the end of a line; the level where the name is too long for it."""
    return region.label if len(region.label) <= 10 else region.get_level_display().lower()


def _processes(figures: DistrictFigures, user) -> dict[int, str]:
    """SK at Bagian Hukum by Pokja id, in words: in the running year, and for those alone who may
    see the drafts of the region."""
    if figures.year != localdate().year:
        return {}
    found = processes_of([item.pokja_id for item in figures.items], user)
    results = {item.pokja_id: item.results["sk"] for item in figures.items}
    return {
        key: process_sentence(
            each.since, localdate(), replaces=results[key].status in (MET, FAILED)
        )
        for key, each in found.items()
    }


def _table(figures: DistrictFigures, viewer: Viewer, processes: dict[int, str]) -> str:
    heads = "".join(f'<th scope="col">{label}</th>' for label in _heads())
    rows = "".join(
        _row(item, viewer.pokja(figures.region, item.pokja_id), processes.get(item.pokja_id, ""))
        for item in figures.items
    )
    return safe(
        '<table class="table cards"><caption class="visually-hidden">Kriteria tiap Pokja'
        f'</caption><thead><tr><th scope="col">Pokja</th>{heads}'
        f'<th scope="col">Terpenuhi</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _heads() -> list[str]:
    return ["SK", *(CRITERION_LABELS[name] for name in CRITERIA[1:])]


def _row(item, address, process="") -> str:
    cells = "".join(
        f'<td data-l="{head}">{chip(item.results[name])}</td>'
        for head, name in zip(_heads(), CRITERIA, strict=True)
    )
    met = (
        verdict(True)
        if item.effective
        else f'<span><span class="strong">{item.met}</span> dari {item.possible}</span>'
    )
    reason = text(findings.pokja_reason(item, process))
    return (
        f'<tr><th scope="row">{link(address, text(item.name))}'
        f'<div class="small2 muted fw-normal">{reason}</div></th>'
        f'{cells}<td data-l="Terpenuhi" class="nw">{met}</td></tr>'
    )


def _budget(figures: DistrictFigures) -> dict:
    """The verified ceilings by Pokja, largest first; those without share the last row."""
    funded, without, total = [], [], 0
    for item in figures.items:
        lines = figures.lines.get(item.pokja_id)
        if not lines:
            without.append(item.name)
            continue
        amount = sum(ceiling for _, ceiling in lines)
        total += amount
        sources = ", ".join(FundSource(source).label for source, _ in lines)
        funded.append((-amount, item.name, sources))
    rows = [
        {"name": name, "sources": sources, "amount": format_rupiah(-negative)}
        for negative, name, sources in sorted(funded)
    ]
    heading = (
        f"Anggaran operasional {format_rupiah(total)}"
        if rows
        else "Belum ada anggaran terverifikasi"
    )
    return {
        "heading": heading,
        "rows": rows,
        "without": ", ".join(without),
        "empty": EMPTY,
        "measure": f"Pagu Pokja tahun {figures.year} yang sudah diverifikasi",
    }

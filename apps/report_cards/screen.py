"""The rapor on the screen: the sheet of the paper, with the ways into the portal."""

from django.urls import reverse

from apps.core.looks import CRITERIA
from apps.dashboard import heat, panels
from apps.dashboard.html import bar, chip, legend, link, safe, text, verdict
from apps.dashboard.links import Viewer
from apps.dashboard.queries import years_offered
from apps.dashboard.words import CRITERION_LABELS
from apps.regions.switch import switch_context
from apps.report_cards.reading import Report

HEADS = ("SK", *(CRITERION_LABELS[name] for name in CRITERIA[1:]))


def context(report: Report, viewer: Viewer) -> dict:
    """Everything the template places."""
    sheet, region, year = report.sheets[0], report.region, report.year
    address = viewer.then(reverse("report_cards:region_report_pdf", args=(region.code, year)))
    joint = "&" if "?" in address else "?"
    offers_book = region.is_province and report.whole
    return {
        "sheet": sheet,
        "book": report.note,
        "region": region,
        "year": str(year),
        "heading": panels.heading(sheet["finding"], report.moment),
        "data_date": panels.data_date(report.on, report.moment),
        "years": panels.year_links("report_cards:region_report", region.code, viewer=viewer),
        "province_address": None if region.is_province else viewer.region(region.province),
        "dashboard": viewer.region(region),
        "paper_address": address,
        "f4_address": f"{address}{joint}kertas=f4",
        "book_address": offers_book
        and viewer.then(reverse("report_cards:province_book", args=(region.code, year))),
        "kpi": [_cell(each) for each in sheet["kpi"]],
        "table": _regions(report, viewer) if region.is_province else _pokja(report, viewer),
        "possible": max((item.possible for item in report.items), default=len(CRITERIA)),
        "moment_empty": report.moment is not None and not sheet["has_data"],
    }


def switch(region, viewer: Viewer) -> dict:
    """The switch at the top: the rapor of another region or year."""
    kept = [("per", viewer.moment.per.isoformat())] if viewer.moment else []
    years = years_offered(viewer.year, viewer.moment)
    return switch_context(viewer.scope, "rapor", region, viewer.year, years, kept)


def _cell(cell: dict) -> dict:
    whole = cell["whole"] or 1
    drawn = safe(bar(cell["met"] / whole * 100, cell["waiting"] / whole * 100))
    return cell | {"bar": drawn}


def _regions(report: Report, viewer: Viewer) -> str:
    """The heat table of the province; cells lead to Pokja where the reader may open them."""
    figures = report.figures
    by_kind = heat.kinds_of(report.items)
    kinds = heat.columns(by_kind, figures.rules.expected_kinds if figures.rules else ())
    if not kinds:
        return ""
    rows = [_heat_row(region, figures, by_kind, viewer) for region in _shown(figures)]
    possible = max((item.possible for item in report.items), default=len(CRITERIA))
    caption = f"Kriteria terpenuhi per daerah dan jenis Pokja, {report.year}"
    return safe(
        legend(heat.legend_numbers(possible)),
        '<div class="tscroll" tabindex="0" role="region" aria-label="Tabel kriteria per daerah">',
        heat.table(rows, kinds, caption),
        "</div>",
    )


def _shown(figures) -> list:
    return [figures.region, *figures.districts]


def _heat_row(region, figures, by_kind, viewer: Viewer) -> heat.Row:
    def pokja(item):
        return viewer.pokja(region, item.pokja_id)

    return heat.Row(
        "Tingkat provinsi" if region == figures.region else region.label,
        _rapor(region, viewer),
        figures.counts(region),
        by_kind.get(region.pk, {}),
        pokja if viewer.reaches(region) else None,
    )


def _rapor(region, viewer: Viewer) -> str | None:
    """The rapor of a kab/kota of the province, where its dashboard is open to the reader."""
    if region.is_province or not viewer.scope.may_open_dashboard(region):
        return None
    return viewer.then(reverse("report_cards:region_report", args=(region.code, viewer.year)))


def _pokja(report: Report, viewer: Viewer) -> str:
    """A row for each Pokja of the region: the number on its colour, and the four criteria."""
    heads = "".join(f'<th scope="col">{head}</th>' for head in HEADS)
    rows = "".join(
        _pokja_row(item, viewer.pokja(report.region, item.pokja_id)) for item in report.items
    )
    return safe(
        '<table class="table cards"><caption class="visually-hidden">Kriteria tiap Pokja'
        '</caption><thead><tr><th scope="col">Pokja</th><th scope="col">Terpenuhi</th>'
        f'{heads}<th scope="col">Status</th></tr></thead><tbody>{rows}</tbody></table>'
    )


def _pokja_row(item, address: str | None) -> str:
    cells = "".join(
        f'<td data-l="{head}">{chip(item.results[name])}</td>'
        for head, name in zip(HEADS, CRITERIA, strict=True)
    )
    step = heat.COLOURS[heat.step_of(item.met, item.possible)]
    return (
        f'<tr><th scope="row">{link(address, text(item.name))}</th>'
        f'<td data-l="Terpenuhi"><span class="rk-n {step}">{item.met} dari {item.possible}</span>'
        f'</td>{cells}<td data-l="Status">{verdict(item.effective)}</td></tr>'
    )

"""The list of Pokja as finished HTML: its table, and what each filter offers."""

from collections.abc import Iterable

from django.core.paginator import Page
from django.urls import reverse
from django.utils.safestring import SafeString

from apps.core.formats import format_date
from apps.core.looks import CRITERIA, CRITERION_NAMES, criteria_looks, look_of
from apps.core.markup import link, meter, options, safe, tag, text
from apps.filing.lists import Filters, Row
from apps.filing.words import TITLES
from apps.pokja.enums import PokjaKind

ALL = ("", "Semua")
STATUSES = (("efektif", "Efektif"), ("belum", "Belum efektif"))
A_NUMBER = 999_999_999  # stands for the id of a Pokja in an address
UNRATED = '<span class="muted">tidak dapat dinilai</span>'
UNTOUCHED = '<span class="muted">belum diisi</span>'


def choices(
    filters: Filters, years: Iterable[int], regions: list[tuple[str, str]]
) -> dict[str, SafeString]:
    """{filter: its <option> elements}; ``regions`` (code, name), nothing to choose among one."""
    return {
        "regions": _regions(filters, regions) if len(regions) > 1 else "",
        "kinds": safe(options((ALL, *PokjaKind.choices), filters.kind)),
        "criteria": safe(
            options((ALL, *((name, TITLES[name]) for name in CRITERIA)), filters.lacking)
        ),
        "statuses": safe(options((ALL, *STATUSES), filters.status)),
        "years": safe(options(((str(each), str(each)) for each in years), str(filters.year))),
    }


def _regions(filters: Filters, regions: list[tuple[str, str]]) -> SafeString:
    chosen = filters.region
    offered = [ALL, *regions]
    if chosen and all(code != chosen.code for code, _ in regions):
        offered.append((chosen.code, chosen.full_name))
    return safe(options(offered, chosen.code if chosen else ""))


def table(page: Page, filters: Filters, heads: list[dict]) -> SafeString:
    """The table of one page."""
    tail = f"?{filters.moment.query}" if filters.moment else ""
    # One address for all rows: making 25 of them costs as much as the rows.
    before, after = reverse("filing:pokja_year", args=(A_NUMBER, filters.year)).split(str(A_NUMBER))
    rows = "".join(
        _row(row, f"{before}{row.assessment.pokja_id}{after}{tail}") for row in page.object_list
    )
    return safe(
        '<table class="table cards"><caption class="visually-hidden">',
        f"Pokja tahun {filters.year}</caption><thead><tr>{''.join(map(_head, heads))}</tr></thead>",
        f"<tbody>{rows}</tbody></table>",
    )


def _head(head: dict) -> str:
    sort = f' aria-sort="{head["direction"]}"' if head["current"] else ""
    css = ' class="num"' if head["numeric"] else ""
    words = link(head["query"] and f"?{head['query']}", head["label"])
    return f'<th scope="col"{sort}{css}>{words}</th>'


def _row(row: Row, address: str) -> str:
    item = row.assessment
    return (
        f'<tr><th scope="row">{link(address, text(item.name))}</th>'
        f'<td data-l="Daerah">{text(item.region_name)}</td>'
        f'<td data-l="Kriteria">{meter(tuple(criteria_looks(row.statuses)), CRITERION_NAMES)}</td>'
        f'<td class="num" data-l="Terpenuhi">{item.met} dari {item.possible}</td>'
        f'<td class="num" data-l="Skor">{UNRATED if item.score is None else item.score}</td>'
        f'<td data-l="Status">{_status(item.effective)}</td>'
        '<td data-l="Terakhir berubah">'
        f"{format_date(row.changed) if row.changed else UNTOUCHED}</td></tr>"
    )


def _status(effective: bool | None) -> str:
    if effective is None:
        return tag(look_of("tidak_dapat_dinilai"))
    return tag(look_of("efektif"), bare=True) if effective else tag(look_of("belum_efektif"))

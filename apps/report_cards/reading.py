"""The rapor of a region and the book of a province, from the same functions as the dashboards."""

from dataclasses import dataclass
from datetime import date

from apps.dashboard.queries import district_figures, province_figures, verified_lines
from apps.effectiveness.frozen import book_note
from apps.effectiveness.moment import Moment
from apps.effectiveness.standings import province_items
from apps.report_cards.districts import every_district
from apps.report_cards.sheets import Around, district_sheet, province_sheet


@dataclass(frozen=True)
class Report:
    """``sheets``: one of a rapor; of a book that of the province and those of its kab/kota.
    ``figures``: those of the first sheet, ``items`` every Pokja behind it."""

    region: object
    year: int
    on: date
    moment: Moment | None
    whole: bool
    figures: object
    items: list
    sheets: list[dict]
    note: object = None  # the BookNote of a closed year
    is_book: bool = False


def rapor_of(region, year: int, moment: Moment | None = None, *, whole: bool = True) -> Report:
    """The rapor of a province, kabupaten or kota; ``whole`` as in ``sheets``.

    Queries: those of its dashboard's figures, 2 for the book of a closed year, and for a province
    1 for the money (2 more and a reading of its Pokja where it has very many).
    """
    if region.is_province:
        figures = province_figures(region, year, moment)
        items = _items_of(figures)
        lines = verified_lines(items) if whole else {}
        note = _note(region, year, None, moment)
        sheet = province_sheet(figures, items, Around(moment, note, lines, whole))
    else:
        figures = district_figures(region, year, moment)
        items, note = figures.items, _note(region, year, region, moment)
        sheet = district_sheet(figures, Around(moment, note))
    return Report(region, year, figures.on, moment, whole, figures, items, [sheet], note)


def book_of(province, year: int, moment: Moment | None = None) -> Report:
    """The rapor of a province and behind it one of each of its kab/kota by name.

    Queries: as many for one kab/kota as for 38.
    """
    figures = province_figures(province, year, moment)
    every = every_district(figures, moment)
    items = _items_of(figures)
    lines = verified_lines(items)
    around = Around(moment, _note(province, year, None, moment), lines)
    sheets = [province_sheet(figures, items, around)]
    sheets += [district_sheet(each, around.of(each.region)) for each in every]
    return Report(
        province, year, figures.on, moment, True, figures, items, sheets, around.note, is_book=True
    )


def _items_of(figures) -> list:
    """Every Pokja of the province: of a very large one the figures hold a page of them only."""
    if figures.page is None:
        return figures.items
    return province_items(figures.region.pk, [figures.year])[0]


def _note(region, year: int, about, moment: Moment | None):
    return book_note(region.province_id, year, about, moment.known if moment else None)

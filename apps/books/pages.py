"""The shelf and the filters of a book: what a row shows, in which words."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from apps.books import queries
from apps.core.formats import local_time
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.maturity import maturity_class
from apps.effectiveness.models import Closing, RegionReopening
from apps.effectiveness.official import OfficialFigure
from apps.regions.models import Region

RESULTS = {"efektif": "Efektif", "belum": "Belum efektif"}


# --- the shelf -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Volume:
    """One province's year: its book, or that it has none yet."""

    province: Region
    year: int
    is_past: bool
    closing: Closing | None
    closed_on: date | None = None
    figure: OfficialFigure | None = None
    open_again: tuple[RegionReopening, ...] = ()
    closable: bool = False


def volumes(user, provinces, years, this_year: int, may_close) -> list[Volume]:
    """A row for each of the provinces and years; 3 queries, whatever their number."""
    closings = queries.closings_of(provinces, years)
    figures = queries.figures_of(closings.values())
    running = queries.running_of(closings.values())
    found = []
    for year in years:
        for province in provinces:
            closing = closings.get((province.pk, year))
            is_past = year < this_year
            if closing is None:
                closable = is_past and may_close(province)
                found.append(Volume(province, year, is_past, None, closable=closable))
                continue
            found.append(
                Volume(
                    province,
                    year,
                    is_past,
                    closing,
                    closed_on(closing),
                    figures[closing.pk],
                    tuple(running.get(closing.pk, ())),
                )
            )
    return found


def closed_on(closing: Closing) -> date:
    """The day of the closing on the clock of its province."""
    return local_time(closing.closed_at, closing.province.timezone_label).date()


# --- filters of a book -----------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What of a book is shown; ``edition`` above 0 is an earlier one of the chosen region."""

    region: str = ""
    result: str = ""
    lacking: str = ""
    edition: int = 0

    @property
    def narrows(self) -> bool:
        return bool(self.region or self.result or self.lacking)

    @property
    def query(self) -> str:
        given = {
            "wilayah": self.region,
            "hasil": self.result,
            "kurang": self.lacking,
            "edisi": self.edition or "",
        }
        return urlencode({name: value for name, value in given.items() if value})

    def keeps(self, item: Assessment) -> bool:
        """Does the row stay?"""
        if self.region and item.region_code != self.region:
            return False
        if self.result and (self.result == "efektif") != bool(item.effective):
            return False
        return not self.lacking or not item.by_rubric[self.lacking].is_met


def filters_from(data, closing: Closing, regions: list[dict]) -> Filters:
    """Read from the address; what is not known there is taken as not asked."""
    region, result, lacking = (data.get(name, "") for name in ("wilayah", "hasil", "kurang"))
    edition = data.get("edisi", "")
    region = region if region in {each["code"] for each in regions} else ""
    return Filters(
        region=region,
        result=result if result in RESULTS else "",
        lacking=lacking if lacking in {each["code"] for each in criteria_of(closing)} else "",
        edition=int(edition) if region and edition.isdecimal() and len(edition) < 4 else 0,
    )


def criteria_of(closing: Closing) -> list[dict]:
    """The criteria of the book's rubric: {code, title, …}."""
    return closing.rules["criteria"]


def region_named(closing: Closing, code: str) -> dict | None:
    """A region of the book by the code it bore when the book was closed."""
    return next((each for each in closing.regions if each["code"] == code), None)


# --- rows of a book --------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One Pokja of a book: its criteria in the order of the rubric, and its class."""

    item: Assessment
    cells: tuple  # (title, Result)
    maturity: str

    @property
    def edition(self) -> int:
        return self.item.frozen.edition


def lines(closing: Closing, items: list[Assessment]) -> list[Line]:
    titles = {each["code"]: each["title"] for each in criteria_of(closing)}
    limits = closing.rules["class_limits"]
    return [
        Line(
            item,
            tuple((titles[code], result) for code, result in item.by_rubric.items()),
            "" if item.index is None else maturity_class(item.index, limits),
        )
        for item in items
    ]


def without_pokja(closing: Closing, items: list[Assessment]) -> list[str]:
    """Names of the regions of the book that had no Pokja to be scored."""
    have = {item.region_id for item in items}
    return [each["name"] for each in closing.regions if each["id"] not in have]

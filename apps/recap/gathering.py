"""Everything a recap tells, read once: the figures of the dashboards and the rows behind them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import NamedTuple

from apps.budgets.models import BudgetLine
from apps.core.context import is_sample
from apps.dashboard.queries import ProvinceFigures, pokja_of_years, province_figures
from apps.dashboard.selection import Selection
from apps.dashboard.tallies import Tally, tallies_by, tally
from apps.deadlines.formula import Deadline
from apps.deadlines.queries import deadlines_for
from apps.decrees.models import Decree
from apps.effectiveness.formula import FAILED, MET
from apps.effectiveness.frozen import BookNote, book_note
from apps.effectiveness.moment import Moment
from apps.pokja.enums import PokjaKind
from apps.pokja.models import NilDeclaration
from apps.regions.models import Region
from apps.regions.queries import kabkota_of
from apps.verification.enums import Status


class Place(NamedTuple):
    """A row of a table: a kab/kota, the province's own level, or a region that is no more."""

    pk: int
    code: str
    label: str
    level: str
    region: Region | None


class Decided(NamedTuple):
    """Number and date of a verified SK."""

    number: str
    issued_on: date


class Money(NamedTuple):
    """A line of a verified budget, in rupiah; ``spent`` None where nothing was reported."""

    source: str
    activity: str
    ceiling: Decimal
    spent: Decimal | None


@dataclass
class Recap:
    """One province and year as one person sees it.

    ``items`` holds every Pokja, in the order of region and Pokja codes, whatever their number;
    ``by_year`` the tallies of its regions in the years of the trend, ``kinds_before`` those of the
    kinds in the year before.
    """

    figures: ProvinceFigures
    moment: Moment | None
    made_at: datetime
    made_by: str
    book: BookNote | None
    items: list
    by_year: dict[int, dict[int, Tally]]
    kinds_before: dict[str, Tally]
    is_sample: bool = False
    decrees: dict[int, Decided] = field(default_factory=dict)
    nil_reasons: dict[tuple[int, str], str] = field(default_factory=dict)
    budgets: dict[int, list[Money]] = field(default_factory=dict)
    deadlines: dict[tuple[str, int], Deadline] = field(default_factory=dict)

    @property
    def region(self) -> Region:
        return self.figures.region

    @property
    def year(self) -> int:
        return self.figures.year

    @property
    def zone(self) -> str:
        return self.region.timezone_label

    @property
    def places(self) -> list[Place]:
        """The kab/kota by code, regions that are no more but have Pokja in the year, and the
        province's own level."""
        region = self.region
        known = [*self.figures.districts, region]
        rows = [Place(each.pk, each.code, each.label, each.level, each) for each in known[:-1]]
        held = {each.pk for each in known}
        gone = {item.region_id: item for item in self.items if item.region_id not in held}
        rows += [
            Place(pk, item.region_code, item.region_name, item.region_level, None)
            for pk, item in gone.items()
        ]
        rows.sort(key=attrgetter("code"))
        own = Place(region.pk, region.code, "Tingkat provinsi", region.level, region)
        return [*rows, own]

    def counts(self, place: Place) -> Tally:
        return self.figures.by_region.get(place.pk) or Tally()


def gather(
    region: Region,
    year: int,
    *,
    user,
    made_at: datetime,
    moment: Moment | None = None,
    selection: Selection,
) -> Recap:
    """The recap of a province; ``user`` reaches all of it. The number of queries is fixed."""
    figures = province_figures(region, year, moment, selection)
    recap = Recap(
        figures=figures,
        moment=moment,
        made_at=made_at,
        made_by=str(user),
        book=book_note(region.pk, year, known=moment and moment.known),
        items=figures.items,
        by_year={year: figures.by_region},
        kinds_before={},
        is_sample=is_sample(),
    )
    _read_years(recap)
    recap.decrees = _decrees(recap.items)
    recap.nil_reasons = _nil_reasons(recap)
    recap.budgets = _budgets(recap.items)
    recap.deadlines = deadlines_for(year, [region, *kabkota_of(region.pk)])
    return recap


def _read_years(recap: Recap) -> None:
    """Tallies of the years of the trend, a year at a time so that one year's Pokja are held.

    A province with very many Pokja gives its figures in parts: then this year is read whole.
    """
    figures, selection = recap.figures, recap.figures.selection
    for year in figures.history.years:
        if year == recap.year and figures.page is None:
            continue
        items = selection.narrow(pokja_of_years(recap.region.pk, [year], recap.moment)[0])
        if year == recap.year:
            recap.items = items
            continue
        recap.by_year[year] = tallies_by(items, attrgetter("region_id"))
        if year == recap.year - 1:
            recap.kinds_before = kinds_tallied(items)


def kinds_tallied(items) -> dict[str, Tally]:
    """A tally for each kind that is there; a Pokja of several kinds counts under each, one of none
    under "Lainnya", as in the heat table."""
    found = {}
    for kind in PokjaKind.values:
        held = [item for item in items if kind in (item.kinds or [PokjaKind.LAINNYA])]
        if held:
            found[kind] = tally(held)
    return found


def _decrees(items) -> dict[int, Decided]:
    """By evidence id: the verified SK that counts, or the one that fails to."""
    told = (MET, FAILED)
    results = [item.results["sk"] for item in items]
    wanted = [each.evidence_id for each in results if each.evidence_id and each.status in told]
    rows = Decree.objects.filter(evidence__in=wanted)
    return {
        pk: Decided(number, day)
        for pk, number, day in rows.values_list("evidence_id", "number", "issued_on")
    }


def _nil_reasons(recap: Recap) -> dict[tuple[int, str], str]:
    """Why something was declared "tidak ada", by Pokja and criterion; the last word counts."""
    rows = NilDeclaration.objects.filter(
        pokja__region__province=recap.region,
        year=recap.year,
        evidence__status__in=(Status.SUBMITTED, Status.VERIFIED),
    ).order_by("pk")
    return {
        (pokja, criterion): reason
        for pokja, criterion, reason in rows.values_list("pokja_id", "criterion", "reason")
    }


def _budgets(items) -> dict[int, list[Money]]:
    """Lines of the verified budget that meets the criterion, by Pokja id."""
    met = (item for item in items if item.results["anggaran"].status == MET)
    budgets = {item.results["anggaran"].item_id: item.pokja_id for item in met}
    rows = BudgetLine.objects.filter(budget__in=list(budgets)).order_by("fund_source", "pk")
    found: dict[int, list[Money]] = {}
    for line in rows:
        activity = line.sub_activity_name or line.sub_activity_code
        money = Money(line.get_fund_source_display(), activity, line.ceiling, line.spent)
        found.setdefault(budgets[line.budget_id], []).append(money)
    return found

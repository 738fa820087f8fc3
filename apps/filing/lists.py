"""The list of Pokja: filters, order and pages; the same number of queries for 1 row and 1,000."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.timezone import localtime

from apps.budgets.models import Budget
from apps.decrees.models import DecreeCoverage
from apps.effectiveness.formula import reference_date
from apps.effectiveness.listed import listed_items
from apps.effectiveness.moment import Moment
from apps.effectiveness.queries import CRITERIA, Assessment, assess
from apps.filing.by_region import ByRegion
from apps.filing.words import IN_SENTENCE, shown_reason
from apps.indicators.models import IndicatorSet
from apps.pokja.enums import PokjaKind
from apps.pokja.models import NilDeclaration, Pokja
from apps.regions.models import Region, full_name
from apps.verification.enums import ENTERING
from apps.work_plans.models import WorkPlan

PAGE_SIZE = 25
EFFECTIVE = {"efektif": True, "belum": False}
STATUS_WORDS = {"efektif": "sudah efektif", "belum": "belum efektif"}
# Order by what the page shows; None is the order of the regions, which the database can do.
ORDERS = {
    "wilayah": None,
    "nama": lambda row: row.assessment.name.casefold(),
    "terpenuhi": lambda row: (-row.assessment.met, row.assessment.region_code),
    "skor": lambda row: (-(row.assessment.score or 0), row.assessment.region_code),
}


@dataclass(frozen=True)
class Filters:
    """What the address asks for, already checked against what exists."""

    year: int
    text: str = ""
    kind: str = ""
    lacking: str = ""
    status: str = ""
    region: Region | None = None
    order: str = "wilayah"
    moment: Moment | None = None  # the day of the past that is looked at

    @property
    def known(self) -> datetime | None:
        return self.moment.known if self.moment else None

    def reference(self, today: date) -> date:
        """The reference date of the year, as it is today or was on that day."""
        return reference_date(self.year, self.moment.per if self.moment else today)

    @property
    def on_results(self) -> bool:
        """Do the filters or the order need every score, not only those of one page?"""
        return bool(self.lacking or self.status) or self.order != "wilayah"

    def query(self, **changes) -> str:
        """The query string of this list with some filters changed; "" takes one away."""
        values = {
            "tahun": self.year,
            "cari": self.text,
            "jenis": self.kind,
            "kurang": self.lacking,
            "status": self.status,
            "wilayah": self.region.code if self.region else "",
            "urut": self.order if self.order != "wilayah" else "",
            "per": self.moment.per.isoformat() if self.moment else "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        found = []
        if self.text:
            found.append((f"Cari: {self.text}", self.query(cari="")))
        if self.region:
            found.append((self.region.full_name, self.query(wilayah="")))
        if self.kind:
            found.append((f"Jenis: {PokjaKind(self.kind).label}", self.query(jenis="")))
        if self.lacking:
            found.append((f"Kurang: {IN_SENTENCE[self.lacking]}", self.query(kurang="")))
        if self.status:
            found.append((STATUS_WORDS[self.status].capitalize(), self.query(status="")))
        return found


@dataclass
class Row:
    """One Pokja of the list with its score and the day something last changed."""

    assessment: Assessment
    changed: object = None
    statuses: list = None  # (status, reason) of the four criteria


def filters_from(query, user, *, years, default_year: int, moment=None) -> Filters:
    """Read the address; a value that does not exist is left out, not refused. ``moment``: what
    ``per`` asks for."""
    kind, lacking = query.get("jenis", ""), query.get("kurang", "")
    status, order = query.get("status", ""), query.get("urut", "")
    region = (
        Region.objects.with_pokja_level()
        .for_user(user)
        .filter(code=query.get("wilayah", "")[:13])
        .first()
        if query.get("wilayah")
        else None
    )
    year = query.get("tahun", "")
    return Filters(
        year=int(year) if year.isdecimal() and int(year) in years else default_year,
        text=" ".join(query.get("cari", "").replace("\x00", "").split())[:100],
        kind=kind if kind in PokjaKind.values else "",
        lacking=lacking if lacking in CRITERIA else "",
        status=status if status in EFFECTIVE else "",
        region=region,
        order=order if order in ORDERS else "wilayah",
        moment=moment,
    )


def pokja_matching(user, filters: Filters, on):
    """Pokja in scope that are active on the reference date and match text, type and region."""
    rows = Pokja.objects.for_user(user).active_on(on)
    if filters.region and filters.region.is_province:
        rows = rows.filter(region__province=filters.region)
    elif filters.region:
        rows = rows.filter(region=filters.region)
    if filters.kind:
        rows = rows.filter(kind_rows__kind=filters.kind)
    for word in filters.text.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(code__icontains=word) | Q(region__name__icontains=word)
        )
    return rows


def pokja_page(user, filters: Filters, number, today) -> Page:
    """One page of rows. Scores are made for the page alone unless a filter needs them all."""
    matching = pokja_matching(user, filters, filters.reference(today))
    if filters.on_results:
        page = Paginator(_selected(matching, filters), PAGE_SIZE).get_page(number)
    else:
        listed = ByRegion(matching, _asked(user.scope, filters, today))
        page = Paginator(listed, PAGE_SIZE).get_page(number)
        wanted = Pokja.objects.filter(pk__in=page.object_list)
        page.object_list = [Row(item) for item in _assessed(wanted, filters)]
    _finish(page, user, filters.known)
    return page


def _asked(scope, filters: Filters, today: date) -> tuple:
    """All that ``pokja_matching`` depends on, besides the data."""
    region = filters.region.pk if filters.region else None
    on = filters.reference(today)
    return (scope.is_admin, *scope.posts, filters.kind, filters.text, region, on)


def _assessed(pokja, filters: Filters) -> list[Assessment]:
    """Figures of now are kept ready; those of a past day are made when they are asked for."""
    if filters.known:
        return assess(pokja, filters.year, known=filters.known)
    return listed_items(pokja, filters.year)


def _selected(matching, filters: Filters) -> list[Row]:
    wanted = Pokja.objects.filter(pk__in=matching.values("pk"))
    rows = [Row(item) for item in _assessed(wanted, filters)]
    if filters.lacking:
        rows = [row for row in rows if not row.assessment.results[filters.lacking].is_met]
    if filters.status:
        rows = [row for row in rows if row.assessment.effective is EFFECTIVE[filters.status]]
    if key := ORDERS[filters.order]:
        rows.sort(key=key)
    return rows


def _finish(page: Page, user, known: datetime | None) -> None:
    changed = last_changes([row.assessment.pokja_id for row in page.object_list], user, known)
    for row in page.object_list:
        if moment := changed.get(row.assessment.pokja_id):
            row.changed = localtime(moment)
        row.statuses = [
            (result.status, shown_reason(result, drafts_shown=False))
            for result in row.assessment.statuses
        ]


def last_changes(pokja_ids, user, known: datetime | None = None) -> dict:
    """When evidence of these Pokja that the user may see was last edited, or had last been edited
    at a moment of the past; one query."""
    sources = [
        (DecreeCoverage, "decree__evidence"),
        (WorkPlan, "evidence"),
        (IndicatorSet, "evidence"),
        (Budget, "evidence"),
        (NilDeclaration, "evidence"),
    ]
    parts = [
        _edits(model.objects.for_user(user).filter(pokja__in=pokja_ids), path, known)
        for model, path in sources
    ]
    latest: dict = {}
    for pokja_id, moment in parts[0].union(*parts[1:]):
        if pokja_id not in latest or moment > latest[pokja_id]:
            latest[pokja_id] = moment
    return latest


def _edits(rows, path: str, known: datetime | None):
    """(pokja_id, when it was edited): the last time, or every time up to ``known``."""
    if known is None:
        return rows.order_by().values_list("pokja_id", f"{path}__edited_at")
    told = rows.filter(
        **{f"{path}__history__at__lte": known, f"{path}__history__action__in": ENTERING}
    )
    return told.order_by().values_list("pokja_id", f"{path}__history__at")


def regions_offered(user) -> list[tuple[str, str]]:
    """(code, name) of the regions to filter by: the provinces of the nation, or every region in
    scope."""
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    if user.scope.sees_all:
        rows = rows.provinces()
    values = rows.values_list("code", "name", "level")
    return [(code, full_name(name, level)) for code, name, level in values]


# Label, the order a click asks for, and whether the column holds numbers.
COLUMNS = (
    ("Pokja", "nama", False),
    ("Daerah", "wilayah", False),
    ("Kriteria", "", False),
    ("Terpenuhi", "terpenuhi", True),
    ("Skor", "skor", True),
    ("Status", "", False),
    ("Terakhir berubah", "", False),
)


def heads_of(filters: Filters) -> list[dict]:
    """The column heads with their sort links (aria-sort on the one in use)."""
    return [
        {
            "label": label,
            "numeric": numeric,
            "current": order == filters.order,
            "direction": "descending" if numeric else "ascending",
            "query": filters.query(urut="" if order == "wilayah" else order) if order else "",
        }
        for label, order, numeric in COLUMNS
    ]


def sentence_for(page: Page, filters: Filters) -> str:
    """ "Menampilkan 31 Pokja: anggaran belum terpenuhi"."""
    told = []
    if filters.lacking:
        told.append(f"{IN_SENTENCE[filters.lacking]} belum terpenuhi")
    if filters.status:
        told.append(STATUS_WORDS[filters.status])
    tail = f": {', '.join(told)}" if told else ""
    then = f" per {filters.moment.words}" if filters.moment else ""
    return f"Menampilkan {page.paginator.count} Pokja{tail}{then}"

"""Every region of a list with what it lacks in a year, how late, and when it was last reminded."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Q

from apps.accounts.enums import Role
from apps.accounts.queries import has_logged_in, operators_by_region
from apps.campaign import words
from apps.campaign.enums import Channel, State
from apps.campaign.models import CampaignMessage, Mailing
from apps.deadlines.formula import Deadline
from apps.deadlines.queries import deadlines_for, local_today
from apps.effectiveness import formula
from apps.effectiveness.queries import CRITERIA, Assessment, assess
from apps.effectiveness.repairs import NO_POKJA, Repair, head_of, of_evidence
from apps.evidence.kinds import BY_CRITERION
from apps.inbox.words import short_name
from apps.pokja.models import Pokja
from apps.regions.models import Region
from apps.verification.enums import Kind
from apps.verification.models import Evidence

SENDERS = (Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN)
NATION = "nasional"


# --- whom somebody may remind ----------------------------------------------------------------


@dataclass(frozen=True)
class Audience:
    """A list of regions somebody writes to: the kab/kota of a province, or all provinces.

    ``office`` signs: the province, or None for the national office.
    """

    province: Region | None
    office: Region | None

    @property
    def key(self) -> str:
        return self.province.code if self.province else NATION

    @property
    def label(self) -> str:
        return self.province.label if self.province else "Semua provinsi"

    @property
    def units(self) -> str:
        return "kabupaten/kota" if self.province else "provinsi"

    def regions(self, user):
        """The regions of the list, of those the person may see, in the order of their codes."""
        rows = Region.objects.for_user(user).select_related("province").order_by("code")
        if self.province is None:
            return rows.provinces()
        return rows.kabkota().filter(province=self.province)


def audiences_for(user) -> list[Audience]:
    """The lists this person may write to; the first is the one shown unasked. One query.

    The province writes to its kab/kota; the national office to provinces, and to the kab/kota of
    any province in its own name.
    """
    provinces = Region.objects.for_user(user).provinces().order_by("code")
    if user.scope.sees_all:
        return [Audience(None, None), *(Audience(each, None) for each in provinces)]
    own = provinces.filter(pk__in=user.scope.province_ids)
    return [Audience(each, each) for each in own]


# --- what a region lacks ---------------------------------------------------------------------


@dataclass(frozen=True)
class Missing:
    """One criterion of one Pokja that the region has to send or to mend."""

    pokja: str
    criterion: str  # "" where there is no Pokja at all
    fact: str
    fix: str
    is_returned: bool = False
    deadline: Deadline | None = None


@dataclass
class Row:
    """One region of the list."""

    region: Region
    year: int
    today: date
    has_begun: bool
    was_in: bool
    assessments: list[Assessment] = field(default_factory=list)
    missing: list[Missing] = field(default_factory=list)
    officers: list[str] = field(default_factory=list)
    last: CampaignMessage | None = None

    @property
    def late_days(self) -> int:
        """Days since the due day that passed first, of what was not sent; 0 within time."""
        return max(
            (
                each.deadline.late_days(self.today)
                for each in self.missing
                if each.deadline and not each.is_returned
            ),
            default=0,
        )

    @property
    def states(self) -> list[State]:
        """Every state that fits, the one to be shown first."""
        if not self.missing:
            return [State.COMPLETE]
        fits = {
            State.NEVER_IN: not self.was_in,
            State.NOT_STARTED: not (self.has_begun and self.assessments),
            State.LATE: self.late_days > 0,
            State.TO_FIX: any(each.is_returned for each in self.missing),
            State.INCOMPLETE: True,
        }
        return [state for state, holds in fits.items() if holds]

    @property
    def state(self) -> State:
        return self.states[0]

    @property
    def deadlines(self) -> list[Deadline]:
        """The different deadlines of what is missing, the first due first."""
        found = {each.deadline for each in self.missing if each.deadline}
        return sorted(found, key=lambda deadline: deadline.due_on)

    @property
    def due_words(self) -> str:
        """The deadline that presses most; "" for a region that lacks nothing."""
        if not self.missing:
            return ""
        if not self.deadlines:
            return words.NO_DEADLINE
        first = self.deadlines[0]
        left = first.days_left(self.today)
        return words.due_words(first.due_on, first.late_days(self.today), left)

    @property
    def lacking(self) -> list[tuple[str, list, str]]:
        """Each Pokja that lacks something: short name, its four (status, reason) pairs, what."""
        found = []
        for item in self.assessments:
            criteria = [name for name in CRITERIA if lacks(item.results[name])]
            if criteria:
                statuses = [(result.status, result.reason) for result in item.statuses]
                found.append((short_name(item.name), statuses, words.lacking(criteria)))
        return found

    @property
    def complete_pokja(self) -> int:
        """How many of its Pokja lack nothing."""
        return len(self.assessments) - len(self.lacking)

    @property
    def head(self) -> str:
        """Bupati Bone; Wali Kota Makassar; Gubernur Sulawesi Selatan."""
        return f"{head_of(self.region.level)} {self.region.short_name}"

    @property
    def last_words(self) -> str:
        if self.last is None:
            return ""
        last = self.last
        return words.reminded(last.channel, last.mailing.label, last.day, last.number)


def lacks(result: formula.Result) -> bool:
    """Is there something for the region to send or to mend?

    Not where it waits for the verifier, and not where the region has declared that there is
    nothing: that is an answer.
    """
    if result.is_met or result.status == formula.WAITING:
        return False
    return result.reason != "nihil"


def rows_for(user, regions, year: int) -> list[Row]:
    """The rows of regions this person may see, in their order; the number of queries is fixed."""
    regions = list(regions)
    ids = [region.pk for region in regions]
    assessments = _assessments(user, ids, year)
    begun, was_in = _begun(user, ids, year), has_logged_in(ids)
    officers, last = operators_by_region(ids), _last_messages(user, ids, year)
    deadlines = deadlines_for(year, regions)
    rows = []
    for region in regions:
        row = Row(
            region,
            year,
            local_today(region),
            region.pk in begun,
            region.pk in was_in,
            assessments=assessments.get(region.pk, []),
            officers=[str(person) for person in officers.get(region.pk, [])],
            last=last.get(region.pk),
        )
        row.missing = _missing(row, deadlines)
        rows.append(row)
    return rows


def _assessments(user, ids, year) -> dict[int, list[Assessment]]:
    found: dict[int, list[Assessment]] = {}
    for item in assess(Pokja.objects.for_user(user).filter(region__in=ids), year):
        found.setdefault(item.region_id, []).append(item)
    return found


def _begun(user, ids, year) -> set[int]:
    """Regions that have entered anything for the year, drafts included."""
    of_year = Q(year=year) | Q(kind=Kind.DECREE, created_at__year=year)
    rows = Evidence.objects.for_user(user).filter(of_year, region__in=ids)
    return set(rows.order_by().values_list("region_id", flat=True).distinct())


def _last_messages(user, ids, year) -> dict[int, CampaignMessage]:
    own = CampaignMessage.objects.for_user(user).filter(region__in=ids, year=year)
    newest = own.order_by().values("region").annotate(newest=Max("pk")).values("newest")
    rows = CampaignMessage.objects.for_user(user).filter(pk__in=newest).defer("content")
    return {row.region_id: row for row in rows.select_related("mailing__by")}


def _missing(row: Row, deadlines: dict) -> list[Missing]:
    if not row.assessments:
        deadline = deadlines.get((Kind.DECREE.value, row.region.pk))
        return [Missing("", "", *NO_POKJA, deadline=deadline)]
    found = []
    for item in row.assessments:
        for criterion in CRITERIA:
            result = item.results[criterion]
            if lacks(result):
                deadline = deadlines.get((BY_CRITERION[criterion].kind.value, row.region.pk))
                repair = _repair(criterion, result, row)
                returned = result.status == formula.TO_FIX
                found.append(
                    Missing(item.name, criterion, repair.fact, repair.fix, returned, deadline)
                )
    return found


def _repair(criterion: str, result: formula.Result, row: Row) -> Repair:
    label, level = BY_CRITERION[criterion].label, row.region.level
    return of_evidence(criterion, label, result, row.year, level, tells_drafts=True)


def letters_made(user, office: Region | None, year: int):
    """The letters an office made for a year, the newest first, with how many each."""
    rows = Mailing.objects.of_offices(user).filter(office=office, year=year, channel=Channel.LETTER)
    return rows.annotate(count=Count("messages")).select_related("by")

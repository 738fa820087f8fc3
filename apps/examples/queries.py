"""Which regions a Pokja may learn from, and what is shared; queries never grow with the rows.

Other regions show no more here than on the dashboards of the province and the nation (spec section
3): region, kind of Pokja, status. Documents come from shares alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from apps.accounts.enums import Act
from apps.effectiveness.formula import MET, Result
from apps.effectiveness.queries import Assessment, assess
from apps.evidence.kinds import BY_CRITERION
from apps.examples import formula
from apps.examples.formula import Place
from apps.examples.models import SHAREABLE, Share
from apps.pokja.enums import PokjaKind
from apps.pokja.models import Pokja
from apps.regions.models import Region, RegionProfile
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence

MOST = 3  # examples of one criterion
NARROWED = 12  # regions looked into for one criterion
HERE = OuterRef("pk")
COUNTS = ("villages", "urban_villages")


@dataclass(frozen=True)
class Example:
    """A Pokja of a similar region that meets a criterion; ``url`` of what it shares, or ""."""

    region: str
    province: str  # "" for a province itself
    kinds: str
    why: str  # "Kabupaten, 742 ribu penduduk, provinsi yang sama"
    url: str = ""
    title: str = ""  # of the shared item
    status: str = MET


@dataclass(frozen=True)
class ShareState:
    """What one person may do about sharing one item."""

    evidence_pk: int
    share: Share | None = None  # the running one
    may_share: bool = False
    may_stop: bool = False


def examples_for(
    pokja: Pokja, criteria: Iterable[str], year: int, user
) -> dict[str, list[Example]]:
    """For each criterion at most MOST similar regions that meet it in that year, nearest first;
    the last may be a farther one, where none of the nearest shares its document.

    ``criteria`` are codes of the year's rubric, usually those the Pokja does not meet. Regions are
    narrowed by their figures first, and only those are assessed. Queries: 1 for the regions, those
    of ``assess``, 1 for shares (and 1 for the kinds of the Pokja unless prefetched); none without
    criteria or for somebody without a post.
    """
    criteria = list(dict.fromkeys(criteria))
    if not criteria or not user.scope.may_read_shared:
        return {code: [] for code in criteria}
    kinds = frozenset(pokja.kinds)
    field = _Field(pokja.region_id, kinds, _regions(pokja.region, criteria, year, kinds), criteria)
    near = Pokja.objects.filter(region__in=field.narrowed())
    assessed = assess(near, year)
    met = {code: field.met(assessed, code) for code in criteria}
    rested_on = {_result(item, code).evidence_id for code in criteria for item in met[code]}
    shares = running_shares(rested_on - {None})
    found = {}
    for code in criteria:
        pairs = [(item, shares.get(_result(item, code).evidence_id)) for item in met[code]]
        shown = formula.worth_showing(pairs, lambda pair: pair[1], MOST)
        found[code] = [field.example(*pair) for pair in shown]
    return found


def _result(item: Assessment, code: str) -> Result | None:
    return item.results.get(code) or item.extra.get(code)


class _Field:
    """The regions of one level around a Pokja, as they are compared for several criteria."""

    def __init__(self, own_id: int, kinds: frozenset, rows: list[dict], criteria: list[str]):
        self.kinds, self.criteria = kinds, criteria
        self.rows = {row["pk"]: row for row in rows}
        self.places = {pk: _place(row) for pk, row in self.rows.items()}
        self.own = self.places[own_id]

    def narrowed(self) -> set[int]:
        """Ids of the regions worth assessing: for each criterion the nearest that have verified
        evidence of it (for criteria of other facts: that have a Pokja)."""
        by_code = {row["code"]: pk for pk, row in self.rows.items()}
        found = set()
        for at in range(len(self.criteria)):
            holding = [
                (self.places[pk], row["same_kind"])
                for pk, row in self.rows.items()
                if row[f"hint_{at}"]
            ]
            near = formula.nearest(self.own, holding, NARROWED)
            found |= {by_code[place.code] for place in near}
        return found

    def met(self, assessed: list[Assessment], code: str) -> list[Assessment]:
        """The best Pokja of each region that meets the criterion, the nearest region first."""
        best = {}
        for item in assessed:
            result = _result(item, code)
            if result is not None and result.is_met:
                rank = self._rank(item)
                if item.region_id not in best or rank < best[item.region_id][0]:
                    best[item.region_id] = rank, item
        return [item for _, item in sorted(best.values(), key=lambda pair: pair[0])]

    def _rank(self, item: Assessment) -> tuple:
        place = self.places[item.region_id]
        return *formula.rank(self.own, place, self._same_kind(item)), item.code

    def _same_kind(self, item: Assessment) -> bool:
        return not self.kinds.isdisjoint(item.kinds)

    def example(self, item: Assessment, share: Share | None) -> Example:
        row, place = self.rows[item.region_id], self.places[item.region_id]
        is_province = row["level"] == "provinsi"
        province = "" if is_province else row["province__name"]
        why = formula.reason(self.own, place, province=province, same_kind=self._same_kind(item))
        return Example(
            region=f"Provinsi {item.region_name}" if is_province else item.region_name,
            province=province,
            kinds=", ".join(PokjaKind(kind).label for kind in item.kinds),
            why=why,
            url=reverse("examples:shared", args=[share.pk]) if share else "",
            title=share.evidence.title if share else "",
        )


def _place(row: dict) -> Place:
    counts = [row[name] for name in COUNTS if row[name] is not None]
    return Place(row["code"], row["level"], row["population"], sum(counts) if counts else None)


def _regions(region, criteria, year, kinds) -> list[dict]:
    """Every region of the level with its newest figures, whether it has a Pokja of these kinds
    (``same_kind``), and for each criterion, by its place in the list, whether anything hints at
    its being met (``hint_0``); 1 query, which asks little of each region."""
    figures = {name: _newest(name) for name in ("population", *COUNTS)}
    hints = {f"hint_{at}": Exists(_hints(code, year)) for at, code in enumerate(criteria)}
    alike = Exists(Pokja.objects.filter(region=HERE, kind_rows__kind__in=kinds))
    rows = Region.objects.filter(level=region.level)
    rows = rows.annotate(**figures, **hints, same_kind=alike).order_by("code")
    names = ("pk", "code", "level", "province__name", "same_kind")
    return list(rows.values(*names, *figures, *hints))


def _newest(figure: str) -> Subquery:
    """The newest known figure of a region's profiles, whatever its year."""
    known = RegionProfile.objects.filter(region=HERE).exclude(**{figure: None})
    return Subquery(known.order_by("-year").values(figure)[:1])


def _hints(code: str, year: int):
    """What a region has where a criterion may be met; whether it is, ``assess`` says."""
    adapter = BY_CRITERION.get(code)
    if adapter is None:  # a criterion of other facts: any Pokja may meet it
        return Pokja.objects.filter(region=HERE)
    verified = Evidence.objects.filter(region=HERE, kind=adapter.kind, status=Status.VERIFIED)
    return verified if adapter.kind == Kind.DECREE else verified.filter(year=year)


def running_shares(evidence_ids: Iterable[int]) -> dict[int, Share]:
    """Running shares by evidence id; 1 query."""
    rows = Share.objects.running().filter(evidence__in=set(evidence_ids))
    return {row.evidence_id: row for row in rows.select_related("evidence")}


def share_state(evidences: Iterable[Evidence], user) -> dict[int, ShareState]:
    """Evidence id → what this person may do about sharing it; items without anything to show are
    left out. The evidence comes with its region; 2 queries, however many."""
    items = [item for item in evidences if item and item.kind in SHAREABLE]
    items = [item for item in items if item.status == Status.VERIFIED]
    if not items:
        return {}
    ids = [item.pk for item in items]
    counting = set(Evidence.objects.counting().filter(pk__in=ids).values_list("pk", flat=True))
    shares = running_shares(ids)
    found = {}
    for item in items:
        may_edit = user.scope.can(Act.EDIT, item.region)
        running = shares.get(item.pk)
        may_share = may_edit and running is None and item.pk in counting
        if running or may_share:
            found[item.pk] = ShareState(item.pk, running, may_share, bool(running) and may_edit)
    return found

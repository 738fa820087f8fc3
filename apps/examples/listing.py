"""The list of what regions share: filters of its address, and one page of rows."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Q

from apps.accounts.enums import Act
from apps.core.formats import format_number, local_time
from apps.evidence.kinds import ADAPTERS, BY_STEP
from apps.examples.models import Share
from apps.pokja.enums import PokjaKind
from apps.regions.models import Region
from apps.verification.models import Evidence

PAGE_SIZE = 25
KINDS = {step: adapter.label for step, adapter in BY_STEP.items()}
POKJA_PATHS = (
    "decree__coverage__pokja",
    "work_plan__pokja",
    "indicator_set__pokja",
    "budget__pokja",
)


@dataclass(frozen=True)
class Filters:
    """The filters in use; what the address names and does not exist is left out."""

    kind: str = ""  # a step: sk, rencana-kerja, indikator, anggaran
    province: Region | None = None
    pokja: str = ""  # a PokjaKind
    mine: bool = False

    def query(self, **changes) -> str:
        """The query string of this list with some filters changed; "" takes one away."""
        values = {
            "jenis": self.kind,
            "provinsi": self.province.code if self.province else "",
            "pokja": self.pokja,
            "milik": "saya" * self.mine,
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        found = [
            (KINDS[self.kind] if self.kind else "", "jenis"),
            (self.province.full_name if self.province else "", "provinsi"),
            (f"Pokja {PokjaKind(self.pokja).label}" if self.pokja else "", "pokja"),
            ("Wilayah saya" * self.mine, "milik"),
        ]
        return [(words, self.query(**{name: ""})) for words, name in found if words]


def filters_from(query, provinces: list[Region]) -> Filters:
    """Read the address."""
    kind, pokja = query.get("jenis", ""), query.get("pokja", "")
    code = query.get("provinsi", "")
    return Filters(
        kind=kind if kind in KINDS else "",
        province=next((row for row in provinces if row.code == code), None),
        pokja=pokja if pokja in PokjaKind.values else "",
        mine=query.get("milik", "") == "saya",
    )


@dataclass
class Row:
    """One shared item of the list."""

    share: Share
    pokja_kinds: str
    may_stop: bool

    @property
    def evidence(self) -> Evidence:
        return self.share.evidence

    @property
    def kind(self) -> str:
        return ADAPTERS[self.evidence.kind].label

    @property
    def shared_on(self) -> datetime:
        """On the clock of its region."""
        return local_time(self.share.shared_at, self.evidence.region.timezone_label)


def shared_items(user, filters: Filters):
    """Running shares the person may read that pass the filters, newest first."""
    rows = Share.objects.for_user(user)
    if filters.mine:
        rows = rows.filter(user.scope.rows(Share))
    if filters.kind:
        rows = rows.filter(evidence__kind=BY_STEP[filters.kind].kind)
    if filters.province:
        rows = rows.filter(evidence__region__province=filters.province)
    if filters.pokja:
        rows = rows.filter(evidence__in=_about(filters.pokja).values("pk"))
    return rows.order_by("-shared_at", "-id")


def _about(kind: str):
    """Evidence of Pokja that carry this kind."""
    found = Q()
    for path in POKJA_PATHS:
        found |= Q(**{f"{path}__kind_rows__kind": kind})
    return Evidence.objects.filter(found)


def page_of(user, filters: Filters, number) -> Page:
    """One page of rows; the same number of queries for 1 share and 1,000."""
    shares = shared_items(user, filters).select_related("evidence__region__province")
    page = Paginator(shares, PAGE_SIZE).get_page(number)
    shares = list(page.object_list)
    kinds = pokja_kinds([share.evidence_id for share in shares])
    page.object_list = [
        Row(
            share,
            kinds.get(share.evidence_id, ""),
            user.scope.can(Act.EDIT, share.evidence.region),
        )
        for share in shares
    ]
    return page


def pokja_kinds(evidence_ids) -> dict[int, str]:
    """Evidence id → the kinds of the Pokja it is about, in words; 1 query."""
    paths = [f"{path}__kind_rows__kind" for path in POKJA_PATHS]
    rows = Evidence.objects.filter(pk__in=evidence_ids).order_by("pk").distinct()
    found: dict[int, set[str]] = {}
    for pk, *kinds in rows.values_list("pk", *paths):
        found.setdefault(pk, set()).update(filter(None, kinds))
    order = {kind: at for at, kind in enumerate(PokjaKind.values)}
    return {
        pk: ", ".join(PokjaKind(kind).label for kind in sorted(kinds, key=order.get))
        for pk, kinds in found.items()
    }


def finding(count: int, filters: Filters) -> str:
    """The heading: 12 contoh dari daerah lain; of what the filters show."""
    if not count:
        return "Tidak ada contoh yang cocok" if filters.chips else "Belum ada contoh"
    where = "dibagikan wilayah Anda" if filters.mine else "dapat dipelajari"
    return f"{format_number(count)} contoh {where}"

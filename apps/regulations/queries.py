"""Which rows of the register a page shows, narrowed by what its address asks for."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from apps.accounts.enums import Act
from apps.accounts.scope import PERMISSIONS
from apps.core.formats import format_date
from apps.core.parsing import parse_date
from apps.regions.models import Region
from apps.regulations.codes import TOPICS, topic_label, topic_slug
from apps.regulations.models import Institution

MANAGERS = tuple(PERMISSIONS[Act.MANAGE_POKJA])
NATIONAL = "nasional"
PAGE_SIZE = 25


@dataclass(frozen=True)
class Filters:
    """The filters in use; what the address names and does not exist is left out.

    ``typed`` keeps a date that could not be read, with ``error`` saying why.
    """

    kind: str = ""
    kind_label: str = ""
    region: Region | None = None
    is_national: bool = False
    topic: str = ""
    on: date | None = None
    typed: str = ""
    error: str = ""

    def query(self, **changes) -> str:
        """The query string of this list with some filters changed; "" takes one away."""
        values = {
            "jenis": self.kind,
            "wilayah": NATIONAL if self.is_national else self.region.code if self.region else "",
            "topik": self.topic,
            "berlaku": self.on.isoformat() if self.on else "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        place = "Nasional" if self.is_national else self.region.full_name if self.region else ""
        found = [
            (self.kind_label, "jenis"),
            (place, "wilayah"),
            (f"Topik: {topic_label(self.topic)}" if self.topic else "", "topik"),
            (f"Berlaku pada {format_date(self.on)}" if self.on else "", "berlaku"),
        ]
        return [(words, self.query(**{name: ""})) for words, name in found if words]


def filters_from(query, user, kinds: dict[str, str]) -> Filters:
    """Read the address; ``kinds`` are the words its ``jenis`` may have, with their labels."""
    kind, place, day = query.get("jenis", ""), query.get("wilayah", ""), query.get("berlaku", "")
    on, error = _day(day.strip())
    return Filters(
        kind=kind if kind in kinds else "",
        kind_label=kinds.get(kind, ""),
        region=_region(place, user),
        is_national=place == NATIONAL,
        topic=_topic(query.get("topik", "")),
        on=on,
        typed="" if on else day[:60],
        error=error,
    )


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        return parse_date(text), ""
    except ValueError as error:
        return None, str(error)


def _topic(text: str) -> str:
    try:
        return topic_slug(text)
    except ValueError:
        return ""


def _region(code: str, user) -> Region | None:
    if not code or "\x00" in code:
        return None
    return Region.objects.with_pokja_level().for_user(user).filter(code=code[:13]).first()


def rows_for(model, user, filters: Filters):
    """Rows of one part of the register that the user may see, narrowed, in the list's order."""
    rows = model.objects.for_user(user).select_related("region")
    if filters.kind:
        rows = rows.filter(**{"form" if model is Institution else "kind": filters.kind})
    if filters.is_national:
        rows = rows.filter(region=None)
    elif filters.region and filters.region.is_province:
        rows = rows.filter(region__province=filters.region)
    elif filters.region:
        rows = rows.filter(region=filters.region)
    if filters.topic and model is not Institution:
        rows = rows.about(filters.topic)
    if filters.on:
        rows = rows.in_force_on(filters.on)
    return rows.order_by(*model._meta.ordering)


def regions_offered(user) -> list[Region]:
    """Regions to filter by: the provinces of the nation, or every region in scope."""
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    return list(rows.provinces() if user.scope.sees_all else rows)


def manageable_regions(user):
    """Regions whose register this person may change."""
    regions = Region.objects.with_pokja_level().for_user(user).select_related("province")
    if user.scope.is_admin:
        return regions
    allowed = [region.pk for region in regions if user.scope.can(Act.MANAGE_POKJA, region)]
    return regions.filter(pk__in=allowed)


def may_manage(user, row) -> bool:
    """Rows of the nation are kept in the admin, not here."""
    return row.region is not None and user.scope.can(Act.MANAGE_POKJA, row.region)


def topic_choices(current: str = "") -> list[tuple[str, str]]:
    """The suggested topics, and the one in use."""
    found = dict(TOPICS)
    if current:
        found.setdefault(current, topic_label(current))
    return list(found.items())


def state_of(row, today: date) -> tuple[str, str]:
    """(look, words) of how a row stands on a day: ok, wait or none."""
    if row.is_over(today):
        revoked = getattr(row, "revoked_by_id", None)
        return "none", f"{'Dicabut' if revoked else 'Berakhir'} {format_date(row.valid_until)}"
    if row.starts_on > today:
        return "wait", f"Mulai {format_date(row.starts_on)}"
    if row.valid_until:
        return "ok", f"Berlaku sampai {format_date(row.valid_until)}"
    return "ok", "Berlaku"

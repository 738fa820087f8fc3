"""What the address of the trail asks for, checked against what exists and what one may see."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q

from apps.accounts.models import User
from apps.audit.models import Entry
from apps.core.formats import ZONES, format_date
from apps.regions.models import Region
from apps.trail.forms import DaysForm, days_form
from apps.trail.words import kind_words

FIRST_YEAR = 2015
TEXT_LENGTH = 60
MOST_ACTORS = 50
KEPT_FOR = 600  # seconds the lists of deeds and kinds are remembered


@dataclass(frozen=True)
class Filters:
    """The filters in use; what the address names and does not exist is left out. Days are those
    of WIB; ``number`` is that of one record and counts only with its ``kind``; ``form`` says what
    is wrong with the days."""

    region: Region | None = None
    since: date | None = None
    until: date | None = None
    actor: str = ""
    action: str = ""
    kind: str = ""
    number: str = ""
    form: DaysForm | None = None

    def query(self, **changes) -> str:
        """The query string of this list with some filters changed; "" takes one away."""
        values = {
            "wilayah": self.region.code if self.region else "",
            "dari": self.since or "",
            "sampai": self.until or "",
            "pelaku": self.actor,
            "tindakan": self.action,
            "jenis": self.kind,
            "nomor": self.number,
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        kind = kind_words(self.kind) if self.kind else ""
        found = [
            (self.region.full_name if self.region else "", {"wilayah": ""}),
            (f"Sejak {format_date(self.since)}" if self.since else "", {"dari": ""}),
            (f"Sampai {format_date(self.until)}" if self.until else "", {"sampai": ""}),
            (f"Pelaku: {self.actor}" if self.actor else "", {"pelaku": ""}),
            (self.action, {"tindakan": ""}),
            (f"{kind} nomor {self.number}" if self.number else kind, {"jenis": "", "nomor": ""}),
        ]
        return [(words, self.query(**changes)) for words, changes in found if words]

    @property
    def words(self) -> str:
        """The filters in one line, for the head of a file."""
        return ", ".join(words for words, _ in self.chips)

    def rows(self, user):
        """The entries in scope that these filters leave, the last written first: an order that
        no clock disturbs. 1 query where days are asked for."""
        rows = Entry.objects.for_user(user)
        if self.region:
            rows = rows.filter(region_id__in=_ids_of(self.region))
        since = midnight(self.since) if self.since else None
        until = midnight(self.until + timedelta(days=1)) if self.until else None
        rows = rows.of_time(since, until)
        if self.actor:
            rows = rows.filter(actor_id__in=_actors(self.actor))
        if self.action:
            rows = rows.filter(action=self.action)
        if self.kind:
            rows = rows.filter(object_type=self.kind)
        if self.number:
            rows = rows.filter(object_id=self.number)
        return rows.order_by("-id")


def filters_from(query, user) -> Filters:
    """Read the address; the region only from among those of the user."""
    year = query.get("tahun", "")
    kind = word_of(query, "jenis")
    if year.isascii() and year.isdecimal() and len(year) == 4 and int(year) >= FIRST_YEAR:
        query = query.dict() | {"dari": f"{year}-01-01", "sampai": f"{year}-12-31"}
    form = days_form(query)
    since, until = form.days
    return Filters(
        region=region_of(query.get("wilayah", ""), user),
        since=since,
        until=until,
        actor=word_of(query, "pelaku"),
        action=word_of(query, "tindakan"),
        kind=kind,
        number=word_of(query, "nomor") if kind else "",
        form=form,
    )


def word_of(query, name: str, most: int = TEXT_LENGTH) -> str:
    """A text of the address: one line, without NUL, cut."""
    return " ".join(query.get(name, "").replace("\x00", "").split())[:most].strip()


def midnight(day: date) -> datetime:
    """The beginning of a day in Jakarta."""
    return datetime.combine(day, time.min, ZONES["WIB"])


def _ids_of(region: Region) -> list[int]:
    """A province stands for all of its regions."""
    if not region.is_province:
        return [region.pk]
    return list(Region.objects.filter(province=region).values_list("pk", flat=True))


def _actors(words: str) -> list[int]:
    found = User.objects.filter(Q(full_name__icontains=words) | Q(username__iexact=words))
    return list(found.order_by("pk").values_list("pk", flat=True)[:MOST_ACTORS])


# --- what can be chosen ----------------------------------------------------------------------


def region_of(code: str, user) -> Region | None:
    """The region of a code, if it is one of the user's."""
    if not code or "\x00" in code:
        return None
    return Region.objects.with_pokja_level().for_user(user).filter(code=code[:13]).first()


def regions_offered(user) -> list[Region]:
    """The provinces of the nation, or every region in scope."""
    rows = Region.objects.with_pokja_level().for_user(user).order_by("code")
    return list(rows.provinces() if user.scope.sees_all else rows)


def deeds_offered() -> list[str]:
    """Every deed the trail knows; the words alone tell of nobody."""
    return _remembered("action")


def kinds_offered() -> list[tuple[str, str]]:
    """(stored word, words) of every kind of data the trail knows."""
    kinds = ((kind, kind_words(kind)) for kind in _remembered("object_type"))
    return sorted(kinds, key=lambda each: each[1])


def _remembered(column: str) -> list[str]:
    key = f"jejak:{column}"
    found = cache.get(key)
    if found is None:
        rows = Entry.objects.order_by(column).values_list(column, flat=True)
        found = list(rows.distinct())
        cache.set(key, found, KEPT_FOR)
    return found

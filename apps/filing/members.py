"""What the page of members says: the finding, the sectors, what is missing and how to mend it."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.cells import fold
from apps.core.formats import format_date, parse_date
from apps.decrees.enums import CoverageRole
from apps.decrees.models import Decree, DecreeCoverage
from apps.filing.words import joined
from apps.pokja.enums import Sector
from apps.pokja.models import Pokja, Seat
from apps.pokja.roster import Place, grouped, roster, seats_of
from apps.pokja.sectors import institutions_of, needs_of, sector_counts
from apps.verification.enums import Status
from apps.verification.models import Evidence

NAMED = 5  # so many of a kind are named, the others counted


@dataclass(frozen=True)
class PokjaDecree:
    """One SK of a Pokja that can give seats: the newest version that is not cancelled."""

    decree: Decree

    @property
    def evidence(self) -> Evidence:
        return self.decree.evidence

    @property
    def starts_on(self) -> date | None:
        """The first day of its seats."""
        return self.decree.valid_from or self.decree.issued_on

    @property
    def label(self) -> str:
        """SK 188.45/12/2024, mulai 1 Januari 2024."""
        day = f", mulai {format_date(self.starts_on)}" if self.starts_on else ""
        return f"SK {self.decree.number or 'tanpa nomor'}{day}"


def decrees_of(pokja: Pokja, user) -> list[PokjaDecree]:
    """The SK that establish or change a Pokja, newest first; 1 query."""
    rows = (
        DecreeCoverage.objects.for_user(user)
        .filter(pokja=pokja)
        .exclude(role=CoverageRole.REVOKE)
        .exclude(decree__evidence__status=Status.CANCELLED)
        .select_related("decree__evidence")
        .order_by("decree__evidence__version", "id")
    )
    newest = {row.decree.evidence.family: PokjaDecree(row.decree) for row in rows}
    return sorted(
        newest.values(), key=lambda item: (item.starts_on or date.max, item.decree.pk), reverse=True
    )


def decree_before(decree: PokjaDecree, decrees: list[PokjaDecree]) -> PokjaDecree | None:
    """The newest SK that began before this one."""
    if decree.starts_on is None:
        return None
    older = [item for item in decrees if item.starts_on and item.starts_on < decree.starts_on]
    return older[0] if older else None


@dataclass(frozen=True)
class Filters:
    """What the address asks for; a value that does not exist is left out, not refused."""

    day: date
    today: date
    sector: str = ""
    text: str = ""
    decree: PokjaDecree | None = None

    @property
    def is_past(self) -> bool:
        return self.day != self.today

    def query(self, **changes) -> str:
        """The query string with some filters changed; "" takes one away."""
        values = {
            "per": self.day.isoformat() if self.is_past else "",
            "unsur": self.sector,
            "cari": self.text,
            "sk": self.decree.evidence.pk if self.decree else "",
        } | changes
        return urlencode({name: value for name, value in values.items() if value})

    @property
    def today_query(self) -> str:
        """The same list as it is today."""
        return self.query(per="")

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Active filters as (words, query string without it)."""
        found = []
        if self.is_past:
            found.append((f"Per {format_date(self.day)}", self.query(per="")))
        if self.sector:
            found.append((f"Unsur: {Sector(self.sector).label}", self.query(unsur="")))
        if self.text:
            found.append((f"Cari: {self.text}", self.query(cari="")))
        if self.decree:
            found.append((f"SK {self.decree.decree.number}", self.query(sk="")))
        return found

    def admits(self, place: Place) -> bool:
        seat = place.seat
        if self.sector and seat.sector != self.sector:
            return False
        if self.decree and not gives(self.decree, seat):
            return False
        words = (seat.position, seat.home_post, seat.institution, seat.group)
        name = place.holder.name if place.holder else ""
        return not self.text or fold(self.text) in fold(" ".join((*words, name)))


def gives(decree: PokjaDecree, seat: Seat) -> bool:
    """Is this the SK of the seat, in whatever version?"""
    return seat.decree is not None and seat.decree.family == decree.evidence.family


def filters_from(query, decrees: list[PokjaDecree], today: date) -> Filters:
    """Read the address: per, unsur, cari, sk."""
    try:
        day = parse_date(query.get("per", "").strip())
    except ValueError:
        day = today
    sector, chosen = query.get("unsur", ""), query.get("sk", "")
    return Filters(
        day=day,
        today=today,
        sector=sector if sector in Sector.values else "",
        text=" ".join(query.get("cari", "").replace("\x00", "").split())[:100],
        decree=next((item for item in decrees if str(item.evidence.pk) == chosen), None),
    )


@dataclass(frozen=True)
class Gap:
    """A fact that is missing, the way to mend it, and where; links are (words, address)."""

    fact: str
    fix: str
    links: list[tuple[str, str]] = field(default_factory=list)


class Members:
    """The roster of a Pokja on a day as one person sees it; 6 queries whatever its size."""

    def __init__(self, pokja: Pokja, user, query, today: date):
        self.pokja = pokja
        self.decrees = decrees_of(pokja, user)
        self.seats = seats_of(pokja, user)
        self.filters = filters_from(query, self.decrees, today)
        self.places = roster(self.seats, self.filters.day)
        self.shown = [place for place in self.places if self.filters.admits(place)]
        self.groups = [
            (group.name, [(place, number_of(place.seat, self.decrees)) for place in group.places])
            for group in grouped(self.shown)
        ]

    @cached_property
    def held(self) -> list[Seat]:
        return [place.seat for place in self.places]

    @cached_property
    def sectors(self):
        return sector_counts(self.held)

    @cached_property
    def needs(self):
        return needs_of(self.pokja, self.held)

    @property
    def heading(self) -> str:
        """ "21 orang dari 9 instansi; unsur media belum terwakili"."""
        if self.places:
            return f"{counts_of(self.held)}; {sectors_words(self.held)}"
        if self.filters.is_past:
            return f"Belum ada anggota pada {format_date(self.filters.day)}"
        return "Belum ada anggota"

    def gaps(self) -> list[Gap]:
        """What the roster of that day lacks, each with its repair."""
        if not self.places and not self.decrees:
            return []
        found = [*self._unseated(), self._nameless(), self._without_decree(), *self._unfilled()]
        return [gap for gap in found if gap]

    def _unseated(self) -> list[Gap]:
        """Requirements nobody meets, and the sectors that no requirement has named already."""
        if not self.places:
            return []
        rules = [need.rule for need in self.needs if not need.is_met]
        told = {rule.sector for rule in rules}
        sectors = [item for item in self.sectors if not item.count and item.sector not in told]
        return [Gap(f"{rule.label} belum terwakili", rule.advice) for rule in rules] + [
            Gap(f"Unsur {item.label.lower()} belum terwakili", item.invite) for item in sectors
        ]

    def _nameless(self) -> Gap | None:
        found = [place.seat for place in self.places if place.holder is None]
        return self._counted(found, "belum ada nama pejabat", "Buka Ubah pada kursi itu, isi nama")

    def _without_decree(self) -> Gap | None:
        found = [place.seat for place in self.places if place.seat.decree is None]
        return self._counted(found, "belum disebut SK-nya", "Buka Ubah pada kursi itu, pilih SK")

    def _counted(self, seats: list[Seat], lack: str, fix: str) -> Gap | None:
        if not seats:
            return None
        names = [str(seat) for seat in seats[:NAMED]]
        more = f" dan {len(seats) - NAMED} lainnya" if len(seats) > NAMED else ""
        return Gap(f"{len(seats)} kursi {lack}: {'; '.join(names)}{more}", fix)

    def _unfilled(self) -> list[Gap]:
        """SK without a seat: copied from the one before, or filled from its annex."""
        empty = [item for item in self.decrees if not self.is_filled(item)]
        return [self._unfilled_gap(item) for item in empty[:NAMED]]

    def is_filled(self, decree: PokjaDecree) -> bool:
        return any(gives(decree, seat) for seat in self.seats)

    def _unfilled_gap(self, decree: PokjaDecree) -> Gap:
        links = [("Isi dari lampiran", self._address("filing:seat_import", decree))]
        before = decree_before(decree, self.decrees)
        if before and self.is_filled(before):
            links.insert(0, ("Salin dari SK sebelumnya", self._address("filing:seat_copy", decree)))
        fact = f"SK {decree.decree.number or 'tanpa nomor'} belum memuat anggota"
        return Gap(fact, "Susunan anggota diisi dari lampiran SK", links)

    def _address(self, name: str, decree: PokjaDecree) -> str:
        return f"{reverse(name, args=[self.pokja.pk])}?sk={decree.evidence.pk}"


def counts_of(seats: list[Seat]) -> str:
    """21 orang dari 9 instansi."""
    return f"{len(seats)} orang dari {len(institutions_of(seats))} instansi"


def sectors_words(seats: list[Seat]) -> str:
    """ "unsur media belum terwakili"; "kelima unsur terwakili"."""
    lacking = [item.label.lower() for item in sector_counts(seats) if not item.count]
    return f"unsur {joined(lacking)} belum terwakili" if lacking else "kelima unsur terwakili"


# --- out -------------------------------------------------------------------------------------

HEADERS = (
    "kedudukan",
    "instansi",
    "unsur",
    "jabatan_asal",
    "bidang",
    "nama",
    "mulai",
    "sampai",
    "sk",
)
WIDTHS = {"instansi": 34, "jabatan_asal": 34, "bidang": 30, "nama": 30, "sk": 30}


def table_rows(places: list[Place], decrees: list[PokjaDecree]) -> list[list]:
    """The places as the import takes them, with the number of the SK behind."""
    return [
        [
            place.seat.position,
            place.seat.institution,
            place.seat.get_sector_display().lower(),
            place.seat.home_post,
            place.seat.group,
            place.holder.name if place.holder else "",
            place.seat.started_on,
            place.seat.ended_on,
            number_of(place.seat, decrees),
        ]
        for place in places
    ]


def number_of(seat: Seat, decrees: list[PokjaDecree]) -> str:
    """The number of the SK that gives the seat, as its newest version has it; "" without SK."""
    if seat.decree is None:
        return ""
    found = next((item for item in decrees if gives(item, seat)), None)
    return found.decree.number if found else seat.decree.title.removeprefix("SK ")

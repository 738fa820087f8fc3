"""What part of the figures an address asks for: ``?jenis=``, ``?kriteria=``, ``?sebaya=``.

One frozen value that every page and file hands on, so that all of them count the same. Pure: the
regions alike a named one are looked up elsewhere (``peers``) and handed in with ``resolved``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_WORDS
from apps.examples.formula import ISLANDS
from apps.pokja.enums import PokjaKind

KIND, CRITERION, PEERS = "jenis", "kriteria", "sebaya"  # parameters of the address
NATION, PROVINCE, DISTRICT = "nation", "province", "district"
LEVELS = {"kabupaten": "kabupaten", "kota": "kota"}  # peer groups inside a province
MAX_TOLD = 40  # characters of an unknown value that are repeated


def island_slug(name: str) -> str:
    """ "Bali dan Nusa Tenggara" -> "bali-dan-nusa-tenggara"."""
    return name.lower().replace(" ", "-")


ISLAND_NAMES = {island_slug(name): name for name in ISLANDS.values()}
_PROVINCE_CODE, _DISTRICT_CODE = re.compile(r"[0-9]{2}"), re.compile(r"[0-9]{2}\.[0-9]{2}")


@dataclass(frozen=True)
class Selection:
    """``kind``: a kind of Pokja; ``criterion``: one of the four, whose share stands in the place of
    the effective one; ``peers``: "kabupaten", "kota", a group of islands, or the code of a region
    that the shown ones resemble. Empty means all.

    ``complaints`` are sentences on values that were dropped. ``members``: the codes behind
    ``peers`` where it is a code, ``peer_name`` the name of that region (see ``resolved``).
    """

    kind: str = ""
    criterion: str = ""
    peers: str = ""
    complaints: tuple[str, ...] = field(default=(), compare=False)
    members: frozenset[str] | None = field(default=None, compare=False)
    peer_name: str = field(default="", compare=False)

    @classmethod
    def of(cls, request) -> "Selection":
        """Read from an address; a value that is not known is dropped and told, never an error."""
        found, complaints = {}, []
        for name, parameter, known, what in _READ:
            typed = request.GET.get(parameter, "").strip()
            value = typed.lower().replace("-", "_") if name != "peers" else typed.lower()
            if not typed or known(value):
                found[name] = value
            else:
                complaints.append(f"{what} “{_short(typed)}” tidak dikenal, jadi tidak dipakai.")
        return cls(**found, complaints=tuple(complaints))

    def at(self, level: str) -> "Selection":
        """As a page of the nation, a province or a kab/kota understands it: a peer group of
        another level is dropped and told."""
        if not self.peers or self._fits(level):
            return self
        return self.without_peers(
            f"Kelompok sebaya “{self.peer_words}” tidak berlaku di halaman ini."
        )

    def _fits(self, level: str) -> bool:
        if level == NATION:
            return self.peers in ISLAND_NAMES or bool(_PROVINCE_CODE.fullmatch(self.peers))
        return self.peers in LEVELS or bool(_DISTRICT_CODE.fullmatch(self.peers))

    def resolved(self, members: Iterable[str], name: str) -> "Selection":
        """With the codes of the regions alike the named one."""
        return replace(self, members=frozenset(members), peer_name=name)

    def without_peers(self, complaint: str) -> "Selection":
        return replace(self.without(PEERS), complaints=(*self.complaints, complaint))

    def without(self, parameter: str) -> "Selection":
        """With one of the three parameters taken away."""
        if parameter == PEERS:
            return replace(self, peers="", members=None, peer_name="")
        return replace(self, **{"kind" if parameter == KIND else "criterion": ""})

    @property
    def needs_members(self) -> bool:
        """Is the peer group named by a region whose like must be looked up?"""
        return self.peers[:1].isdigit() and self.members is None

    # --- what it does ------------------------------------------------------------------------

    def narrow(self, items: Iterable) -> list:
        """The assessments of the kind, in the regions of the peer group."""
        if self.is_every_pokja:
            return list(items)
        return [
            item
            for item in items
            if self.has_kind(item.kinds) and self.includes(item.region_code, item.region_level)
        ]

    def has_kind(self, kinds: Iterable[str]) -> bool:
        """A Pokja without a kind stands under "Lainnya", as in the heat table."""
        return not self.kind or self.kind in (kinds or [PokjaKind.LAINNYA])

    def includes(self, code: str, level: str) -> bool:
        """Does a region stand in the peer group? Of a group of islands each region stands in it;
        of provinces alike, their kab/kota too."""
        if not self.peers:
            return True
        if self.peers in LEVELS:
            return level == self.peers
        if self.peers in ISLAND_NAMES:
            return ISLANDS.get(code[:1]) == ISLAND_NAMES[self.peers]
        return self.members is None or code in self.members or code[:2] in self.members

    def includes_region(self, region) -> bool:
        return self.includes(region.code, region.level)

    def share(self, tally: Tally) -> Share:
        """Effective Pokja, or those that meet the chosen criterion."""
        return tally.criterion(self.criterion) if self.criterion else tally.share

    # --- how it is told ----------------------------------------------------------------------

    @property
    def is_whole(self) -> bool:
        return not (self.kind or self.criterion or self.peers)

    @property
    def is_every_pokja(self) -> bool:
        """Are all Pokja counted, whatever is told of them?"""
        return not (self.kind or self.peers)

    @property
    def query(self) -> dict[str, str]:
        """The parameters that ask for it again; none for the whole."""
        pairs = ((KIND, self.kind), (CRITERION, self.criterion), (PEERS, self.peers))
        return {name: value for name, value in pairs if value}

    @property
    def kind_words(self) -> str:
        """ "Pokja GDPK"; "Pokja" for all kinds."""
        return f"Pokja {PokjaKind(self.kind).label}" if self.kind else "Pokja"

    @property
    def criterion_words(self) -> str:
        """ "memenuhi anggaran", or "efektif"."""
        return f"memenuhi {CRITERION_WORDS[self.criterion]}" if self.criterion else "efektif"

    @property
    def subject(self) -> str:
        """ "Pokja efektif", "Pokja GDPK yang memenuhi anggaran"."""
        return f"{self.kind_words} {'yang ' if self.criterion else ''}{self.criterion_words}"

    @property
    def measure(self) -> str:
        """ "Bagian Pokja yang efektif"."""
        return f"Bagian {self.kind_words} yang {self.criterion_words}"

    def place(self, regions: int, unit: str, area: str = "") -> str:
        """Where the shown Pokja are: "38 provinsi", "7 provinsi di Sulawesi", "3 kota di Sulawesi
        Selatan" (``area``), "8 provinsi sebaya Bali"; the area itself without a peer group."""
        many = format_number(regions)
        if not self.peers:
            return area or f"{many} {unit}"
        if self.peers in LEVELS:
            return f"{many} {self.peers} di {area}"
        if self.peers in ISLAND_NAMES:
            return f"{many} {unit} di {ISLAND_NAMES[self.peers]}"
        return f"{many} {unit} sebaya {self.peer_name or self.peers}"

    @property
    def peer_words(self) -> str:
        """ "kabupaten", "Sulawesi", "sebaya Bone"; empty for all."""
        if not self.peers:
            return ""
        named = LEVELS.get(self.peers) or ISLAND_NAMES.get(self.peers)
        return named or f"sebaya {self.peer_name or self.peers}"

    @property
    def words(self) -> str:
        """ "Pokja GDPK, kabupaten, kriteria anggaran"; empty for the whole."""
        parts = (
            self.kind and self.kind_words,
            self.peer_words,
            self.criterion and f"kriteria {CRITERION_WORDS[self.criterion]}",
        )
        return ", ".join(filter(None, parts))


WHOLE = Selection()


def _known_peers(value: str) -> bool:
    return (
        value in LEVELS
        or value in ISLAND_NAMES
        or bool(_PROVINCE_CODE.fullmatch(value) or _DISTRICT_CODE.fullmatch(value))
    )


_READ = (
    ("kind", KIND, PokjaKind.values.__contains__, "Jenis Pokja"),
    ("criterion", CRITERION, CRITERIA.__contains__, "Kriteria"),
    ("peers", PEERS, _known_peers, "Kelompok sebaya"),
)


def _short(typed: str) -> str:
    return typed if len(typed) <= MAX_TOLD else f"{typed[:MAX_TOLD]}…"

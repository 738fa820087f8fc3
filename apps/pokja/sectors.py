"""Are all sectors at the table? The five of the pentahelix, and who must sit there by rule."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from apps.core.cells import fold
from apps.pokja.enums import RequiredSector, Sector
from apps.pokja.models import Pokja, RosterRequirement, Seat

# What to do where a sector has no seat yet.
INVITE = {
    Sector.GOVERNMENT: "Masukkan perangkat daerah terkait, misalnya OPD KB dan Bappeda",
    Sector.ACADEMIA: "Minta perguruan tinggi setempat menunjuk wakilnya",
    Sector.BUSINESS: "Ajak perusahaan atau asosiasi usaha di daerah",
    Sector.COMMUNITY: "Ajak organisasi masyarakat, misalnya TP PKK atau organisasi profesi",
    Sector.MEDIA: "Ajak media setempat, misalnya radio atau surat kabar daerah",
}
BUILTIN = (
    (
        "pemerintah",
        "Pemerintah",
        RequiredSector.GOVERNMENT,
        "Masukkan perangkat daerah terkait pada SK berikutnya",
    ),
    (
        "nonpemerintah",
        "Nonpemerintah",
        RequiredSector.OTHERS,
        "Ajak wakil perguruan tinggi, dunia usaha, komunitas, atau media",
    ),
)
SOURCE = "Indikator masukan Pokja efektif, BKKBN"


@dataclass(frozen=True)
class SectorCount:
    """One of the five sectors on a day: how many seats, in percent of the largest sector."""

    sector: Sector
    count: int
    share: int = 0

    @property
    def label(self) -> str:
        return self.sector.label

    @property
    def invite(self) -> str:
        """What to do; empty where the sector is there."""
        return "" if self.count else INVITE[self.sector]


def sector_counts(seats: Iterable[Seat]) -> list[SectorCount]:
    """All five, in their fixed order."""
    held = Counter(seat.sector for seat in seats)
    most = max(held.values(), default=1)
    return [SectorCount(sector, held[sector], held[sector] * 100 // most) for sector in Sector]


def institutions_of(seats: Iterable[Seat]) -> set[str]:
    """Different institutions, whatever the case and signs."""
    return {fold(seat.institution) for seat in seats}


@dataclass(frozen=True)
class Need:
    """One requirement and whether somebody meets it."""

    rule: RosterRequirement
    is_met: bool


def needs_of(pokja: Pokja, seats: list[Seat]) -> list[Need]:
    """The rules that hold for a Pokja, in their order; 1 query beside the Pokja's types."""
    kinds = set(pokja.kinds)
    rules = RosterRequirement.objects.filter(is_active=True)
    return [
        Need(rule, any(meets(seat, rule) for seat in seats))
        for rule in rules
        if not rule.kind or rule.kind in kinds
    ]


def meets(seat: Seat, rule: RosterRequirement) -> bool:
    """Does this seat answer the rule? An institution may be one of several spellings."""
    if rule.sector == RequiredSector.OTHERS:
        return seat.sector != Sector.GOVERNMENT
    if rule.sector:
        return seat.sector == rule.sector
    spellings = filter(None, map(fold, rule.institution.split(";")))
    return any(spelling in fold(seat.institution) for spelling in spellings)


def load_roster_requirements() -> int:
    """The two sectors of BKKBN's indicator, where they are missing; how many were added.

    What was edited or switched off in the admin stays as it is.
    """
    added = 0
    for order, (code, label, sector, advice) in enumerate(BUILTIN, start=1):
        _, created = RosterRequirement.objects.get_or_create(
            code=code,
            defaults={
                "label": label,
                "sector": sector,
                "advice": advice,
                "source": SOURCE,
                "order": order,
            },
        )
        added += created
    return added

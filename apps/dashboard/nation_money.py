"""Money of the nation by source, and of each province: read on a page of its own, since every
budget of the country stands behind it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from apps.core.formats import format_percent
from apps.dashboard.panels_money import ZERO, Source, money, sources
from apps.dashboard.queries import verified_lines
from apps.dashboard.selection import Selection
from apps.dashboard.tables import REGION, Sheet, money_sheet
from apps.effectiveness.moment import Moment
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja
from apps.regions.models import Region

HEADERS = (
    *REGION,
    ("pagu_rp", "Pagu (Rp)"),
    ("bagian", "Bagian"),
    ("sumber_terbesar", "Sumber terbesar"),
    ("pokja_beranggaran", "Pokja dengan anggaran"),
    ("pokja", "Pokja"),
)


@dataclass(frozen=True)
class NationMoney:
    """``items``: the assessed Pokja of the selection; ``lines``: (fund source, ceiling in rupiah)
    of the verified budget that meets the criterion, by Pokja id."""

    items: list
    lines: Mapping[int, list]

    @classmethod
    def of(cls, year: int, selection: Selection, moment: Moment | None = None) -> "NationMoney":
        """Queries: those of one assessment, and 1 for the lines."""
        found = assess(Pokja.objects.all(), year, known=moment and moment.known)
        items = selection.narrow(found)
        return cls(items, verified_lines(items))

    def panel(self) -> dict:
        return money(self.items, self.lines)

    def sheets(self) -> tuple[Sheet, Sheet]:
        """By source, and by province; 1 query."""
        return money_sheet(sources(self.lines)), self.by_province()

    def by_province(self) -> Sheet:
        """The largest first; 1 query."""
        grouped: dict[int, list] = {}
        for item in self.items:
            grouped.setdefault(item.province_id, []).append(item)
        total = _amount(self.lines.values())
        rows = [
            _province(region, grouped[region.pk], self.lines, total)
            for region in sorted(Region.objects.in_bulk(grouped).values(), key=attrgetter("code"))
        ]
        rows.sort(key=lambda row: (-row[2], row[1]))
        note = "Pagu Pokja yang sudah diverifikasi, provinsi dengan kabupaten/kotanya"
        return Sheet("provinsi", "Menurut provinsi", note, HEADERS, rows)


def _province(region: Region, items: list, lines: Mapping[int, list], total: Decimal) -> tuple:
    own = {item.pokja_id: lines[item.pokja_id] for item in items if item.pokja_id in lines}
    found: list[Source] = sources(own)
    amount = _amount(own.values())
    return (
        *(region.code, region.label, amount),
        format_percent(amount, total) if total else "",
        found[0].label if found else "",
        *(len(own), len(items)),
    )


def _amount(lines: Iterable[Iterable[tuple[str, Decimal]]]) -> Decimal:
    return sum((ceiling for held in lines for _, ceiling in held), ZERO)

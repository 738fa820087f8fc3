"""The tables behind the figures of a dashboard: the same numbers as its heading, cards, map,
ranking, heat table and trend, because they are taken from the same figures. Pure: no query.

Counts and statuses only; a Pokja is named on the page of a kab/kota alone, which nobody opens who
does not reach it (spec section 3).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from apps.core.looks import CRITERIA, CRITERION_SHORT
from apps.dashboard.heat import columns, kinds_of
from apps.dashboard.history import History
from apps.dashboard.panels_money import Source
from apps.dashboard.panels_returns import Returned
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_LABELS, look
from apps.pokja.enums import PokjaKind

# Header of a file -> above a column of the page. Words of the four criteria stand once.
MET = tuple(zip(CRITERIA, CRITERION_SHORT, strict=True))
REGION = (("kode_wilayah", "Kode"), ("wilayah", "Daerah"))
NO_DATA, NO_POKJA = "belum ada data", "belum ada Pokja"


@dataclass(frozen=True)
class Sheet:
    """One table. ``key`` names it in addresses; ``headers``: (name in files, words on the page);
    cells are text, whole numbers, rupiah as Decimal, or None where there is no figure."""

    key: str
    title: str
    note: str
    headers: tuple[tuple[str, str], ...]
    rows: list[tuple]


# --- what every level has --------------------------------------------------------------------


def criteria_sheet(total: Tally) -> Sheet:
    """The cards: effective Pokja, and each criterion met, waiting and lacking."""
    effective = total.effective if total.is_rated else None
    rows = [("Pokja efektif", effective, None, None, total.pokja)]
    rows += [
        (
            CRITERION_LABELS[name],
            total.met[name],
            total.waiting[name],
            total.missing(name),
            total.pokja,
        )
        for name in CRITERIA
    ]
    headers = (
        ("ukuran", "Ukuran"),
        ("terpenuhi", "Terpenuhi"),
        ("menunggu", "Menunggu"),
        ("belum", "Belum"),
        ("dari", "Dari"),
    )
    return Sheet("kriteria", "Menurut kriteria", "Satuan: Pokja", headers, rows)


def trend_sheet(lines: Sequence[tuple[str, History]]) -> Sheet:
    """The years of a trend, for each of some areas: (name, its history)."""
    rows = [
        (name, year, *_of_year(counts))
        for name, history in lines
        for year, counts in zip(history.years, history.tallies, strict=True)
    ]
    headers = (
        ("daerah", "Daerah"),
        ("tahun", "Tahun"),
        ("pokja", "Pokja"),
        ("efektif", "Efektif"),
        *MET,
    )
    note = "Satuan: Pokja. Tahun tanpa isian tidak berangka."
    return Sheet("tren", "Dari tahun ke tahun", note, headers, rows)


def _of_year(counts: Tally) -> tuple:
    if not (counts.has_data and counts.is_rated):
        return (counts.pokja, *[None] * (1 + len(CRITERIA)))
    return counts.pokja, counts.effective, *counts.met.values()


def money_sheet(found: Iterable[Source]) -> Sheet:
    rows = [(each.label, each.amount, each.pokja) for each in found]
    headers = (("sumber_dana", "Sumber dana"), ("pagu_rp", "Pagu (Rp)"), ("pokja", "Pokja"))
    note = "Pagu Pokja yang sudah diverifikasi; satu Pokja dapat memakai beberapa sumber."
    return Sheet("anggaran", "Anggaran menurut sumber dana", note, headers, rows)


def returned_sheet(found: Returned) -> Sheet:
    rows = [(CRITERION_LABELS[name], *share) for name, share in found.decided.items()]
    headers = (
        ("kriteria", "Kriteria"),
        ("dikembalikan", "Dikembalikan"),
        ("keputusan", "Dari keputusan"),
    )
    note = f"Keputusan verifikasi pada tahun {found.year}, semua jenis Pokja"
    return Sheet("pengembalian", "Yang dikembalikan", note, headers, rows)


def reasons_sheet(found: Returned) -> Sheet:
    rows = [
        (reason.label, CRITERION_LABELS[name], reason.count, reason.advice)
        for name, reason in found.reasons
    ]
    headers = (
        ("alasan", "Alasan"),
        ("kriteria", "Kriteria"),
        ("kali", "Kali"),
        ("cara_memperbaiki", "Cara memperbaiki"),
    )
    note = f"Tiga yang paling sering pada tahun {found.year}, semua jenis Pokja"
    return Sheet("alasan", "Alasan pengembalian tersering", note, headers, rows)


# --- regions ---------------------------------------------------------------------------------

REGION_HEADERS = (
    ("peringkat", "No."),
    *REGION,
    ("pokja", "Pokja"),
    ("efektif", "Efektif"),
    *MET,
    ("menunggu", "Menunggu"),
    ("kriteria_terpenuhi", "Kriteria"),
    ("kriteria_dari", "Dari"),
    ("tahun_lalu", "Tahun lalu"),
    ("tahun_lalu_dari", "Dari"),
    ("perubahan", "Perubahan"),
    ("keterangan", "Keterangan"),
)


class RegionRow(NamedTuple):
    """What is told of a region: its place in the order asked for, its counts, its met criteria out
    of all, its share in the year before, and its change in words."""

    rank: int | None
    code: str
    name: str
    counts: Tally
    criteria: Share
    before: Share | None = None
    change: str = ""


def regions_sheet(rows: Iterable[RegionRow], subject: str) -> Sheet:
    """The map, the ranking and the table of regions. ``subject``: what the shares are of, for the
    year before and the change."""
    note = f"Satuan: Pokja; kolom Kriteria: kriteria terpenuhi. Tahun lalu dan perubahan: {subject}"
    return Sheet("daerah", "Menurut daerah", note, REGION_HEADERS, [_region(row) for row in rows])


def _region(row: RegionRow) -> tuple:
    counts = row.counts
    told = "" if counts.has_data else NO_DATA if counts.pokja else NO_POKJA
    return (
        *(row.rank, row.code, row.name, counts.pokja),
        counts.effective if counts.is_rated else None,
        *counts.met.values(),
        counts.all_waiting,
        *row.criteria,
        *(row.before or (None, None)),
        row.change,
        told,
    )


KIND_HEADERS = (
    *REGION,
    ("jenis", "Jenis Pokja"),
    ("pokja", "Pokja"),
    ("efektif", "Efektif"),
    *MET,
    ("kriteria_terbanyak", "Kriteria"),
    ("kriteria_dari", "Dari"),
)


def kinds_sheet(
    regions: Iterable[tuple[str, object]], items, expected: Sequence[str], only: str = ""
) -> Sheet:
    """The heat table: a row for each region and kind, also where there is no such Pokja.

    ``regions``: (name, region) in their order; ``items``: their assessments; ``expected``: kinds
    that every region should have; ``only``: the one kind that is asked for.
    """
    by_region = kinds_of(items)
    kinds = [only] if only else columns(by_region, expected)
    rows = [
        (region.code, name, PokjaKind(kind).label, *_of_kind(found.get(kind, [])))
        for name, region in regions
        for found in (by_region.get(region.pk, {}),)
        for kind in kinds
    ]
    note = (
        "Pokja dengan beberapa jenis dihitung pada tiap jenisnya. Kolom Kriteria: yang terpenuhi "
        "pada Pokja dengan terbanyak, seperti angka pada tabel warna"
    )
    return Sheet("jenis", "Menurut daerah dan jenis Pokja", note, KIND_HEADERS, rows)


def _of_kind(items: list) -> tuple:
    if not items:
        return (0, *[None] * (3 + len(CRITERIA)))
    best = max(items, key=lambda item: item.met)
    rated = any(item.effective is not None for item in items)
    return (
        len(items),
        sum(item.effective is True for item in items) if rated else None,
        *(sum(item.results[name].is_met for item in items) for name in CRITERIA),
        best.met,
        best.possible,
    )


def pokja_sheet(items: Iterable, lines: dict) -> Sheet:
    """The table of a kab/kota: its Pokja one by one, with their verified money."""
    rows = [
        (
            item.name,
            ", ".join(PokjaKind(kind).label for kind in item.kinds),
            *(look(item.results[name]).word for name in CRITERIA),
            item.met,
            item.possible,
            VERDICTS[item.effective],
            sum((amount for _, amount in lines.get(item.pokja_id, ())), Decimal(0)) or None,
        )
        for item in items
    ]
    headers = (
        ("pokja", "Pokja"),
        ("jenis", "Jenis"),
        *MET,
        ("kriteria_terpenuhi", "Terpenuhi"),
        ("kriteria_dari", "Dari"),
        ("hasil", "Hasil"),
        ("pagu_rp", "Pagu (Rp)"),
    )
    return Sheet("pokja", "Menurut Pokja", "Status tiap kriteria", headers, rows)


VERDICTS = {True: "Efektif", False: "Belum efektif", None: "Tidak dapat dinilai"}

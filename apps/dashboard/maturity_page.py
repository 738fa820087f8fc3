"""Movement between two years of a region or the nation, told to one viewer: names only where they
reach."""

from collections import Counter
from collections.abc import Callable, Iterable

from apps.core.formats import format_date, format_number
from apps.dashboard import findings_panels as findings
from apps.dashboard import panels
from apps.dashboard.findings import pokja_reason
from apps.dashboard.html import bar, safe
from apps.dashboard.links import Viewer
from apps.dashboard.panels_maturity import CLASSES, Move, items_of, movement
from apps.dashboard.queries import FIRST_YEAR
from apps.dashboard.selection import Selection
from apps.dashboard.table_out import table_html
from apps.dashboard.tables import REGION, Sheet
from apps.dashboard.tallies import Share
from apps.effectiveness.breaks import break_words, breaks_between
from apps.regions.models import Region

MOST_NAMED = 60  # Pokja of one list; the CSV has all
HEADERS = (
    "kode_wilayah",
    "wilayah",
    "kelas_sebelum",
    "kelas",
    "efektif_sebelum",
    "efektif",
    "jumlah_pokja",
    "nama_pokja",
)


class MaturityPage:
    """``viewer.year`` against the year before; queries: those of two assessments with index, and
    one for the regions."""

    def __init__(self, region: Region | None, viewer: Viewer, selection: Selection):
        self.region, self.viewer, self.year = region, viewer, viewer.year
        before, now = (
            selection.narrow(items_of(region, year, viewer.moment))
            for year in (self.year - 1, self.year)
        )
        self.days = [items[0].on if items else None for items in (before, now)]
        self.rules = [next((item.rules for item in items), None) for items in (before, now)]
        self.found = movement(before, now)
        ids = {move.item.region_id for move in self.found["moves"]}
        self.regions = Region.objects.in_bulk(ids)

    def reaches(self, move: Move) -> bool:
        region = self.regions.get(move.item.region_id)
        return region is not None and self.viewer.reaches(region)

    # --- the page ----------------------------------------------------------------------------

    def context(self) -> dict:
        before = self.year - 1
        return {
            **self._place(),
            "year": str(self.year),
            "before": str(before),
            "sub": self._sub(),
            "years": self._years(),
            "classes": self._classes(),
            "class_names": CLASSES,
            "matrix": self._matrix() if self.found["compared"] else [],
            "others": self._others(),
            "rule_note": break_words(
                breaks_between(zip((before, self.year), self.rules, strict=True))
            ),
        } | self._moves(before)

    def _place(self) -> dict:
        return {"place": self.region.label, "place_in_full": self.region.full_name}

    def _moves(self, before: int) -> dict:
        found = self.found
        rose, fell, became, stopped = (
            found[name] for name in ("rose", "fell", "became", "stopped")
        )
        heading = findings.classes_moved(len(rose), len(fell), found["compared"], before)
        return {
            "heading": panels.heading(heading, self.viewer.moment),
            "lists": [
                self._list("Naik kelas", rose, _classes_words),
                self._list("Turun kelas", fell, _classes_words),
            ],
            "effective_heading": findings.effective_moved(
                len(became), len(stopped), found["told"], before
            ),
            "effective_lists": [
                self._list("Menjadi efektif", became, _lacking_words),
                self._list("Tidak lagi efektif", stopped, _lacking_words),
            ],
        }

    def _sub(self) -> str:
        before, now = self.days
        if not (before and now):
            return f"Tahun {self.year}."
        return (
            f"Keadaan {format_date(now)} dibandingkan dengan {format_date(before)}, Pokja yang "
            "sama. Kelas menurut indeks kematangan 0–100."
        )

    def _years(self) -> list[dict]:
        """As on the dashboards, without the first year: it has no year before."""
        years = panels.year_links(*self._address(), viewer=self.viewer)
        return [each for each in years if int(each["year"]) > FIRST_YEAR]

    def _address(self) -> tuple:
        """Of this page in any year: a route and what it takes before the year."""
        return "dashboard:maturity", self.region.code

    def _classes(self) -> list[dict]:
        counts = self.found["classes"]
        shares = {name: Share(counts[name], sum(counts.values())) for name in reversed(CLASSES)}
        return [
            {"name": name, "told": share.sentence, "bar": safe(bar(share.value))}
            for name, share in shares.items()
            if share.whole
        ]

    def _matrix(self) -> list[dict]:
        """A row for each class of the year before, a cell for each of the year."""
        cells = self.found["matrix"]
        return [
            {
                "name": before,
                "cells": [{"count": cells[before, now], "same": before == now} for now in CLASSES],
                "total": sum(cells[before, now] for now in CLASSES),
            }
            for before in CLASSES
        ]

    def _list(self, title: str, moves: list[Move], words: Callable[[Move], str]) -> dict:
        named = [move for move in moves if self.reaches(move)]
        return {
            "title": title,
            "count": format_number(len(moves)),
            "rows": [self._named(move, words(move)) for move in named[:MOST_NAMED]],
            "more": format_number(max(0, len(named) - MOST_NAMED)),
            "elsewhere": format_number(len(moves) - len(named)),
        }

    def _named(self, move: Move, words: str) -> dict:
        region = self.regions[move.item.region_id]
        return {
            "name": move.item.name,
            "region": "" if region == self.region else region.label,
            "address": self.viewer.pokja(region, move.item.pokja_id),
            "words": words,
        }

    def _others(self) -> str:
        """ "3 Pokja baru dan 1 Pokja yang tidak lagi dinilai tidak ikut dibandingkan."."""
        told = [
            f"{format_number(self.found[name])} {words}"
            for name, words in (("new", "Pokja baru"), ("gone", "Pokja yang tidak lagi dinilai"))
            if self.found[name]
        ]
        return f"{' dan '.join(told)} tidak ikut dibandingkan." if told else ""

    # --- the file ----------------------------------------------------------------------------

    headers = HEADERS

    def rows(self) -> Iterable[tuple]:
        """As ``headers``: how many moved so in a region, and their names where they are reached."""
        grouped: Counter = Counter()
        names: dict[tuple, list[str]] = {}
        for move in self.found["moves"]:
            key = _row_of(move)
            grouped[key] += 1
            if self.reaches(move):
                names.setdefault(key, []).append(move.item.name)
        for key, many in grouped.items():
            yield (*key, many, "; ".join(names.get(key, [])))


MOVES = (
    *REGION,
    ("naik_kelas", "Naik kelas"),
    ("turun_kelas", "Turun kelas"),
    ("menjadi_efektif", "Menjadi efektif"),
    ("tidak_lagi_efektif", "Tidak lagi efektif"),
    ("dibandingkan", "Dibandingkan"),
)


class NationMaturityPage(MaturityPage):
    """The same for the whole country: which provinces rose and fell, in the place of names. Of
    kab/kota nothing is told: everybody may open this page, but not every province's."""

    headers = tuple(name for name, _ in MOVES)

    def context(self) -> dict:
        rows = self.rows()
        note = "Satuan: Pokja yang sama pada kedua tahun"
        sheet = Sheet("provinsi", "Menurut provinsi", note, MOVES, rows)
        return super().context() | {"provinces": table_html(sheet) if rows else ""}

    def _place(self) -> dict:
        return {"place": "nasional", "place_in_full": "nasional"}

    def _moves(self, before: int) -> dict:
        told = super()._moves(before)
        return told | {"lists": [], "effective_lists": []}

    def _address(self) -> tuple:
        return ("dashboard:nation_maturity",)

    def rows(self) -> list[tuple]:
        """As ``headers``: a province each, those where most rose on balance first; 1 query."""
        counts: dict[int, Counter] = {}
        for move in self.found["moves"]:
            counts.setdefault(move.item.province_id, Counter()).update(_movements(move))
        names = Region.objects.in_bulk(counts)
        rows = [
            (names[pk].code, names[pk].label, *(found[name] for name, _ in MOVES[2:]))
            for pk, found in counts.items()
        ]
        return sorted(rows, key=lambda row: (row[3] - row[2], row[1]))


def _movements(move: Move) -> list[str]:
    """Columns of ``MOVES`` in which this Pokja counts."""
    told = (
        ("naik_kelas", move.steps > 0),
        ("turun_kelas", move.steps < 0),
        ("menjadi_efektif", move.became_effective),
        ("tidak_lagi_efektif", move.stopped_being_effective),
        ("dibandingkan", move.has_classes),
    )
    return [name for name, counts in told if counts]


def _row_of(move: Move) -> tuple:
    item = move.item
    return (
        *(item.region_code, item.region_name, move.class_before, move.class_now),
        *(move.effective_before, move.effective_now),
    )


def _classes_words(move: Move) -> str:
    return f"{move.class_before} → {move.class_now}"


def _lacking_words(move: Move) -> str:
    """What it lacks now; nothing where it is effective."""
    return "" if move.effective_now else pokja_reason(move.item)

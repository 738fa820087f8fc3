"""Maps of the provinces and the nation as SVG paths, and the tile map (files in ``data/map``).

No Django and no database: a page joins the areas to its figures by Kemendagri code. Files are
read once per process, a province only when its page is asked for.
"""

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from apps.regions.labels import Layout, place_labels

MAPS = Path(__file__).resolve().parent / "data" / "map"

ATTRIBUTION = (
    "Batas wilayah: BPS – Statistics Indonesia dan OCHA, COD-AB Indonesia 2020 (CC BY 3.0 IGO), "
    "disederhanakan; bukan batas resmi."
)

# Prefixes of official names, longest first.
_KINDS = ("Kabupaten Administrasi ", "Kota Administrasi ", "Kabupaten ", "Kota ")

# Names people use instead of the official one where a map has no room for it.
_MAP_NAMES = {
    "12.10": "Labuhanbatu",
    "16.01": "OKU",
    "16.02": "OKI",
    "16.08": "OKU Timur",
    "16.09": "OKU Selatan",
    "16.12": "PALI",
    "53.02": "TTS",
    "53.03": "TTU",
    "71.09": "Kep. Sitaro",
    "73.01": "Selayar",
    "73.10": "Pangkep",
    "73.14": "Sidrap",
}


@dataclass(frozen=True)
class Area:
    """One region on a map: name for labels, SVG path (fill rule evenodd) and label point."""

    code: str
    name: str
    path: str
    label_point: tuple[int, int]


@dataclass(frozen=True)
class Map:
    """Areas in one coordinate system; ``view_box`` is (x, y, width, height) in its units."""

    view_box: tuple[int, int, int, int]
    areas: tuple[Area, ...]

    @property
    def view_box_attribute(self) -> str:
        return " ".join(map(str, self.view_box))


@lru_cache(maxsize=64)
def province_map(code: str) -> Map | None:
    """Kabupaten and kota of a province; remote islets lie outside the view box.

    None when there is no drawing of this province ("Peta belum tersedia").
    """
    data = _read(code)
    if data is None:
        return None
    return Map(tuple(data["focus"]), _areas(data["kab"]))


@lru_cache(maxsize=2)
def national_map(*, kabkota: bool = False) -> Map:
    """The nation by province, or by kabupaten/kota; 3008 units wide."""
    data = _read("nasional-kabkota" if kabkota else "nasional")
    return Map(tuple(data["viewBox"]), _areas(data["areas"]))


@lru_cache(maxsize=64)
def province_layout(code: str) -> Layout | None:
    """Where map and labels stand in a drawing 470 px wide; None when there is no drawing.

    Read from the file: placing the labels of a crowded province takes seconds, so
    ``manage.py susun_label_peta`` does it beforehand.
    """
    data = _read(code)
    return Layout.from_data(data["layout"]) if data else None


def computed_layout(code: str) -> Layout:
    """The layout as place_labels finds it today (slow; see province_layout)."""
    drawing = province_map(code)
    return place_labels(drawing.view_box, drawing.areas)


def province_codes() -> list[str]:
    """Kemendagri codes of the provinces that have a drawing."""
    return sorted(path.name[:2] for path in MAPS.glob("[0-9][0-9].json.gz"))


def store_layout(code: str, layout: Layout) -> None:
    """Write a computed layout beside the paths; the same layout gives the same bytes."""
    data = _read(code) | {"layout": layout.to_data()}
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    (MAPS / f"{code}.json.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _read(name: str) -> dict | None:
    path = MAPS / f"{name}.json.gz"
    if not path.is_file():
        return None
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)


def _areas(entries: dict) -> tuple[Area, ...]:
    shared = Counter(_bare(entry["n"]) for entry in entries.values())
    return tuple(
        Area(code, _map_name(code, entry["n"], shared), entry["d"], tuple(entry["c"]))
        for code, entry in entries.items()
    )


def _bare(official: str) -> str:
    for kind in _KINDS:
        if official.startswith(kind):
            return official.removeprefix(kind)
    return official


def _map_name(code: str, official: str, shared: Counter) -> str:
    """ "Bone", "Kep. Yapen"; kota keep their level beside a kabupaten of the same name."""
    name = _bare(official)
    if official.startswith("Kota ") and shared[name] > 1:
        return f"Kota {name}"
    return _MAP_NAMES.get(code) or name.replace("Kepulauan", "Kep.")


@dataclass(frozen=True)
class Tile:
    """One province as a square: Kemendagri code, letters of ISO 3166-2:ID, place in the grid."""

    code: str
    iso: str
    row: int
    column: int


TILE_ROWS, TILE_COLUMNS = 7, 12

# One line per row of the grid, each word "code:ISO@column"; set by hand after the real map.
_TILE_ROWS = (
    "11:AC@0 65:KU@4 71:SA@7",
    "12:SU@0 14:RI@1 21:KR@2 61:KB@3 64:KI@4 72:ST@6 75:GO@7 82:MU@8 96:PD@9 91:PA@11",
    "13:SB@0 15:JA@1 19:BB@2 62:KT@3 63:KS@4 76:SR@6 81:MA@8 92:PB@10",
    "17:BE@0 16:SS@1 73:SN@6 74:SG@7 94:PT@10 95:PE@11",
    "18:LA@1 93:PS@11",
    "36:BT@1 31:JK@2 33:JT@3 35:JI@4 51:BA@5 52:NB@6 53:NT@7",
    "32:JB@2 34:YO@3",
)


def _tile(word: str, row: int) -> Tile:
    code, place = word.split(":")
    iso, column = place.split("@")
    return Tile(code, iso, row, int(column))


TILES = tuple(_tile(word, row) for row, words in enumerate(_TILE_ROWS) for word in words.split())

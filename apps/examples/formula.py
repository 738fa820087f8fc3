"""How alike two regions are, as a distance, and why in words. Pure: no Django.

The distance is a sum of three gaps, each zero for equals:

- population: |ln(a / b)|, so that twice as many people is 0.69, in either direction;
- place: 0 in the same province, 0.35 in the same group of islands, 0.7 elsewhere: another group
  of islands weighs as much as twice the population;
- villages (desa and kelurahan): a quarter of |ln(a / b)|.

A figure that is not known is taken as far off (1, nearly three times as many): better a region of
which something is known. Only regions of one level are compared at all.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

from apps.core.formats import format_number

LEVELS = {"provinsi": "Provinsi", "kabupaten": "Kabupaten", "kota": "Kota"}
UNKNOWN_GAP = 1.0
VILLAGE_WEIGHT = 0.25
SAME_PROVINCE, SAME_ISLANDS, ELSEWHERE = 0.0, 0.35, 0.7
# The first digit of a Kemendagri code names the group of islands.
ISLANDS = {
    "1": "Sumatera",
    "2": "Sumatera",  # 21 is Kepulauan Riau
    "3": "Jawa",
    "5": "Bali dan Nusa Tenggara",
    "6": "Kalimantan",
    "7": "Sulawesi",
    "8": "Maluku",
    "9": "Papua",
}


@dataclass(frozen=True)
class Place:
    """A region as it is compared: Kemendagri code, level, people and villages (None: unknown)."""

    code: str
    level: str
    population: int | None = None
    villages: int | None = None


def distance(own: Place, other: Place) -> float:
    """How far apart two regions of one level are; 0 is alike."""
    return (
        _gap(own.population, other.population)
        + VILLAGE_WEIGHT * _gap(own.villages, other.villages)
        + _place_gap(own.code, other.code)
    )


def _gap(one: int | None, two: int | None) -> float:
    return abs(log(one / two)) if one and two else UNKNOWN_GAP


def _place_gap(one: str, two: str) -> float:
    if one[:2] == two[:2]:
        return SAME_PROVINCE
    return SAME_ISLANDS if _islands(one) == _islands(two) else ELSEWHERE


def _islands(code: str) -> str:
    return ISLANDS.get(code[:1], code[:2])


def rank(own: Place, other: Place, same_kind: bool) -> tuple:
    """Sorts others by what they have to teach: a Pokja of the same kind first, then the nearest
    region; equals by code, so that a page shows the same ones every time."""
    return not same_kind, round(distance(own, other), 6), other.code


def nearest(own: Place, others: Iterable[tuple[Place, bool]], most: int) -> list[Place]:
    """The ``most`` places that rank first among (place, has a Pokja of the same kind), of the
    same level as ``own`` and not itself."""
    fit = [pair for pair in others if pair[0].level == own.level and pair[0].code != own.code]
    return [place for place, _ in sorted(fit, key=lambda pair: rank(own, *pair))[:most]]


def worth_showing(ranked: Sequence, shares: Callable, most: int) -> list:
    """The first ``most`` of what is ranked. Where none of them shares its document and a later
    one does, the first of those takes the last place: one example at least can be read."""
    shown = list(ranked[:most])
    if any(shares(item) for item in shown):
        return shown
    open_one = next((item for item in ranked[most:] if shares(item)), None)
    return shown if open_one is None else [*shown[:-1], open_one]


def reason(own: Place, other: Place, *, province: str = "", same_kind: bool = True) -> str:
    """Why a region was chosen: "Kabupaten, 742 ribu penduduk, provinsi yang sama".

    ``province`` is the name of the other's, told where nothing nearer joins the two.
    """
    parts = [LEVELS[other.level], people(other.population)]
    if other.villages and own.villages:
        parts.append(f"{format_number(other.villages)} desa/kelurahan")
    parts.append(_where(own, other, province))
    if not same_kind:
        parts.append("jenis Pokja lain")
    return ", ".join(part for part in parts if part)


def people(count: int | None) -> str:
    """742 ribu penduduk; 1,8 juta penduduk; 950 penduduk."""
    if not count:
        return "jumlah penduduk belum tercatat"
    if count >= 999_500:
        return f"{format_number(count / 1_000_000, 1)} juta penduduk"
    if count >= 1_000:
        return f"{format_number(count / 1_000, 0)} ribu penduduk"
    return f"{format_number(count)} penduduk"


def _where(own: Place, other: Place, province: str) -> str:
    gap = _place_gap(own.code, other.code)
    if gap == SAME_PROVINCE:
        return "provinsi yang sama"
    if gap == SAME_ISLANDS:
        return f"sama-sama di {_islands(other.code)}"
    return "" if other.level == "provinsi" else province

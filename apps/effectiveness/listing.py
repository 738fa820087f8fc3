"""The list of scored Pokja as files and the API give it (spec section 7): columns, rows, order."""

from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from apps.effectiveness import formula
from apps.effectiveness.assessment import CRITERIA, Assessment
from apps.effectiveness.frozen import overlay
from apps.effectiveness.queries import bare
from apps.effectiveness.rubrics import rules_for

COLUMNS = (
    "kode_pokja",
    "kode_wilayah",
    "tahun",
    "tanggal_acuan",
    *CRITERIA,
    "jumlah_terpenuhi",
    "efektif",
    "skor",
    "indeks",
)
NO_RUBRIC = (
    "Tahun {year} tidak dapat dinilai: belum ada rubrik yang berlaku untuk tahun itu, "
    "atau bobotnya tidak berjumlah 100"
)


def in_region(region, path: str = "region") -> Q:
    """What lies in a region: of a province all of it, else the region and what is below.

    ``path`` leads from the row to its region; "" for regions themselves.
    """
    base = f"{path}__" if path else ""
    if region.is_province:
        return Q(**{f"{base}province": region})
    own = Q(**{path: region}) if path else Q(pk=region.pk)
    return own | Q(**{f"{base}parent": region}) | Q(**{f"{base}parent__parent": region})


def scored(pokja, year: int, on: date | None = None) -> list[int]:
    """Ids of the Pokja that ``assess`` gives for the same arguments, in its order.

    For pages of a long list: a part of it is assessed without the rest. Queries: 2 and those of
    the rubric; 3 more in a year that is closed somewhere.
    """
    day = on or formula.reference_date(year, timezone.localdate())
    items = bare(pokja.active_on(day), year, day)
    rules = rules_for(year)
    if on is None and (rules is None or rules.has_books):
        items = overlay(items, pokja, year)
    return [item.pokja_id for item in items]


def row(item: Assessment) -> dict:
    """The values of one Pokja; statuses as in spec section 5."""
    statuses = {name: item.results[name].status for name in CRITERIA}
    return {
        "kode_pokja": item.code,
        "kode_wilayah": item.region_code,
        "tahun": item.year,
        "tanggal_acuan": item.on.isoformat(),
        **statuses,
        "jumlah_terpenuhi": item.met,
        "efektif": item.effective,
        "skor": _plain(item.score),
        "indeks": _plain(item.index),
    }


def _plain(value):
    """A number without needless zeros: int where it is whole, else rounded to two places."""
    if value is None:
        return None
    rounded = round(Decimal(value), 2)
    return int(rounded) if rounded == int(rounded) else float(rounded)

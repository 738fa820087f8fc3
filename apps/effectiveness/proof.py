"""Do the stored figures equal those computed from the raw rows? (``periksa_nilai``)

Two questions for each province without a mark: does every run of days that readers may be
answered from say what the formula says, and does ``assess``, on its own way, say the same on the
reference date of every year.
"""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from apps.effectiveness.due import keeps, stale_provinces
from apps.effectiveness.formula import reference_date
from apps.effectiveness.models import RegionTally, StoredScore, StoredTally
from apps.effectiveness.queries import assess
from apps.effectiveness.rubrics import rules_by_year
from apps.effectiveness.spans import unpack
from apps.effectiveness.stored import (
    REGION_FIELDS,
    SCORE_FIELDS,
    TALLY_FIELDS,
    score_rows,
    settle,
    tally_rows,
    years_kept,
)
from apps.effectiveness.stories import stories_of
from apps.effectiveness.tallying import Scored
from apps.pokja.models import Pokja
from apps.regions.enums import Level
from apps.regions.models import Region

TALLY = "jumlah"


class Difference(NamedTuple):
    """A figure that is not what the raw rows give: of a Pokja, or the counts of a province."""

    subject: str
    year: int
    start: date
    end: date
    stored: str
    computed: str

    def __str__(self):
        return (
            f"{self.subject}, {self.year}, {self.start} s.d. {self.end}: "
            f"tersimpan {self.stored}, seharusnya {self.computed}"
        )


class Proof(NamedTuple):
    """What differs, how many figures were compared, and the provinces left out: those with a
    mark, whose figures are computed on reading."""

    differences: list[Difference]
    figures: int
    marked: list[int]


def prove(only: list[int] | None = None) -> Proof:
    """Compare all provinces (or some), one at a time, so that nobody waits long."""
    provinces = Region.objects.filter(level=Level.PROVINSI).order_by("code")
    if only is not None:
        provinces = provinces.filter(pk__in=only)
    proof = Proof([], 0, [])
    for pk in list(provinces.values_list("pk", flat=True)):
        found = _province(pk)
        if found is None:
            proof.marked.append(pk)
        else:
            proof = proof._replace(
                differences=proof.differences + found[0], figures=proof.figures + found[1]
            )
    return proof


def prove_all() -> Proof:
    """First what stands, as it stands; then what was marked is settled and compared as well."""
    before = prove()
    if not before.marked:
        return before
    settle()
    after = prove(before.marked)
    return Proof(
        before.differences + after.differences, before.figures + after.figures, after.marked
    )


@transaction.atomic
def _province(pk: int) -> tuple[list[Difference], int] | None:
    """(differences, figures compared); None where a mark lies. The lock keeps marks from going
    meanwhile, so that a write in between is known by the mark it left."""
    list(Region.objects.select_for_update(no_key=True).filter(pk=pk).values_list("pk", flat=True))
    today = timezone.localdate()
    rules = rules_by_year(years_kept(today))
    pokja = Pokja.objects.filter(region__province=pk)
    names = dict(pokja.order_by().values_list("pk", "code"))
    kept = _stored(pk, rules)
    computed = score_rows(stories_of(pokja, rules), rules, today)
    found = list(_compare(_runs(kept, today), _runs(_keyed(computed), today), names))
    found += _compare_tallies(pk, rules, computed, today)
    for year, each in rules.items():
        if keeps(each) is not None and year <= today.year:
            found += _compare_assessed(pokja, year, kept, today)
    if pk in stale_provinces():
        return None
    return found, len(computed)


def _stored(pk: int, rules) -> dict[tuple[int, int], list[tuple]]:
    """Rows that readers use, by Pokja and year."""
    rows = StoredScore.objects.filter(province_id=pk).order_by("start")
    told = {year: keeps(each) for year, each in rules.items()}
    return _keyed(
        row for row in rows.values_list(*SCORE_FIELDS) if told.get(row[1], "-") == row[-1]
    )


def _keyed(rows) -> dict[tuple[int, int], list[tuple]]:
    found: dict[tuple[int, int], list[tuple]] = {}
    for _, year, pokja_id, start, end, *values in rows:
        found.setdefault((pokja_id, year), []).append((start, end, tuple(values)))
    return found


def _runs(rows, today: date) -> dict[tuple, tuple]:
    """{(id, year, first day, last day): values}, on the days for which anybody may ask."""
    found = {}
    for (pk, year), runs in rows.items():
        first = max(reference_date(year, today), date(year, 1, 1))
        joined: list[list] = []
        for start, end, values in sorted(runs, key=lambda run: run[:2]):
            if end < first:
                continue
            if joined and joined[-1][2] == values:
                joined[-1][1] = end
            else:
                joined.append([max(start, first), end, values])
        found |= {(pk, year, start, end): values for start, end, values in joined}
    return found


def _compare(stored: dict, computed: dict, names: dict[int, str]) -> Iterator[Difference]:
    for key in sorted(stored.keys() | computed.keys()):
        if stored.get(key) != computed.get(key):
            pk, year, start, end = key
            told = [_told(side.get(key)) for side in (stored, computed)]
            yield Difference(names.get(pk, f"Pokja {pk}"), year, start, end, *told)


def _told(values) -> str:
    return "tidak ada" if values is None else " ".join(str(value) for value in values)


def _compare_tallies(pk: int, rules, computed: list[tuple], today: date) -> list[Difference]:
    """Of the province, and of each of its regions."""
    regions = Region.objects.with_pokja_level().filter(province=pk).order_by()
    levels = regions.values_list("pk", "level")
    is_province = {region: level == Level.PROVINSI for region, level in levels}
    scored: dict[int, list[Scored]] = {}
    for _, year, pokja_id, start, end, region, cells, _, kinds, effective, *_ in computed:
        row = Scored(start, end, pokja_id, region, cells, kinds, effective)
        scored.setdefault(year, []).append(row)
    fresh, parts = [], []
    for year in rules:
        found = tally_rows(pk, year, scored.get(year, ()), rules, is_province, today)
        fresh += [(pk, *row) for row in found[0]]
        parts += found[1]
    whole = StoredTally.objects.filter(province_id=pk).values_list("province_id", *TALLY_FIELDS)
    each = RegionTally.objects.filter(province_id=pk).values_list(*REGION_FIELDS)
    differ = []
    for name, rows, right in (("provinsi", whole, fresh), ("wilayah", each, parts)):
        sides = [_runs(_counted(rows, rules), today), _runs(_counted(right, rules), today)]
        names = {key[0]: f"{TALLY} {name} {key[0]}" for side in sides for key in side}
        differ += _compare(*sides, names)
    return differ


def _counted(rows, rules) -> dict[tuple[int, int], list[tuple]]:
    """Rows that readers use, by region and year."""
    told = {year: keeps(each) for year, each in rules.items()}
    found: dict[tuple[int, int], list[tuple]] = {}
    for pk, _, year, start, end, made_by, *values in rows:
        if told.get(year, "-") == made_by:
            found.setdefault((pk, year), []).append((start, end, tuple(values)))
    return found


def _compare_assessed(pokja, year, kept, today: date) -> list[Difference]:
    """Against ``assess``, which reads the rows and asks the formula on its own."""
    day = reference_date(year, today)
    found = []
    for item in assess(pokja, year, day):
        runs = kept.get((item.pokja_id, year), ())
        values = next((run[2] for run in runs if run[0] <= day <= run[1]), None)
        if values is None:  # told already, where the runs are compared
            continue
        told = _of_row(values), _of_item(item)
        if told[0] != told[1]:
            found.append(Difference(item.code, year, day, day, *map(str, told)))
    return found


def _of_row(values):
    region_id, cells, details, kinds, effective, score, _ = values
    return region_id, _plain(unpack(cells, details)), kinds, effective, score


def _of_item(item):
    return item.region_id, _plain(item.results), ",".join(item.kinds), item.effective, item.score


def _plain(results) -> list[tuple]:
    return [
        (each.status, each.reason, each.evidence_id, each.item_id, each.until)
        for each in results.values()
    ]

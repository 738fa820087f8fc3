"""Counts of some Pokja only (of a kind, a level, some regions) from the stored rows, in SQL.

For the provinces of a ``standings.Standing`` that are stored, which tells that no mark lay there.
"""

from collections.abc import Collection, Sequence

from django.utils import timezone

from apps.core.database import fetch
from apps.core.looks import CRITERIA
from apps.effectiveness.due import keeps
from apps.effectiveness.formula import reference_date
from apps.effectiveness.models import StoredScore
from apps.effectiveness.standings import Standing
from apps.effectiveness.tallying import NO_COUNTS, NOTHING_SENT, Counts
from apps.pokja.enums import PokjaKind

_PLACES = range(1, len(CRITERIA) + 1)


def _letters(letter: str) -> str:
    return ", ".join(
        f"SUM(CASE WHEN SUBSTR(s.cells, {at}, 1) = '{letter}' THEN 1 ELSE 0 END)" for at in _PLACES
    )


_COUNTED = f"""
    SELECT s.year, s.province_id, MIN(s.rules), MAX(s.rules), COUNT(*),
           SUM(CASE WHEN s.effective THEN 1 ELSE 0 END), COUNT(s.effective),
           SUM(CASE WHEN s.cells <> '{NOTHING_SENT}' THEN 1 ELSE 0 END),
           {_letters("t")}, {_letters("m")}
    FROM effectiveness_storedscore s
"""  # noqa: S608 - letters of this code
_LEVEL = " JOIN regions_region r ON r.id = s.region_id AND r.level = %s"
_RUN = '(s.year = %s AND s.start <= %s AND s."end" >= %s AND s.province_id IN ({}))'


def selected_counts(
    standings: Sequence[Standing],
    *,
    kind: str = "",
    level: str = "",
    province: int | None = None,
    regions: Collection[int] = (),
) -> list[dict[int, Counts]]:
    """For each standing {province: counts of its Pokja of the kind and level}, of the provinces
    that are stored; of one ``province`` alone those of some ``regions``. One query.

    A province whose rows are no more those of the standing's rubric is left out: it has to be
    assessed. The counts of effective regions are 0, since a part of the Pokja decides none.
    """
    told = {each.year: keeps(each.rules) for each in standings}
    wrong: set[tuple[int, int]] = set()
    found: dict[tuple[int, int], Counts] = {}
    stored = [
        each.stored.keys() if province is None else each.stored.keys() & {province}
        for each in standings
    ]
    for year, pk, first, last, *counts in _rows(standings, stored, kind, level, regions):
        if first == last == told[year]:
            found[year, pk] = Counts._make([*counts, 0, 0])
        else:
            wrong.add((year, pk))
    return [
        {pk: found.get((each.year, pk), NO_COUNTS) for pk in held if (each.year, pk) not in wrong}
        for each, held in zip(standings, stored, strict=True)
    ]


def _rows(standings, stored, kind: str, level: str, regions) -> list[tuple]:
    runs, values = [], [level] if level else []
    today = timezone.localdate()
    for each, provinces in zip(standings, stored, strict=True):
        if provinces:
            day = reference_date(each.year, today).isoformat()
            runs.append(_RUN.format(_places(provinces)))
            values += [each.year, day, day, *provinces]
    if not runs:
        return []
    sql = f"{_COUNTED}{_LEVEL if level else ''} WHERE ({' OR '.join(runs)})"
    if kind:
        # Rows of a Pokja without a kind count as those of another kind.
        without = " OR s.kinds = ''" if kind == PokjaKind.LAINNYA else ""
        sql += f" AND (',' || s.kinds || ',' LIKE %s{without})"
        values.append(f"%,{kind},%")
    if regions:
        sql += f" AND s.region_id IN ({_places(regions)})"
        values += regions
    return fetch(f"{sql} GROUP BY s.year, s.province_id", values, of=StoredScore)


def _places(values: Collection) -> str:
    return ", ".join(["%s"] * len(values))

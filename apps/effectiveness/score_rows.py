"""Stored rows of Pokja as assessments, in one statement. Whether a row may be used is the caller's
to know (see ``standings``); whether it is the right one for its day and rubric is seen here."""

from collections.abc import Sequence
from datetime import date

from apps.core.database import fetch
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.due import keeps
from apps.effectiveness.models import StoredScore
from apps.effectiveness.rubrics import Rules
from apps.effectiveness.spans import unpack

# From the Pokja that are active: one that has no row is seen as such.
_SCORES = """
    SELECT p.id, p.code, p.name, p.region_id, r.code, r.name, r.level, r.province_id,
           s.cells, s.details, s.kinds, s.effective, s.score, s.rules
    FROM regions_region r
    JOIN pokja_pokja p ON p.region_id = r.id
         AND (p.formed_on IS NULL OR p.formed_on <= %s)
         AND (p.dissolved_on IS NULL OR p.dissolved_on > %s)
    LEFT JOIN effectiveness_storedscore s ON s.province_id = r.province_id AND s.year = %s
         AND s.pokja_id = p.id AND s.start <= %s AND s."end" >= %s
    WHERE {}
"""


def read_scores(
    where: str, values: Sequence, year: int, on: date, rules: Rules | None
) -> tuple[list[Assessment], list[tuple[int, int]]]:
    """(assessments as stored, (Pokja, province) of those that have no right row), of the Pokja
    that fit ``where``: SQL over ``p`` (Pokja) and ``r`` (its region). Sorted as by ``assess``."""
    day, told = on.isoformat(), keeps(rules)
    found, lacking = [], []
    asked = (day, day, year, day, day, *values)
    for row in fetch(_SCORES.format(where), asked, of=StoredScore):
        pk, code, name, region, region_code, region_name, level, province, *stored = row
        cells, details, kinds, effective, score, made_by = stored
        if told is None or made_by != told:
            lacking.append((pk, province))
            continue
        found.append(
            Assessment(
                pk,
                code,
                name,
                region,
                region_code,
                region_name,
                level,
                province,
                year,
                on,
                unpack(cells, details),
                kinds.split(",") if kinds else [],
                {},
                rules,
                effective if effective is None else bool(effective),
                score,
            )
        )
    found.sort(key=lambda item: (item.region_code, item.code))
    return found, lacking

"""What an extra check is asked about: many Pokja of one year, seen on one day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Q

from apps.effectiveness.maturity import Facts
from apps.effectiveness.points import facts_for

FEW = 500  # so many regions are named in a query; of more, all are read


@dataclass
class Situation:
    """The Pokja to decide about (``assessments``; ``active`` is their queryset), the year, the
    reference date, and the moment whose knowledge counts (None: now)."""

    assessments: list
    active: object
    year: int
    on: date
    known: datetime | None = None

    @cached_property
    def facts(self) -> dict[int, Facts]:
        """What the maturity checks look at, by Pokja id; read once for all of them (4 queries)."""
        return facts_for(self.assessments, self.active, self.year, self.on)

    @cached_property
    def region_ids(self) -> set[int]:
        """The regions of the Pokja and their provinces."""
        found = {item.region_id for item in self.assessments}
        return found | {item.province_id for item in self.assessments}

    def of_regions(self, rows, path: str = "region", *, with_nation: bool = False):
        """Rows of a queryset limited to the regions at hand where they are few; also those without
        a region ``with_nation``."""
        if len(self.region_ids) > FEW:
            return rows
        wanted = Q(**{f"{path}__in": self.region_ids})
        return rows.filter(wanted | Q(**{path: None}) if with_nation else wanted)


def words(value) -> list[str]:
    """A parameter that holds several words: a list, or a text with commas or semicolons."""
    parts: Iterable = value if isinstance(value, list | tuple) else str(value or "").split(",")
    split = (piece for part in parts for piece in str(part).split(";"))
    return [piece.strip() for piece in split if piece.strip()]

"""Many Pokja in the order of their regions, page by page."""

import json
from functools import cached_property

from django.db.models import Count

from apps.core.kept import Kept
from apps.effectiveness import stamps
from apps.regions.models import Region

COUNTS = Kept(1024 * 1024)  # of the Pokja in each region, for those who see the same of a list


class ByRegion:
    """The ids of these Pokja in the order of their regions, for a Paginator.

    How many there are in each region, which an index answers, tells in which of them a page lies:
    sorting 84,000 costs more than all the rest of the page. These numbers are kept until the data
    change; ``asked`` is all they depend on besides. 1 query for the version, 2 for the numbers
    where they are not kept, 1 for a page.
    """

    def __init__(self, matching, asked: tuple):
        self._matching, self._asked = matching, asked

    @cached_property
    def _regions(self) -> list[tuple[int, int]]:
        """(region, how many) in the order of the codes."""
        version = stamps.version()
        if version is None:
            return self._counted()
        if kept := COUNTS.get(self._asked, version):
            return json.loads(kept[0])
        counted = self._counted()
        COUNTS.put(self._asked, version, (json.dumps(counted),))
        return counted

    def _counted(self) -> list[tuple[int, int]]:
        counts = dict(self._matching.order_by().values_list("region_id").annotate(many=Count("*")))
        ordered = Region.objects.filter(pk__in=counts).order_by("code")
        return [(pk, counts[pk]) for pk in ordered.values_list("pk", flat=True)]

    def count(self) -> int:
        return sum(many for _, many in self._regions)

    def __getitem__(self, part: slice) -> list[int]:
        passed, before, within = 0, 0, []
        for pk, many in self._regions:
            if passed + many <= part.start:
                before += many
            elif passed < part.stop:
                within.append(pk)
            passed += many
        rows = self._matching.filter(region__in=within).order_by("region__code", "code")
        return list(rows.values_list("pk", flat=True)[part.start - before : part.stop - before])

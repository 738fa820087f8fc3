"""What a file of evidence brings to one Pokja and year, and how all of it is written."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from apps.core.importing import Outcome, Plan, Record, chunks
from apps.pokja.models import Pokja
from apps.verification import importing as arrivals
from apps.verification.importing import Arrival, Arrivals
from apps.verification.models import Evidence

if TYPE_CHECKING:
    from apps.pokja.evidence_importing import GroupedImporter

BATCH = 1_000


@dataclass
class Group:
    """The rows of a file that belong to one piece of evidence, beside what is stored of it."""

    pokja: Pokja
    parts: tuple
    records: list[Record] = field(default_factory=list)
    stored: object = None
    children: dict[Hashable, object] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    arrival: Arrival | None = None

    @property
    def newest(self) -> Evidence | None:
        return self.stored.evidence if self.stored else None


class GroupedPlan(Plan):
    """Evidence, its containers and their rows, each in a few statements."""

    def __init__(self, importer: "GroupedImporter", groups: list[Group]):
        super().__init__()
        self.importer, self.groups = importer, groups
        self.arrivals = Arrivals(asked=importer.status, actor=importer.actor)

    def make_rows(self) -> None:
        importer = self.importer
        written = [
            group
            for group in self.groups
            if group.arrival.how != arrivals.KEEP
            and (group.arrival.changed or group.arrival.how == arrivals.NEXT)
        ]
        self.in_place = [group for group in written if group.arrival.how == arrivals.IN_PLACE]
        fresh = [group for group in written if group.arrival.how != arrivals.IN_PLACE]
        self.containers = [importer.new_container(group) for group in fresh]
        self.rows = []
        for group in self.in_place:
            self.rows += importer.content(group, group.stored)
        for group, container in zip(fresh, self.containers, strict=True):
            self.rows += importer.content(group, container)

    def write(self) -> None:
        self.arrivals.write()
        importer = self.importer
        for part in chunks(group.stored.pk for group in self.in_place):
            importer.child.objects.filter(**{f"{importer.parent}__in": part}).delete()
        importer.container.objects.bulk_create(self.containers, batch_size=BATCH)
        importer.child.objects.bulk_create(self.rows, batch_size=BATCH)

"""Files of evidence whose rows gather into one item for each Pokja and year (spec section 7).

A work plan, an indicator set and a stage of a budget are each one piece of evidence with rows
below it. A row of the file adds to or changes the newest version by its key; stored rows that
the file does not speak of stay.
"""

from collections.abc import Hashable, Iterator
from functools import cached_property

from django.db.models import Exists, OuterRef

from apps.core.importing import (
    ADD,
    CHANGE,
    KEEP,
    Column,
    Importer,
    Outcome,
    Plan,
    Problems,
    Record,
    chunks,
    differing,
    limited,
)
from apps.core.tabular import Sheet
from apps.pokja.codes import parse_fund_source
from apps.pokja.grouped_plan import Group, GroupedPlan
from apps.pokja.importing import PokjaBook, codes_in
from apps.pokja.models import Pokja
from apps.verification import importing as arrivals
from apps.verification.enums import Status
from apps.verification.importing import Arrival, Waiting, evidence_gate
from apps.verification.models import Evidence


class EvidenceImporter(Importer):
    """What all four kinds of evidence share: the state asked for and the column kode_pokja."""

    key_column = "kode_pokja"

    def __init__(self, *, actor=None, status=Status.DRAFT, folder=None):
        super().__init__(actor=actor)
        self.status, self.folder = status, folder
        self.gate = evidence_gate(actor, status)

    def prepare(self, sheet: Sheet) -> None:
        self.book = PokjaBook(codes_in(sheet), self.gate)

    def pokja_column(self) -> Column:
        return Column("kode_pokja", self.book.find, required=True)


def read_fund_source(record: Record, problems: Problems) -> None:
    """Replace the words of sumber_dana by the stored one; "APBD" needs the row's Pokja."""
    words, pokja = record.get("sumber_dana"), record.get("kode_pokja")
    if not words:
        return
    try:
        record.values["sumber_dana"] = parse_fund_source(words, pokja and pokja.region)
    except ValueError as error:
        del record.values["sumber_dana"]
        problems.error(record, "sumber_dana", str(error))


def status_detail(item: Arrival) -> list[tuple[str, object, object]]:
    """(status, before, after) where the item moves on; nothing for a new one."""
    if item.before is None or item.before.status == item.status:
        return []
    return [("status", item.before.get_status_display(), Status(item.status).label)]


def newest_visible(rows, user, path: str):
    """Rows of the newest version this person may see; a cancelled one is no longer said.

    ``path`` leads from the row to its evidence.
    """
    newer = Evidence.objects.for_user(user).filter(
        family=OuterRef(f"{path}__family"), version__gt=OuterRef(f"{path}__version")
    )
    return (
        rows.for_user(user).filter(~Exists(newer)).exclude(**{f"{path}__status": Status.CANCELLED})
    )


class GroupedImporter(EvidenceImporter):
    """Rows below one container (plan, set, budget) of a Pokja. Subclasses name the tables."""

    evidence_kind = ""
    container: type
    child: type
    parent = ""
    # Fields of the container that make it one: with the Pokja, in the order of ``parts_of``.
    part_fields: tuple[str, ...] = ("year",)
    # Fields of the container that a next version takes over.
    carried: tuple[str, ...] = ()
    # Column -> attribute of the child, key columns included.
    fields: dict[str, str] = {}
    key_fields: tuple[str, ...] = ()

    def title(self, pokja: Pokja, parts: tuple) -> str:
        raise NotImplementedError

    def family(self, pokja: Pokja, parts: tuple):
        raise NotImplementedError

    def parts_of(self, record: Record) -> tuple:
        """Values of ``part_fields``."""
        return (record["tahun"],)

    def shown(self, column: str, value):
        """A stored value as the file writes it."""
        return value

    @cached_property
    def _group_columns(self) -> tuple[str, ...]:
        return ("kode_pokja", *(["tahun", "tahap"][: len(self.part_fields)]))

    @cached_property
    def _key_columns(self) -> tuple[str, ...]:
        names = {attribute: column for column, attribute in self.fields.items()}
        return tuple(names[name] for name in self.key_fields)

    def child_key(self, record: Record) -> Hashable:
        return tuple(record.get(column, "") for column in self._key_columns)

    def key_of(self, record: Record) -> Hashable | None:
        if not record.has(*self._group_columns):
            return None
        # A key column that is not in the file counts as blank; one that could not be read does not.
        if any(
            record.cells.get(name) is not None and name not in record.values
            for name in self._key_columns
        ):
            return None
        return record["kode_pokja"].pk, self.parts_of(record), self.child_key(record)

    # --- planning ---

    def plan(self, records: list[Record], problems: Problems) -> Plan:
        groups: dict[tuple, Group] = {}
        for record in records:
            if self.key_of(record) is None:
                continue
            pokja, parts = record["kode_pokja"], self.parts_of(record)
            group = groups.setdefault((pokja.pk, *parts), Group(pokja, parts))
            group.records.append(record)
        self._load(groups)
        plan = GroupedPlan(self, list(groups.values()))
        for group in plan.groups:
            self._compare(group, plan, problems)
        return plan

    def _load(self, groups: dict[tuple, Group]) -> None:
        """Give every group its newest version and that version's rows."""
        ids = sorted({group.pokja.pk for group in groups.values()})
        years = {group.parts[0] for group in groups.values()}
        for part in chunks(ids):
            rows = self.container.objects.filter(pokja__in=part, year__in=years)
            for stored in rows.select_related("evidence").order_by("evidence__version"):
                parts = (getattr(stored, name) for name in self.part_fields)
                if group := groups.get((stored.pokja_id, *parts)):
                    stored.evidence.region = group.pokja.region
                    group.stored = stored
        by_container = {group.stored.pk: group for group in groups.values() if group.stored}
        for part in chunks(sorted(by_container)):
            for row in self.child.objects.filter(**{f"{self.parent}__in": part}).order_by("id"):
                group = by_container[getattr(row, f"{self.parent}_id")]
                key = tuple(getattr(row, name) for name in self.key_fields)
                group.children[key] = row

    def _compare(self, group: Group, plan: GroupedPlan, problems: Problems) -> None:
        for record in group.records:
            group.outcomes.append(self._outcome(group, record))
        changed = group.stored is None or any(item.action != KEEP for item in group.outcomes)
        try:
            group.arrival = plan.arrivals.add(
                group.newest,
                changed=changed,
                kind=self.evidence_kind,
                region=group.pokja.region,
                year=group.parts[0],
                title=self.title(group.pokja, group.parts),
                family=self.family(group.pokja, group.parts),
            )
        except Waiting as waiting:
            problems.error(group.records[0], self.key_column, str(waiting))
            return
        if group.arrival.how != arrivals.KEEP and not changed:
            for item in group.outcomes:
                item.action = CHANGE
                item.details = status_detail(group.arrival)
        plan.outcomes += group.outcomes

    def _outcome(self, group: Group, record: Record) -> Outcome:
        key = self.child_key(record)
        label = " ".join(
            str(self.shown(column, value))
            for column, value in zip(
                (*self._group_columns, *self._key_columns),
                (group.pokja.code, *group.parts, *key),
                strict=True,
            )
            if value != ""
        )
        stored = group.children.get(key)
        if stored is None:
            return Outcome(record.number, ADD, label)
        details = [
            (column, self.shown(column, before), self.shown(column, after))
            for column, _, before, after in differing(
                record, self.fields, lambda name: getattr(stored, name)
            )
        ]
        return Outcome(record.number, CHANGE if details else KEEP, label, details)

    # --- writing ---

    def new_container(self, group: Group):
        parts = dict(zip(self.part_fields, group.parts, strict=True))
        carried = (
            {name: getattr(group.stored, name) for name in self.carried} if (group.stored) else {}
        )
        return self.container(
            evidence=group.arrival.evidence, pokja=group.pokja, **parts, **carried
        )

    def content(self, group: Group, container) -> list:
        """All rows of the version to be: the stored ones with the file's laid over, then new ones.

        Built anew rather than updated one by one: two statements instead of thousands.
        """
        names = [
            row.attname
            for row in self.child._meta.concrete_fields
            if not row.primary_key and row.name != self.parent
        ]
        rows = {
            key: {name: getattr(row, name) for name in names} for key, row in group.children.items()
        }
        for record in group.records:
            values = {
                attribute: record[column]
                for column, attribute in self.fields.items()
                if column in record.values
            }
            rows.setdefault(self.child_key(record), {}).update(values)
        return [self.child(**{self.parent: container}, **values) for values in rows.values()]

    # --- the way out ---

    def export_rows(self, user, within=None) -> Iterator[list]:
        rows = newest_visible(self.child.objects, user, f"{self.parent}__evidence")
        rows = (
            limited(rows, self.parent, within)
            .order_by(
                f"{self.parent}__pokja__region__code",
                f"{self.parent}__pokja__code",
                f"{self.parent}__year",
                "id",
            )
            .values_list(
                f"{self.parent}__pokja__code",
                *(f"{self.parent}__{name}" for name in self.part_fields),
                *self.fields.values(),
            )
        )
        columns = (*self._group_columns, *self.fields)
        order = [columns.index(name) for name in self.column_names()]
        for row in rows.iterator(chunk_size=2000):
            yield [self.shown(columns[at], row[at]) for at in order]

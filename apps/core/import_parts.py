"""The small parts of an import: columns, rows, problems, outcomes, and whose regions are open."""

from dataclasses import dataclass, field

from apps.core.cells import Reader
from apps.core.tabular import CellError

ADD, CHANGE, KEEP = "tambah", "ubah", "tetap"


class PlanOutdated(Exception):
    """Something the plan relied on has changed since it was made; nothing was written."""


@dataclass(frozen=True)
class Column:
    """A column of the file. ``blank`` is what an empty cell stores."""

    name: str
    read: Reader
    required: bool = False
    blank: object = None


@dataclass
class Record:
    """One row as read. ``values`` holds the columns that are in the file and could be read."""

    number: int
    values: dict[str, object]
    cells: dict[str, object]

    def __getitem__(self, name):
        return self.values[name]

    def get(self, name, default=None):
        return self.values.get(name, default)

    def has(self, *names) -> bool:
        return all(name in self.values for name in names)


@dataclass
class Problems:
    """Bad cells and warnings, collected."""

    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)

    def error(self, record: Record | None, column: str | None, message: str) -> None:
        self.errors.append(CellError(message, record.number if record else None, column))

    def warn(self, record: Record | None, column: str | None, message: str) -> None:
        self.warnings.append(CellError(message, record.number if record else None, column))

    def sort(self, names: list[str]) -> None:
        """Both lists in the order in which somebody reads the sheet."""
        place = {name: index for index, name in enumerate(names)}
        for found in (self.errors, self.warnings):
            found.sort(key=lambda item: (item.row or 0, place.get(item.column, len(place))))


@dataclass
class Outcome:
    """What the file means for one of its rows; ``details`` are (column, before, after)."""

    row: int
    action: str
    label: str
    details: list[tuple[str, object, object]] = field(default_factory=list)


@dataclass
class Trace:
    """A changed record for the audit trail."""

    action: str
    subject: object
    region: object
    before: dict
    after: dict


class Plan:
    """What is to be written. ``outcomes`` has one entry for each row of the file."""

    def __init__(self):
        self.outcomes: list[Outcome] = []
        self.traces: list[Trace] = []

    def make_rows(self) -> None:
        """Make the rows to be written. Nobody waits for this; for ``write`` everybody does who
        saves into an SQLite file."""

    def write(self) -> None:
        """Write it all inside the caller's transaction and fill ``traces``.

        PlanOutdated when what the plan relied on has changed.
        """
        raise NotImplementedError

    def undo_files(self) -> None:
        """After a roll back: remove what was stored outside the database."""

    @property
    def changes_anything(self) -> bool:
        return any(outcome.action != KEEP for outcome in self.outcomes)


class Gate:
    """Which regions a file may speak of: those where its owner may do the acts named.

    ``acts`` are (act, what the role cannot do). Without an actor (command line) all are open.
    """

    def __init__(self, actor, *acts: tuple[str, str]):
        self.actor, self.acts = actor, acts
        self._known: dict[int, str] = {}

    @property
    def hides_others(self) -> bool:
        """Must not even tell whether something exists outside the owner's regions."""
        return self.actor is not None and not self.actor.scope.sees_all

    def refusal(self, region, what: str) -> str:
        """The sentence for the cell that names something of this region; empty when open."""
        if self.actor is None:
            return ""
        if region.pk not in self._known:
            self._known[region.pk] = self._judge(region)
        return self._known[region.pk].format(what=what)

    def _judge(self, region) -> str:
        scope = self.actor.scope
        if not scope.sees_all and not scope.roles_in(region):
            return "{what} tidak ada di wilayah Anda"
        for act, cannot in self.acts:
            if not scope.can(act, region):
                return f"Peran Anda tidak dapat {cannot} di wilayah ini"
        return ""

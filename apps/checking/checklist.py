"""What the verifier compares: one point for each value an officer typed."""

from dataclasses import dataclass

from apps.evidence.kinds import Adapter
from apps.evidence.services import FINGERPRINT
from apps.verification.enums import Kind
from apps.verification.models import Citation, Evidence

# Up to this many rows each is a point of its own; a longer table is judged as a whole.
MAX_ROWS = 15
# Of a row: the columns shown beside its name, and the form field a note hangs on.
ROW_VALUE = {
    Kind.WORK_PLAN: (("Kegiatan",), "name"),
    Kind.INDICATOR_SET: (("Target", "Satuan"), "target"),
    Kind.BUDGET: (("Pagu Pokja",), "ceiling"),
}


@dataclass
class Point:
    """One value to be marked Sesuai or Tidak. ``field`` is the officer's form field ("" none)."""

    number: int
    field: str
    label: str
    value: str
    is_preset: bool = False  # unchanged since the returned version, so ticked already
    citation: Citation | None = None  # where in the file it stands
    place_url: str = ""  # the page that shows it


def points_for(adapter: Adapter, evidence: Evidence, facts, table) -> list[Point]:
    """The points of an item: its typed facts, then the rows of its table.

    The sums above a table (number of activities, total) follow from its rows; they are points
    only where the rows are too many to be.
    """
    rows = _row_points(adapter, table) if table and len(table.rows) <= MAX_ROWS else []
    typed = [fact for fact in facts if fact.field or not rows]
    texts = [(fact.field, fact.label, fact.value) for fact in typed] + rows
    return [Point(at, *text) for at, text in enumerate(texts, start=1)]


def _row_points(adapter, table) -> list[tuple[str, str, str]]:
    columns, field = ROW_VALUE[adapter.kind]
    shown = [table.headers.index(name) for name in columns if name in table.headers]
    return [
        (
            f"{adapter.room.PREFIX}-{no}-{field}",
            row_label(adapter, row),
            " ".join(row[at] for at in shown if row[at]),
        )
        for no, row in enumerate(table.rows)
    ]


def row_label(adapter, row) -> str:
    """Kegiatan 3; an indicator and a budget line have a name of their own."""
    return f"{adapter.row_name} {row[0]}" if adapter.kind == Kind.WORK_PLAN else row[0]


def preset(points: list[Point], adapter, changes, noted: set[str]) -> None:
    """Tick what the officer left as it was since the return (design: the verification screen).

    Not what the return complained about, and nothing at all once the file itself is another one:
    then no value has been compared with it yet. Of a table judged as a whole, the sums are not
    ticked once any of its rows has changed.
    """
    labels = {label for label, _, _ in changes}
    files = {point.label for point in points if point.field == "file"}
    if labels & (files | {FINGERPRINT}):
        return
    rows_changed = any(
        label.startswith(f"{adapter.row_name} ") and ": " in label for label in labels
    )
    for point in points:
        prefix = f"{adapter.row_name} {point.label.removeprefix(f'{adapter.row_name} ')}: "
        touched = point.label in labels or any(label.startswith(prefix) for label in labels)
        touched |= rows_changed and not point.field
        point.is_preset = not touched and point.field not in noted

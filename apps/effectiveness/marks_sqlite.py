"""The marks' triggers of SQLite: one for each row that is written.

A region that is marked already is not marked again, which is safe because nobody else writes
meanwhile.
"""

from apps.effectiveness.mark_sources import (
    DELETE,
    INSERT,
    MARKS,
    UPDATE,
    Source,
    Way,
    at,
    matters,
    trigger_name,
)


def trigger(source: Source, event: str) -> tuple[str, list[str]]:
    """(name, statements that make it)."""
    rows = {INSERT: ("NEW",), DELETE: ("OLD",), UPDATE: ("NEW", "OLD")}[event]
    statements = [_mark(source, event, row) for row in rows]
    of = f" OF {', '.join(source.columns)}" if event == UPDATE else ""
    when = ""
    if event == UPDATE:
        pairs = (f"{at(e, 'OLD')} IS NOT {at(e, 'NEW')}" for e in source.changes)
        when = f" WHEN {' OR '.join(pairs)}"
    body = "; ".join(statements)
    text = f"AFTER {event.upper()}{of} ON {source.table} FOR EACH ROW{when} BEGIN {body}; END"
    name = trigger_name(source, event, text)
    return name, [f"CREATE TRIGGER {name} {text}"]


def _mark(source: Source, event: str, row: str) -> str:
    if source.regions:
        regions = " UNION ALL ".join(_joined(way, row) for way in source.regions)
        g, found = "g", f"FROM regions_region g WHERE g.id IN ({regions})"
    else:
        g, found = row, f"WHERE {matters(row, event)}"
    return (
        f"INSERT INTO {MARKS} (region_id, province_id) SELECT {g}.id, {g}.province_id {found} "
        f"AND {g}.province_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {MARKS} m "
        f"WHERE m.region_id = {g}.id AND m.province_id = {g}.province_id)"
    )


def _joined(way: Way, row: str) -> str:
    if not way.steps:
        return f"SELECT {row}.{way.column}"
    first, *others = way.steps
    text, before = f"FROM {first.table} s0", first
    for number, step in enumerate(others):
        text += f" JOIN {step.table} s{number + 1} ON s{number + 1}.{step.key} = "
        text += f"s{number}.{before.value}"
        before = step
    return f"SELECT s{len(others)}.{before.value} {text} WHERE s0.{first.key} = {row}.{way.column}"

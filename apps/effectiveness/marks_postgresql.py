"""The marks' triggers of PostgreSQL: one for each statement that writes.

A connection keeps the plan it made first, though the tables may have been empty then, or said to
be: a plan that is right for nothing reads them whole for each row, once they are full. So the text
leaves no choice: OFFSET 0 keeps each step a look-up of its own, by its own index.
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

_SETTINGS = "SET enable_seqscan = off"


def trigger(source: Source, event: str) -> tuple[str, list[str]]:
    """(name, statements that make it): a function and its trigger."""
    changed = _changed(source, event)
    if not source.regions:
        found = f"SELECT DISTINCT r.* FROM ({changed}) r WHERE {matters('r', event)}"
    else:
        regions = " UNION ALL ".join(_step_by_step(way, "r") for way in source.regions)
        found = (
            f"SELECT DISTINCT g.id, g.province_id FROM ({changed}) r "
            f"CROSS JOIN LATERAL ({regions}) x(region_id) "
            "CROSS JOIN LATERAL (SELECT o.id, o.province_id FROM regions_region o "
            "WHERE o.id = x.region_id OFFSET 0) g"
        )
    body = (
        f"INSERT INTO {MARKS} (region_id, province_id) SELECT f.id, f.province_id "
        f"FROM ({found}) f WHERE f.province_id IS NOT NULL"
    )
    tables = {INSERT: "NEW TABLE AS new_rows", DELETE: "OLD TABLE AS old_rows"}
    tables[UPDATE] = f"{tables[INSERT]} {tables[DELETE]}"
    text = f"AFTER {event.upper()} ON {source.table} REFERENCING {tables[event]} FOR EACH STATEMENT"
    name = trigger_name(source, event, text + _SETTINGS + body)
    return name, [
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql "
        f"{_SETTINGS} AS $marks$ BEGIN {body}; RETURN NULL; END $marks$",
        f"CREATE TRIGGER {name} {text} EXECUTE FUNCTION {name}()",
    ]


def _step_by_step(way: Way, row: str) -> str:
    value, text = f"{row}.{way.column}", ""
    for number, step in enumerate(way.steps):
        text += " FROM " if not number else " CROSS JOIN LATERAL "
        text += (
            f"(SELECT t.{step.value} FROM {step.table} t WHERE t.{step.key} = {value} OFFSET 0) "
        )
        text += f"s{number}"
        value = f"s{number}.{step.value}"
    return f"SELECT {value}{text}"


def _changed(source: Source, event: str) -> str:
    if event == INSERT:
        return "SELECT * FROM new_rows"
    if event == DELETE:
        return "SELECT * FROM old_rows"
    # Not joined by id: the plan kept from one row would compare each of ten thousand with each.
    ways = (f"{{row}}.{way.column}" for way in source.regions)
    told = ", ".join(dict.fromkeys(["{row}.id", *ways, *source.changes]))
    new, old = (f"SELECT {at(told, table)} FROM {table}" for table in ("new_rows", "old_rows"))
    return f"({new} EXCEPT {old}) UNION ALL ({old} EXCEPT {new})"

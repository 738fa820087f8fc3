"""What is watched: raw rows, the regions they concern, and which of their changes matter.

Plain data, of which ``marks_sqlite`` and ``marks_postgresql`` make the triggers of their database.
"""

import hashlib
from dataclasses import dataclass

MARKS = "effectiveness_stalemark"
PREFIX = "nilai_"
INSERT, UPDATE, DELETE = EVENTS = "insert", "update", "delete"


@dataclass(frozen=True)
class Step:
    """Rows of a table whose ``key`` is the value in hand; their ``value`` is handed on."""

    table: str
    key: str
    value: str


@dataclass(frozen=True)
class Way:
    """From a column of the row that was written to regions, step by step."""

    column: str
    steps: tuple[Step, ...] = ()


_HOME = Step("pokja_pokja", "id", "region_id")
_POKJA = (Way("pokja_id", (_HOME,)),)


def _through(table: str, key: str, column: str) -> tuple[Way]:
    return (Way(column, (Step(table, key, "pokja_id"), _HOME)),)


# Evidence: the Pokja of its content; for an SK those of all its versions, since a later version
# that leaves a Pokja out takes the earlier one from it.
_EVIDENCE = (
    *_through("work_plans_workplan", "evidence_id", "id"),
    *_through("indicators_indicatorset", "evidence_id", "id"),
    *_through("budgets_budget", "evidence_id", "id"),
    *_through("pokja_nildeclaration", "evidence_id", "id"),
    Way(
        "family",
        (
            Step("verification_evidence", "family", "id"),
            Step("decrees_decree", "evidence_id", "id"),
            Step("decrees_decreecoverage", "decree_id", "pokja_id"),
            _HOME,
        ),
    ),
)


@dataclass(frozen=True)
class Source:
    """A raw table: which regions a row of it concerns, and which changes of a row matter."""

    table: str
    regions: tuple[Way, ...]  # none: the row is a region itself
    changes: tuple[str, ...]  # expressions of {row}
    columns: tuple[str, ...]


def _source(table, regions, *columns, changes=()) -> Source:
    plain = tuple(f"{{row}}.{column}" for column in columns)
    return Source(table, regions, changes or plain, columns)


SOURCES = (
    _source("verification_evidence", _EVIDENCE, "status", "family", "version", "region_id", "year"),
    _source(
        "decrees_decree",
        _through("decrees_decreecoverage", "decree_id", "id"),
        "evidence_id",
        "number_key",
        "issued_on",
        "valid_from",
        "valid_until",
        "validity_basis",
    ),
    _source("decrees_decreecoverage", _POKJA, "decree_id", "pokja_id", "role", "parent_key"),
    _source("work_plans_workplan", _POKJA, "evidence_id", "pokja_id", "year"),
    _source("work_plans_activity", _through("work_plans_workplan", "id", "plan_id"), "plan_id"),
    _source("indicators_indicatorset", _POKJA, "evidence_id", "pokja_id", "year"),
    _source(
        "indicators_target",
        _through("indicators_indicatorset", "id", "indicator_set_id"),
        "indicator_set_id",
        "target",
        changes=("{row}.indicator_set_id", "({row}.target IS NULL)"),
    ),
    _source("budgets_budget", _POKJA, "evidence_id", "pokja_id", "year", "stage"),
    _source(
        "budgets_budgetline",
        _through("budgets_budget", "id", "budget_id"),
        "budget_id",
        "fund_source",
        "ceiling",
        changes=("{row}.budget_id", "{row}.fund_source", "({row}.ceiling > 0)"),
    ),
    _source("pokja_nildeclaration", _POKJA, "evidence_id", "pokja_id", "year", "criterion"),
    _source("pokja_pokja", (Way("region_id"),), "region_id", "formed_on", "dissolved_on"),
    _source("pokja_pokjatype", _POKJA, "pokja_id", "kind"),
    # A region is marked under the province it left and the one it came to.
    _source("regions_region", (), "province_id", "level", "ended_on"),
)


def at(text: str, row: str) -> str:
    return text.format(row=row)


def matters(row: str, event: str) -> str:
    """Of a region that was written: a new one has no Pokja yet, but a new province has figures,
    all of them 0."""
    return "1 = 1" if event == UPDATE else f"{row}.level = 'provinsi'"


def trigger_name(source: Source, event: str, text: str) -> str:
    """Changes with what the trigger does, so that an old one is known as such."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{PREFIX}{source.table}_{event[0]}_{digest}"

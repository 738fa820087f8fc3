"""How rules and results are kept in a book, as plain data, and read from it again. No queries."""

from datetime import date
from uuid import UUID

from apps.effectiveness.assessment import CRITERIA, Assessment
from apps.effectiveness.formula import DecreeRow, Result
from apps.effectiveness.rubrics import CriterionRule, Rules

_DATES = ("issued_on", "valid_from", "valid_until")


# --- rules -----------------------------------------------------------------------------------


def rules_data(rules: Rules) -> dict:
    """A rubric as it was: all that its name, its words and the formulas need of it."""
    return {
        "rubric": rules.rubric_id,
        "name": rules.name,
        "criteria": [
            {
                "code": each.code,
                "title": each.title,
                "check": each.check,
                "parameters": each.parameters,
                "weight": each.weight,
                "is_required": each.is_required,
                "words": each.words,
            }
            for each in rules.criteria
        ],
        "accepted_sources": list(rules.accepted_sources),
        "region_rule": rules.region_rule,
        "points": rules.points,
        "class_limits": list(rules.class_limits),
        "expected_kinds": list(rules.expected_kinds),
    }


def rules_from(data: dict) -> Rules:
    """What ``rules_data`` kept."""
    return Rules(
        rubric_id=data["rubric"],
        name=data["name"],
        criteria=tuple(CriterionRule(**each) for each in data["criteria"]),
        accepted_sources=tuple(data["accepted_sources"]),
        region_rule=data["region_rule"],
        points=data["points"],
        class_limits=tuple(data["class_limits"]),
        expected_kinds=tuple(data["expected_kinds"]),
        has_books=True,
    )


# --- results ---------------------------------------------------------------------------------


def result_data(result: Result, versions: dict[int, int]) -> dict:
    """A result with the version of its evidence; ``versions`` is {evidence id: version}."""
    return {
        "status": result.status,
        "reason": result.reason,
        "evidence": result.evidence_id,
        "version": versions.get(result.evidence_id),
        "item": result.item_id,
        "until": _written(result.until),
        "decree": _decree_data(result.decree),
    }


def result_from(data: dict) -> Result:
    """What ``result_data`` kept."""
    return Result(
        data["status"],
        data["reason"],
        data["evidence"],
        data["item"],
        _read(data["until"]),
        _decree_from(data["decree"]),
    )


def _decree_data(decree: DecreeRow | None) -> dict | None:
    if decree is None:
        return None
    return decree._asdict() | {
        "family": str(decree.family),
        **{name: _written(getattr(decree, name)) for name in _DATES},
    }


def _decree_from(data: dict | None) -> DecreeRow | None:
    if data is None:
        return None
    dates = {name: _read(data[name]) for name in _DATES}
    return DecreeRow(**data | dates | {"family": UUID(data["family"])})


def _written(day: date | None) -> str | None:
    return day and day.isoformat()


def _read(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


# --- a row of a book -------------------------------------------------------------------------


def assessment_from(row, on: date, rules: Rules) -> Assessment:
    """A FrozenScore as an Assessment; ``on`` and ``rules`` are those of its closing."""
    results = {code: result_from(data) for code, data in row.results.items()}
    return Assessment(
        pokja_id=row.pokja_id,
        code=row.code,
        name=row.name,
        region_id=row.region_id,
        region_code=row.region_code,
        region_name=row.region_name,
        region_level=row.region_level,
        province_id=row.province_id,
        year=row.year,
        on=on,
        results={code: results[code] for code in CRITERIA},
        kinds=row.kinds,
        extra={code: result for code, result in results.items() if code not in CRITERIA},
        rules=rules,
        effective=row.effective,
        score=row.score,
        index=row.index,
        frozen=row,
    )

"""Assessments and rules made up for the tests of ladder and receipt: no database."""

from datetime import date
from types import SimpleNamespace

from apps.effectiveness.assessment import Assessment
from apps.effectiveness.formula import EMPTY, MET, DecreeRow, Result
from apps.effectiveness.maturity import CHECKS
from apps.effectiveness.rubrics import CriterionRule, Rules

BASE = ("sk", "rencana_kerja", "indikator", "anggaran")
DAY = date(2026, 8, 20)
DECREE = DecreeRow(
    1, 1, 1, "verified", "establish", "a", "", DAY, DAY, None, "sampai_dicabut", "Bupati Bone"
)


def rules_with(weights=None, required=BASE, points=None, limits=(40, 60, 80)) -> Rules:
    """Rules of these weights; the four at 25 and sixteen points of 1 unless told otherwise."""
    weights = weights or dict.fromkeys(BASE, 25)
    return Rules(
        rubric_id=1,
        name="Rubrik uji",
        criteria=tuple(
            CriterionRule(code, code.title(), code, {}, weight, code in required, f"Aturan {code}")
            for code, weight in weights.items()
        ),
        accepted_sources=("apbd_kabkota",),
        region_rule="any",
        points=dict.fromkeys(CHECKS, 1) if points is None else points,
        class_limits=limits,
        expected_kinds=(),
    )


def assessed(met=(), *, rules=None, code="a", kinds=("bangga_kencana",), scored=True) -> Assessment:
    """A Pokja that meets these criteria by the rules, extra ones included."""
    rules = rules or rules_with()
    outcome = {
        name: Result(MET, decree=DECREE if name == "sk" else None) if name in met else Result(EMPTY)
        for name in {*BASE, *rules.weights}
    }
    item = Assessment(
        pokja_id=1,
        code=code,
        name=f"Pokja {code}",
        region_id=1,
        region_code="73.08",
        region_name="Kabupaten Bone",
        region_level="kabupaten",
        province_id=2,
        year=2026,
        on=DAY,
        results={name: outcome[name] for name in BASE},
        kinds=list(kinds),
        extra={name: outcome[name] for name in outcome if name not in BASE},
    )
    if scored:
        item.judge(rules)
    return item


def given_by(item, rules, codes=()) -> dict[str, bool]:
    """The points: those that come with met criteria, and the named ones of met criteria."""
    return {
        code: item.results[CHECKS[code][0]].is_met
        and (code.endswith("_terpenuhi") or code in codes)
        for code in rules.points
    }


POKJA = SimpleNamespace(
    pk=1,
    region=SimpleNamespace(timezone_label="WITA", level="kabupaten", is_province=False),
)

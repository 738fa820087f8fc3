"""The floors: the same figures by one statement of plain SQL."""

from datetime import date

from django.utils import timezone

NATION = """
SELECT province_id, pokja, effective, rated, sent, met_sk, met_plan, met_indicators, met_budget,
       waiting_sk, waiting_plan, waiting_indicators, waiting_budget,
       effective_provinces, effective_districts
FROM effectiveness_storedtally WHERE year = %s AND start <= %s AND "end" >= %s
"""

PROVINCE = """
SELECT p.id, p.code, p.name, r.id, r.code, r.name, r.level, s.cells, s.details, s.kinds,
       s.effective, s.score, s.rules
FROM effectiveness_storedscore s
JOIN pokja_pokja p ON p.id = s.pokja_id JOIN regions_region r ON r.id = p.region_id
WHERE s.province_id = %s AND s.year = %s AND s.start <= %s AND s."end" >= %s
"""

_ITEM = """
CASE WHEN EXISTS (SELECT 1 FROM {table} c JOIN verification_evidence e ON e.id = c.evidence_id
                  WHERE c.pokja_id = p.id AND c.year = y.year AND e.status = 'verified' AND {met})
     THEN 't'
     WHEN EXISTS (SELECT 1 FROM {table} c JOIN verification_evidence e ON e.id = c.evidence_id
                  WHERE c.pokja_id = p.id AND c.year = y.year AND e.status = 'submitted' AND {met})
     THEN 'm'
     WHEN EXISTS (SELECT 1 FROM {table} c JOIN verification_evidence e ON e.id = c.evidence_id
                  WHERE c.pokja_id = p.id AND c.year = y.year AND e.status = 'returned')
     THEN 'p'
     WHEN EXISTS (SELECT 1 FROM {table} c JOIN verification_evidence e ON e.id = c.evidence_id
                  WHERE c.pokja_id = p.id AND c.year = y.year AND e.status = 'verified')
     THEN 'x' ELSE 'b' END
"""
_SK = """
CASE WHEN EXISTS (SELECT 1 FROM {joined} AND e.status = 'verified' AND {holds}) THEN 't'
     WHEN EXISTS (SELECT 1 FROM {joined} AND e.status = 'submitted' AND {holds}) THEN 'm'
     WHEN EXISTS (SELECT 1 FROM {joined} AND e.status = 'returned') THEN 'p'
     WHEN EXISTS (SELECT 1 FROM {joined} AND e.status = 'verified') THEN 'x' ELSE 'b' END
"""


def recompute(vendor: str) -> str:
    """Fills ``bench_scores`` with the four statuses of every Pokja and year on its reference date,
    effective and score; amendments, versions, reasons and the days of an SK's end are left out."""
    today = timezone.localdate()
    as_date = "DATE " if vendor == "postgresql" else ""
    years = " UNION ALL ".join(
        f"SELECT {year} AS year, {as_date}'{min(date(year, 12, 31), today)}' AS d"
        for year in range(2015, today.year + 1)
    )
    sk = _SK.format(
        joined=(
            "decrees_decreecoverage c JOIN decrees_decree k ON k.id = c.decree_id "
            "JOIN verification_evidence e ON e.id = k.evidence_id "
            "WHERE c.pokja_id = p.id AND c.role = 'establish'"
        ),
        holds="k.valid_from <= y.d AND (k.valid_until IS NULL OR k.valid_until >= y.d)",
    )
    plan = _item("work_plans_workplan", "work_plans_activity a WHERE a.plan_id = c.id")
    chosen = _item(
        "indicators_indicatorset",
        "indicators_target a WHERE a.indicator_set_id = c.id AND a.target IS NOT NULL",
    )
    budget = _item(
        "budgets_budget", "budgets_budgetline a WHERE a.budget_id = c.id AND a.ceiling > 0"
    )
    return f"""
    CREATE TABLE bench_scores AS
    SELECT f.*, (f.sk = 't' AND f.plan = 't' AND f.chosen = 't' AND f.budget = 't') AS effective,
           25 * ((f.sk = 't'){_int(vendor)} + (f.plan = 't'){_int(vendor)}
           + (f.chosen = 't'){_int(vendor)} + (f.budget = 't'){_int(vendor)}) AS score
    FROM (SELECT p.id, p.region_id, r.province_id, y.year, {sk} AS sk, {plan} AS plan,
                 {chosen} AS chosen, {budget} AS budget
          FROM pokja_pokja p JOIN regions_region r ON r.id = p.region_id CROSS JOIN ({years}) y
          WHERE (p.formed_on IS NULL OR p.formed_on <= y.d)
            AND (p.dissolved_on IS NULL OR p.dissolved_on > y.d)) f
    """


INDEX = "CREATE UNIQUE INDEX bench_scores_once ON bench_scores (province_id, year, id)"


def _item(table: str, inside: str) -> str:
    return _ITEM.format(table=table, met=f"EXISTS (SELECT 1 FROM {inside})")


def _int(vendor: str) -> str:
    return "::int" if vendor == "postgresql" else ""

"""4 Kekurangan: a row for each criterion that a Pokja does not meet, and how to mend it."""

from apps.core.looks import CRITERIA
from apps.core.sheets import DAY, FIRST_ROW, TOTAL, Column, Line, Sheet, total_of
from apps.dashboard import findings
from apps.dashboard.words import CRITERION_LABELS
from apps.effectiveness.formula import WAITING
from apps.effectiveness.repairs import NO_POKJA, Repair, of_check, of_evidence
from apps.recap import words
from apps.recap.gathering import Recap
from apps.recap.sheets.pokja import placed
from apps.verification.enums import Kind

NAME = "Kekurangan"
COLUMNS = (
    Column("Daerah", 24),
    Column("Pokja", 32),
    Column("Kriteria", 16),
    Column("Yang kurang", 48),
    Column("Cara memperbaiki", 56),
    Column("Batas waktu", 16, DAY),
)
KINDS = dict(
    zip(CRITERIA, (Kind.DECREE, Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET), strict=True)
)
NONE = "Tidak ada kekurangan: setiap Pokja memenuhi semua kriteria."


def sheet(recap: Recap) -> Sheet:
    lines = list(_lines(recap))
    return Sheet(
        name=NAME,
        title="Kekurangan tiap Pokja dan cara memperbaikinya",
        sentence=words.sentence(recap),
        finding=_finding(recap, lines),
        columns=COLUMNS,
        lines=[*lines, _total(len(lines))] if lines else [],
        names=2,
        notes=words.notes(recap),
    )


def count(recap: Recap) -> int:
    """How many rows the sheet has."""
    return sum(1 for _ in _lines(recap))


def _finding(recap: Recap, lines) -> str:
    if not lines:
        return NONE
    total = recap.figures.total
    return findings.weakest(total) if total.has_data else words.finding(recap)


def _lines(recap: Recap):
    """In the order of regions and Pokja; a region without any Pokja lacks that."""
    if recap.figures.selection.is_every_pokja:
        held = {item.region_id for item in recap.items}
        without = [each for each in recap.places[:-1] if each.region and each.pk not in held]
    else:
        without = []
    rows = [(place, item) for place, item in placed(recap)] + [(each, None) for each in without]
    order = {place.pk: at for at, place in enumerate(recap.places)}
    for place, item in sorted(rows, key=lambda row: order[row[0].pk]):
        if item is None:
            due = _due(recap, CRITERIA[0], place.pk)
            yield Line([place.label, None, None, *NO_POKJA[:2], due])
        else:
            yield from _of_pokja(recap, place, item)


def _of_pokja(recap: Recap, place, item):
    rules = {rule.code: rule for rule in item.rules.criteria} if item.rules else {}
    for code, result in item.by_rubric.items():
        if result.is_met:
            continue
        rule = rules.get(code)
        repair = _repair(recap, item, code, result, rule)
        due = None if result.status == WAITING else _due(recap, code, place.pk)
        title = CRITERION_LABELS.get(code) or rule.title
        yield Line([place.label, item.name, title, repair.fact, repair.fix or None, due])


def _repair(recap: Recap, item, code: str, result, rule) -> Repair:
    """A draft is nothing yet: the recap is read by others than its writer."""
    if code not in CRITERION_LABELS:
        return of_check(rule, result, recap.year, item.region_level)
    reason = recap.nil_reasons.get((item.pokja_id, code), "") if result.reason == "nihil" else ""
    return of_evidence(
        code, CRITERION_LABELS[code], result, recap.year, item.region_level, nil_reason=reason
    )


def _due(recap: Recap, code: str, region_id: int):
    """The last day to send it; None where none is set, or the check rests on no kind of its own."""
    kind = KINDS.get(code)
    deadline = recap.deadlines.get((kind.value, region_id)) if kind else None
    return deadline and deadline.due_on


def _total(rows: int) -> Line:
    counted = total_of(4, FIRST_ROW, FIRST_ROW + rows - 1, rows, "COUNTA")
    return Line(["JUMLAH KEKURANGAN", None, None, counted, None, None], TOTAL)

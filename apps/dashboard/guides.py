"""The guide to the score, written from the rubric in force, and the accessibility statement."""

from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from apps.core.looks import look_of
from apps.dashboard.panels import region_rule
from apps.dashboard.words import CRITERION_LABELS
from apps.effectiveness.formula import EMPTY, FAILED, MET, TO_FIX, WAITING
from apps.effectiveness.maturity import CHECKS, maturity_class
from apps.effectiveness.rubrics import rubric_for, rules_for
from apps.pokja.enums import FundSource, PokjaKind

STATUS_MEANINGS = (
    (MET, "lengkap, sudah diverifikasi, dan berlaku pada tanggal acuan"),
    (WAITING, "sudah dikirim dan menunggu verifikasi; belum dihitung"),
    (TO_FIX, "dikembalikan dengan catatan untuk diperbaiki"),
    (
        FAILED,
        "sudah diverifikasi tetapi tidak memenuhi: kedaluwarsa, dicabut, nol, atau "
        "dinyatakan tidak ada",
    ),
    (EMPTY, "belum ada yang dikirim; ini tidak sama dengan tidak ada"),
)


@require_safe
def score(request: HttpRequest):
    """How the score is counted: text and code cannot differ, since both are the rubric."""
    year = timezone.localdate().year
    return render(request, "dashboard/score_guide.html", {"year": str(year)} | rule_book(year))


def rule_book(year: int) -> dict:
    """The rubric of a year in words; ``rubric`` is None where the year cannot be scored."""
    rules, rubric = rules_for(year), rubric_for(year)
    statuses = [
        {"status": status, "word": look_of(status).word, "meaning": meaning}
        for status, meaning in STATUS_MEANINGS
    ]
    if rules is None:
        return {"rubric": None, "statuses": statuses}
    criteria = sorted(
        rubric.criteria.all(), key=lambda row: list(CRITERION_LABELS).index(row.criterion)
    )
    points = list(rubric.points.all())
    return {
        "rubric": rubric,
        "statuses": statuses,
        "criteria": [
            {
                "label": CRITERION_LABELS[row.criterion],
                "rule": row.rule,
                "weight": row.weight,
                "required": row.is_required,
            }
            for row in criteria
        ],
        "sources": [FundSource(each).label for each in rules.accepted_sources],
        "region_rule": region_rule(rules),
        "expected": [PokjaKind(each).label for each in rules.expected_kinds],
        "points": [
            {"label": label, "rows": [row for row in points if CHECKS[row.check_code][0] == name]}
            for name, label in CRITERION_LABELS.items()
        ],
        "point_total": sum(row.points for row in points),
        "classes": class_rows(rules.class_limits),
    }


def class_rows(limits) -> list[dict]:
    """The classes of maturity with their bounds, from the rubric."""
    return [
        {"name": maturity_class(low, limits), "low": str(low), "below": str(high or "")}
        for low, high in zip([0, *limits], [*limits, None], strict=True)
    ]


@require_safe
def accessibility(request: HttpRequest):
    """What this portal promises to people who read, see or type differently."""
    return render(request, "dashboard/accessibility.html")

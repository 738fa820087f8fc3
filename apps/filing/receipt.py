""" "Mengapa nilai ini?": the rule of each criterion in words, what it rests on, and the points."""

from dataclasses import dataclass

from apps.core.formats import format_date, format_number, local_time
from apps.core.looks import look_of
from apps.effectiveness.maturity import CHECKS, index, maturity_class
from apps.effectiveness.points import facts_for, points_of
from apps.filing.cards import Card
from apps.filing.words import joined
from apps.pokja.models import Pokja
from apps.verification.enums import Status
from apps.verification.models import Citation


@dataclass(frozen=True)
class Line:
    """One criterion of the receipt: the rule, its weight, the outcome and the points."""

    title: str
    rule: str
    weight: int
    is_required: bool
    is_met: bool
    outcome: str
    basis: str  # what the outcome rests on: item, document, who verified it and when
    points: list[tuple[bool, str]]


@dataclass(frozen=True)
class Receipt:
    rubric: str
    lines: list[Line]
    index: str
    index_class: str
    reached: int
    possible: int


def receipt_for(pokja: Pokja, assessment, rubric, rules, cards: list[Card]) -> Receipt:
    """The receipt of one assessment; 4 queries for the facts behind the points, 1 for pages."""
    active = Pokja.objects.filter(pk=pokja.pk)
    facts = facts_for([assessment], active, assessment.year, assessment.on)[pokja.pk]
    given = points_of(facts, rules)
    reached = index(rules.points, facts)
    words = {row.check_code: row.words for row in rubric.points.all()}
    criteria = {row.criterion: row for row in rubric.criteria.all()}
    cited = _cited_pages(cards)
    lines = [
        _line(card, criteria.get(card.criterion), given, words, pokja, cited) for card in cards
    ]
    return Receipt(
        rubric.name,
        lines,
        format_number(reached, 0),
        maturity_class(reached, rules.class_limits),
        sum(rules.points[code] for code, held in given.items() if held),
        sum(rules.points.values()),
    )


def _cited_pages(cards: list[Card]) -> dict[tuple[int, int], list[int]]:
    """Pages that values were found on, by (evidence, document)."""
    shown = [card.shown.pk for card in cards if card.shown and card.document]
    found = {}
    rows = Citation.objects.filter(evidence__in=shown).order_by("page")
    for evidence_id, document_id, page in rows.values_list("evidence_id", "document_id", "page"):
        pages = found.setdefault((evidence_id, document_id), [])
        pages += [page] if page not in pages else []
    return found


def _line(card: Card, row, given, words, pokja, cited) -> Line:
    reason = "" if card.result.reason == "draf" else card.result.reason
    points = [
        (held, words[code]) for code, held in given.items() if CHECKS[code][0] == card.criterion
    ]
    return Line(
        card.title,
        row.rule if row else "",
        row.weight if row else 0,
        bool(row and row.is_required),
        card.result.is_met,
        look_of(card.result.status, reason).word,
        _basis(card, pokja, cited),
        points,
    )


def _basis(card: Card, pokja, cited) -> str:
    """ "SK Pokja Advokasi, SK.pdf hal. 1 (5 halaman), disetujui Andi pada 20 Januari 2026"."""
    evidence = card.shown
    if evidence is None or evidence.status != Status.VERIFIED:
        return ""
    parts = [evidence.title]
    if card.document:
        pages = cited.get((evidence.pk, card.document.pk), [])
        at = f" hal. {joined([str(page) for page in pages])}" if pages else ""
        parts.append(f"{card.document.original_name}{at} ({card.document.pages} halaman)")
    if evidence.decided_at:
        day = format_date(local_time(evidence.decided_at, pokja.region.timezone_label))
        parts.append(f"disetujui {evidence.decided_by or 'melalui impor'} pada {day}")
    return ", ".join(parts)

""" "Mengapa nilai ini?": point by point the rule, what it rests on, and what is missing.

The points of a line and its weight are what was counted: they sum to the score and the index
that the page shows.
"""

from dataclasses import dataclass
from datetime import date, datetime

from apps.core.formats import format_date, format_datetime
from apps.core.looks import look_of
from apps.effectiveness.criteria import words_of
from apps.effectiveness.criteria_basis import Ground
from apps.effectiveness.formula import FAILED
from apps.effectiveness.ladder import criteria_of
from apps.effectiveness.maturity import CHECKS
from apps.effectiveness.point_gaps import gap_of, way_of
from apps.effectiveness.repairs import Repair, failing, of_check
from apps.filing.cards import Card
from apps.filing.judged import Judged
from apps.filing.words import TITLES, figure
from apps.pokja.models import Pokja
from apps.verification.enums import Status
from apps.verification.models import Citation

QUOTE = 90  # letters of a quote that a line of the receipt has room for


@dataclass(frozen=True)
class Page:
    """A page of the document that a value was found on, and what stands there."""

    number: int
    quote: str = ""


@dataclass(frozen=True)
class Basis:
    """What an outcome rests on: the version of the item, its document, who verified it, when."""

    title: str
    version: int
    document: object = None
    pages: tuple[Page, ...] = ()
    verified: str = ""


@dataclass(frozen=True)
class Point:
    """One maturity point: ``got`` of ``possible`` points of the rubric."""

    code: str
    words: str
    is_given: bool
    got: int
    possible: int
    gap: Repair


@dataclass(frozen=True)
class Line:
    """One criterion: ``got`` of ``weight`` points of the score, and its maturity points."""

    code: str
    title: str
    rule: str
    weight: int
    got: int
    is_required: bool
    is_met: bool
    outcome: str
    basis: Basis | None
    gaps: list[Repair]
    points: list[Point]
    ground: Ground | None = None  # of a criterion beside the four: the fact it rests on

    @property
    def points_got(self) -> int:
        return sum(point.got for point in self.points)

    @property
    def points_possible(self) -> int:
        return sum(point.possible for point in self.points)


@dataclass(frozen=True)
class Receipt:
    """``got`` of ``possible`` points make ``index``; the lines' ``got`` make ``score``."""

    rubric: str
    rubric_code: str
    published: str  # since when these rules hold, in words
    on: date
    lines: list[Line]
    score: int
    index: str
    index_class: str
    got: int
    possible: int
    frozen: str  # that the year is closed, in words; empty where it is not

    @property
    def score_sum(self) -> str:
        """ "25 + 0 + 25 + 0 = 50"."""
        return f"{' + '.join(str(line.got) for line in self.lines if line.weight)} = {self.score}"

    @property
    def index_sum(self) -> str:
        """ "4 + 0 + 2 + 0 = 6 dari 16 poin = 37,5"; empty where the rubric has no points."""
        if not self.possible:
            return ""
        parts = " + ".join(str(line.points_got) for line in self.lines if line.points)
        return f"{parts} = {self.got} dari {self.possible} poin = {self.index}"


def receipt_for(pokja: Pokja, judged: Judged, cards: list[Card], grounds=None) -> Receipt:
    """The receipt of one assessment; 1 query, for the pages.

    ``grounds``: what the criteria beside the four rest on (``criteria_basis.grounds_of``).
    """
    cited = _cited(cards)
    shown = {card.criterion: card for card in cards}
    lines = [
        _line(code, pokja, judged, shown.get(code), cited, (grounds or {}).get(code))
        for code in criteria_of(judged.rules)
    ]
    rubric, zone = judged.rubric, pokja.region.timezone_label
    return Receipt(
        rubric=judged.rules.name,
        rubric_code=rubric.code,
        published=_published(rubric, zone),
        on=judged.assessment.on,
        lines=lines,
        score=judged.now.score,
        index=figure(judged.now.index),
        index_class=judged.now.klass,
        got=sum(line.points_got for line in lines),
        possible=sum(line.points_possible for line in lines),
        frozen=_frozen(judged.assessment.frozen, zone),
    )


def _published(rubric, zone) -> str:
    """ "berlaku untuk tahun 2015 dan sesudahnya, terbit 2 Januari 2026 pukul 08.00 WITA"."""
    years = f"berlaku untuk tahun {rubric.year_from} dan sesudahnya"
    if rubric.year_to:
        years = f"berlaku untuk tahun {rubric.year_from}–{rubric.year_to}"
    if rubric.published_at is None:
        return years
    return f"{years}, terbit {format_datetime(rubric.published_at, zone)}"


def _frozen(row, zone) -> str:
    """Who closed the year stands in the note on its book."""
    if row is None:
        return ""
    anew = f" (edisi {row.edition})" if row.edition > 1 else ""
    day = format_datetime(row.frozen_at, zone)
    return f"Tahun ini sudah ditutup: nilai dibekukan {day}{anew} dan tidak berubah lagi."


def _line(code, pokja, judged: Judged, card: Card | None, cited, ground=None) -> Line:
    rules, assessment = judged.rules, judged.assessment
    rule = next((each for each in rules.criteria if each.code == code), None)
    result = (assessment.results | assessment.extra)[code]
    weight = rule.weight if rule else 0
    reason = card.reason if card else result.reason
    return Line(
        code=code,
        title=TITLES.get(code) or rule.title,
        rule=words_of(rule) if rule else "Tidak dihitung dalam skor rubrik ini, hanya poinnya.",
        weight=weight,
        got=weight if result.is_met else 0,
        is_required=bool(rule and rule.is_required),
        is_met=result.is_met,
        outcome=look_of(result.status, reason).word,
        basis=_basis(card, pokja, judged, cited) if card else None,
        gaps=_gaps(rule, result, card, pokja, assessment),
        points=[_point(each, judged, pokja) for each in rules.points if CHECKS[each][0] == code],
        ground=ground,
    )


def _gaps(rule, result, card, pokja, assessment) -> list[Repair]:
    year, level = assessment.year, pokja.region.level
    if result.is_met:
        return []
    if card is None:
        return [of_check(rule, result, year, level)] if rule else []
    if not card.repairs and result.status == FAILED:  # as an observer or a past day is told
        end = format_date(result.until) if result.until else ""
        return [failing(result.reason, card.criterion, year, end=end, level=level)]
    return card.repairs


def _point(code, judged: Judged, pokja) -> Point:
    value, held = judged.rules.points[code], judged.given[code]
    gap = Repair("", "")
    if not held:
        level = pokja.region.level
        if judged.facts:
            gap = gap_of(code, judged.facts, level)
        elif judged.assessment.results[CHECKS[code][0]].is_met:
            gap = Repair("", way_of(code, level))
    return Point(code, judged.words.get(code, code), held, value if held else 0, value, gap)


# --- what it rests on ------------------------------------------------------------------------


def _cited(cards: list[Card]) -> dict[tuple[int, int], list[Page]]:
    """Pages that values were found on, by (evidence, document); one for each page."""
    shown = [card.shown.pk for card in cards if card.shown and card.document]
    found: dict[tuple[int, int], dict[int, Page]] = {}
    rows = Citation.objects.filter(evidence__in=shown).order_by("page", "id")
    for evidence_id, document_id, page, quote in rows.values_list(
        "evidence_id", "document_id", "page", "quote"
    ):
        pages = found.setdefault((evidence_id, document_id), {})
        if page not in pages or not pages[page].quote:
            pages[page] = Page(page, _short(quote))
    return {key: list(pages.values()) for key, pages in found.items()}


def _short(quote: str) -> str:
    return quote if len(quote) <= QUOTE else f"{quote[:QUOTE].rstrip()}…"


def _basis(card: Card, pokja, judged: Judged, cited) -> Basis | None:
    """The verified version behind the outcome, even one that was replaced since, where the
    outcome is that of a book or of a past day."""
    evidence = card.shown
    if evidence is None or not (
        evidence.status == Status.VERIFIED
        or (card.result.is_met and evidence.pk == card.result.evidence_id)
    ):
        return None
    pages = ()
    if card.document:
        pages = tuple(cited.get((evidence.pk, card.document.pk), ()))
        pages = pages or _of_lines(card, judged)
    return Basis(
        evidence.title,
        evidence.version,
        card.document,
        pages,
        _verified(evidence, pokja.region.timezone_label),
    )


def _of_lines(card, judged: Judged) -> tuple[Page, ...]:
    """The pages that the lines of a budget name themselves, where they are numbers."""
    if card.criterion != "anggaran" or judged.facts is None or not card.result.is_met:
        return ()
    named = {int(row.page) for row in judged.facts.lines if row.page.isdecimal()}
    return tuple(Page(page) for page in sorted(named) if 1 <= page <= (card.document.pages or 0))


def _verified(evidence, zone) -> str:
    """ "disetujui Andi, 20 Januari 2026 pukul 10.00 WITA"."""
    if evidence.status != Status.VERIFIED or evidence.decided_at is None:
        return ""
    at: datetime = evidence.decided_at
    return f"disetujui {evidence.decided_by or 'melalui impor'}, {format_datetime(at, zone)}"


def basis_words(basis: Basis | None) -> str:
    """The same on one line of paper: "SK …, versi 1, SK.pdf halaman 1 dan 3, disetujui …"."""
    if basis is None:
        return ""
    parts = [basis.title, f"versi {basis.version}"]
    if basis.document:
        at = (
            f" halaman {', '.join(str(page.number) for page in basis.pages)}" if basis.pages else ""
        )
        parts.append(f"{basis.document.original_name}{at}")
    return ", ".join([*parts, basis.verified] if basis.verified else parts)

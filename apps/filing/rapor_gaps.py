"""Section B of the rapor: what a Pokja's year still lacks, what mends it, who, by when."""

from dataclasses import dataclass
from datetime import date

from apps.core.formats import format_date
from apps.effectiveness.formula import EMPTY, FAILED, TO_FIX, WAITING
from apps.effectiveness.repairs import Repair, failing, missing
from apps.filing.cards import Card
from apps.filing.deadlines import kind_of
from apps.filing.judged import Judged
from apps.filing.words import IN_SENTENCE
from apps.verification.enums import Status

OVER = "sudah lewat"  # of a closed year and of a past day nothing can be mended any more
NO_END = "tanpa batas waktu"
AGAIN = "Perbaiki, lalu kirim kembali"
ROOM = 400  # letters of a cell: rows do not split, so none may outgrow a page
OFFICE = "OPD KB"  # where the register names no office for the region
# Whom the office needs beside it for a criterion: (kab/kota, province).
BESIDE = {"sk": ("Bagian Hukum", "Biro Hukum"), "anggaran": ("Bappeda", "Bappeda")}


@dataclass(frozen=True)
class Task:
    """One row of section B."""

    what: str
    fix: str
    who: str
    by: str


def tasks_of(cards: list[Card], judged: Judged | None, told: "Telling") -> list[Task]:
    """Every gap of every criterion that is not met, in the order of section A; no query.

    What waits for a verifier lacks nothing that anybody could mend.
    """
    found = [
        _task(repair, card.criterion, told)
        for card in cards
        if card.is_counted
        for repair in repairs_of(card, told)
    ]
    for line in told.extra_lines:
        if judged.assessment.extra[line.code].status != WAITING:
            found += [_task(repair, line.code, told) for repair in line.gaps]
    return found


@dataclass(frozen=True)
class Telling:
    """What the rows need to know beside the cards. ``due``: the last day by kind of evidence."""

    year: int
    level: str
    office: str
    due: dict[str, date]
    is_past: bool
    extra_lines: tuple = ()


def repairs_of(card: Card, told: Telling) -> list[Repair]:
    """What the card says is missing; where it may not say it, what its status alone tells."""
    result = card.result
    if result.is_met or result.status == WAITING:
        return []
    if card.notes:
        said = "; ".join(note.words.rstrip(".") for note in card.notes)
        return [Repair(f"Catatan verifikator: {said}", AGAIN), *card.repairs]
    if card.repairs:
        return card.repairs
    return [_by_status(card, told)]


def _by_status(card: Card, told: Telling) -> Repair:
    result, name = card.result, IN_SENTENCE[card.criterion]
    if result.status == FAILED:
        end = format_date(result.until) if result.until else ""
        return failing(
            result.reason,
            card.criterion,
            told.year,
            end=end,
            level=told.level,
            nil_reason=card.nil_reason,
        )
    if result.status == TO_FIX:
        return Repair(f"Isian {name} dikembalikan", AGAIN)
    if result.status == EMPTY and _is_draft(card):
        return Repair(f"Draf {name} belum dikirim", "Kirim untuk diverifikasi")
    return missing(card.criterion, told.year, told.level)


def _is_draft(card: Card) -> bool:
    item = card.item
    return item is not None and item.status == Status.DRAFT


def _task(repair: Repair, criterion: str, told: Telling) -> Task:
    return Task(short(repair.fact), short(repair.fix), _who(criterion, told), _by(criterion, told))


def short(text: str, room: int = ROOM) -> str:
    """The text, cut where a cell of the paper has no room for all of it."""
    return text if len(text) <= room else f"{text[: room - 1].rstrip()}…"


def _who(criterion: str, told: Telling) -> str:
    beside = BESIDE.get(criterion)
    if beside is None:
        return told.office
    return f"{told.office} dan {beside[told.level == 'provinsi']}"


def _by(criterion: str, told: Telling) -> str:
    if told.is_past:
        return OVER
    due = told.due.get(kind_of(criterion)) if criterion in IN_SENTENCE else None
    return format_date(due) if due else NO_END

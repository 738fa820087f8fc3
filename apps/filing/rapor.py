"""The rapor of a Pokja's year as plain data: for the paper (templates/filing/rapor.typ) and, the
same, for the screen (templates/filing/rapor.html)."""

import re
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apps.core.context import is_sample
from apps.core.formats import format_date, local_time
from apps.core.looks import CRITERION_SHORT, look_of
from apps.core.terbilang import terbilang
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.formula import TO_FIX, WAITING
from apps.effectiveness.moment import Moment
from apps.filing.cards import Card, Reader
from apps.filing.judged import Judged
from apps.filing.ladder import Ladder
from apps.filing.rapor_annex import annexes_of, effective_word
from apps.filing.rapor_gaps import OFFICE, Telling, short, tasks_of
from apps.filing.receipt import Line, Receipt
from apps.verification.enums import Status

TITLE = "Rapor Efektivitas Pokja Bangga Kencana"
NOT_SCORED = "Rubrik untuk tahun ini belum ada atau bobotnya tidak berjumlah 100"
HIDDEN = "Isi tampil setelah diverifikasi"


class Office(NamedTuple):
    """The office of the region that handles PPKB; empty where the register has none."""

    name: str = ""
    short_name: str = ""


@dataclass(frozen=True)
class Year:
    """A Pokja's year as one reader sees it: everything a rapor is told from.

    ``judged`` and ``receipt`` are None where the year cannot be scored, ``ladder`` where nothing
    can be raised. ``due``: the last day by kind of evidence.
    """

    pokja: object
    assessment: Assessment
    cards: list[Card]
    judged: Judged | None
    receipt: Receipt | None
    ladder: Ladder | None
    reader: Reader
    due: dict[str, date]
    trend: list[dict]
    events: list
    office: Office
    moment: Moment | None

    @property
    def is_past(self) -> bool:
        """A closed year, or a past day: nothing of it can be changed any more."""
        return bool(self.moment or self.assessment.frozen)

    @property
    def zone(self) -> str:
        return self.pokja.region.timezone_label

    @property
    def extra_lines(self) -> tuple[Line, ...]:
        """Criteria of the rubric beside the four cards."""
        shown = {card.criterion for card in self.cards}
        lines = self.receipt.lines if self.receipt else ()
        return tuple(line for line in lines if line.code not in shown)


def rapor_of(year: Year) -> dict:
    """Everything the paper says but its head, signature and code; no query beyond the sample
    mark's, and no word that changes by itself from one day to the next."""
    pokja, assessment, receipt = year.pokja, year.assessment, year.receipt
    criteria = _criteria(year)
    tasks = tasks_of(year.cards, year.judged, _telling(year))
    return {
        "title": TITLE,
        "year": str(assessment.year),
        "is_sample": is_sample(),
        "name": paper_name(pokja, assessment.year),
        "facts": _identity(year),
        "notice": _notice(assessment, receipt),
        "verdict": status_of(assessment),
        "met": f"{assessment.met} dari {assessment.possible} kriteria terpenuhi",
        "figures": _figures(receipt),
        "slots": _slots(year),
        "criteria_title": f"Penilaian {terbilang(len(criteria))} kriteria",
        "criteria": criteria,
        "tasks": [vars(task) for task in tasks],
        "no_tasks": _nothing_missing(assessment),
        "annexes": annexes_of(year),
    }


def status_of(assessment: Assessment) -> str:
    """ "Belum efektif"."""
    return effective_word(assessment.effective)


def paper_name(pokja, year: int) -> str:
    """ "Rapor Pokja Kampung KB, Kabupaten Bone, 2026"."""
    return f"Rapor {pokja.name}, {pokja.region.full_name}, {year}"


def file_name(pokja, year: int, paper: str = "a4") -> str:
    """Rapor_Pokja-Kampung-KB_Kab-Bone_2026.pdf; with the paper before the end where it is F4."""
    region = re.sub(r"^Kabupaten ", "Kab ", pokja.region.full_name)
    size = "" if paper == "a4" else f"_{paper.upper()}"
    return f"Rapor_{_joined(pokja.name)}_{_joined(region)}_{year}{size}.pdf"


def _joined(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-.") or "Pokja"


def _identity(year: Year) -> list[list[str]]:
    region, assessment = year.pokja.region, year.assessment
    place = region.full_name
    if not region.is_province:
        place = f"{place}, Provinsi {region.province.label}"
    found = [
        ["Nama Pokja", year.pokja.name],
        ["Jenis dan kode", f"{year.pokja.kind_labels}, {year.pokja.code}"],
        ["Daerah", place],
    ]
    if year.office.name:
        found.append(["Instansi pengampu", year.office.name])
    if year.moment:
        found.append(["Keadaan per", f"{year.moment.words}, yang diketahui pada akhir hari itu"])
    elif assessment.on.month == 12 and assessment.on.day == 31:
        found.append(["Tanggal acuan", format_date(assessment.on)])
    return found


def _notice(assessment, receipt) -> str:
    if receipt and receipt.frozen:
        return receipt.frozen
    if any(result.status == WAITING for result in assessment.by_rubric.values()):
        return "Belum seluruhnya diverifikasi"
    return ""


def _figures(receipt: Receipt | None) -> list[str]:
    if receipt is None:
        return [NOT_SCORED]
    return [
        f"Skor terverifikasi {receipt.score} dari 100",
        f"Indeks kematangan {receipt.index} dari 100, kelas {receipt.index_class}",
    ]


def _slots(year: Year) -> list[dict]:
    """The meter: the criteria that count, in the order of section A."""
    found = [
        (name, card.look)
        for name, card in zip(CRITERION_SHORT, year.cards, strict=True)
        if card.is_counted
    ]
    for line in year.extra_lines:
        result = year.assessment.extra[line.code]
        found.append((line.title, look_of(result.status, result.reason)))
    return [{"name": name, "word": look.short, "slot": look.slot} for name, look in found]


# --- A. the criteria of the rubric -------------------------------------------------------------


def _criteria(year: Year) -> list[dict]:
    lines = {line.code: line for line in year.receipt.lines} if year.receipt else {}
    rows = [_of_card(card, lines.get(card.criterion), year) for card in year.cards]
    return rows + [_of_line(line) for line in year.extra_lines]


def _of_card(card: Card, line: Line | None, year: Year) -> dict:
    score = f"{line.got} / {line.weight}" if line and line.weight else ""
    return {
        "name": card.title,
        "result": card.look.word,
        "basis": _basis(card, year),
        "score": score if card.is_counted else "tidak dihitung",
    }


def _basis(card: Card, year: Year) -> str:
    """What the result rests on, on few lines; a draft tells nothing that was sent."""
    facts = _facts(card) if not _is_draft(card) else []
    if card.nil_reason:
        facts = [f"dinyatakan tidak ada: {card.nil_reason.rstrip('.')}"]
    if card.waits and card.item.submitted_at:
        day = format_date(local_time(card.item.submitted_at, year.zone))
        subject = "isian baru " if card.pending else ""
        facts.append(f"{subject}dikirim {day}, belum diperiksa")
    if facts:
        words = short("; ".join(facts))
        return words[0].upper() + words[1:]
    if _is_draft(card):
        return "Draf, belum dikirim"
    if year.reader.verified_only and card.result.status in (WAITING, TO_FIX):
        return HIDDEN
    return short(card.repairs[0].fact) if card.repairs else "Belum ada isian"


def _facts(card: Card) -> list[str]:
    """ "Nomor 188.45/412/I/2026, ditetapkan …, berlaku …"; of the others "label: nilai"."""
    told = {fact.field: fact.value for fact in card.facts if fact.field and fact.value}
    if card.criterion == "sk":
        heads = {"number": "nomor", "issued_on": "ditetapkan", "valid_until": "berlaku"}
        parts = [f"{word} {told[name]}" for name, word in heads.items() if name in told]
        return [", ".join(parts)] if parts else []
    return [
        f"{fact.label[0].lower()}{fact.label[1:]}: {fact.value}"
        for fact in card.facts
        if fact.value and fact.field != "file"
    ]


def _is_draft(card: Card) -> bool:
    return card.shown is not None and card.shown.status == Status.DRAFT


def _of_line(line: Line) -> dict:
    told = line.ground.name if line.is_met and line.ground else ""
    if not told:
        told = line.rule if line.is_met or not line.gaps else line.gaps[0].fact
    return {
        "name": line.title,
        "result": line.outcome,
        "basis": short(told),
        "score": f"{line.got} / {line.weight}",
    }


# --- B. what is missing ------------------------------------------------------------------------


def _telling(year: Year) -> Telling:
    return Telling(
        year=year.assessment.year,
        level=year.pokja.region.level,
        office=year.office.short_name or OFFICE,
        due=year.due,
        is_past=year.is_past,
        extra_lines=year.extra_lines,
    )


def _nothing_missing(assessment: Assessment) -> str:
    """The sentence of an empty section B."""
    waiting = sum(result.status == WAITING for result in assessment.by_rubric.values())
    if waiting:
        return f"Tidak ada yang perlu dilengkapi; {waiting} kriteria menunggu verifikasi."
    return "Tidak ada. Semua kriteria terpenuhi."

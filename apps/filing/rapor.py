"""The rapor of a Pokja's year as plain data for the paper (templates/filing/rapor.typ)."""

import re
from datetime import datetime

from apps.core.context import is_sample
from apps.core.formats import format_date, format_datetime, local_time
from apps.core.looks import CRITERION_SHORT
from apps.effectiveness.formula import WAITING
from apps.filing.cards import Card
from apps.filing.ladder import Ladder
from apps.filing.receipt import Line, Receipt, basis_words

TITLE = "Rapor Efektivitas Pokja Bangga Kencana"
ABSENT = "belum diisi"


def rapor_of(
    pokja,
    assessment,
    cards: list[Card],
    receipt: Receipt | None,
    ladder: Ladder | None,
    *,
    made_at: datetime,
    moment=None,
) -> dict:
    """Everything the paper says, in its order; no query beyond the sample mark's.

    ``receipt`` is None where the year cannot be scored, ``ladder`` where nothing can be raised.
    """
    year, zone = assessment.year, pokja.region.timezone_label
    return {
        "title": TITLE,
        "year": str(year),
        "is_sample": is_sample(),
        "name": f"Rapor {pokja.name}, {pokja.region.full_name}, {year}",
        "facts": _identity(pokja, assessment, moment),
        "notice": _notice(assessment, receipt),
        "verdict": _verdict(assessment),
        "met": f"{assessment.met} dari {assessment.possible} kriteria terpenuhi",
        "figures": _figures(receipt),
        "slots": [
            {"name": name, "word": card.look.short, "slot": card.look.slot}
            for name, card in zip(CRITERION_SHORT, cards, strict=True)
        ],
        "criteria": _criteria(cards, receipt, zone),
        "steps": [_step(step) for step in ladder.steps] if ladder else [],
        "lines": [_line(line) for line in receipt.lines] if receipt else [],
        "sums": _sums(receipt),
        "rubric": f"{receipt.rubric} ({receipt.published})" if receipt else "",
        "made": f"Dicetak {format_datetime(made_at, zone)}",
    }


def file_name(pokja, year: int) -> str:
    """Rapor_Pokja-Kampung-KB_Kab-Bone_2026.pdf."""
    region = re.sub(r"^Kabupaten ", "Kab ", pokja.region.full_name)
    return f"Rapor_{_joined(pokja.name)}_{_joined(region)}_{year}.pdf"


def _joined(text: str) -> str:
    return re.sub(r"[^\w.]+", "-", text).strip("-.") or "Pokja"


def _identity(pokja, assessment, moment) -> list[list[str]]:
    region = pokja.region
    place = region.full_name
    if not region.is_province:
        place = f"{place}, Provinsi {region.province.label}"
    return [
        ["Nama Pokja", pokja.name],
        ["Jenis", pokja.kind_labels],
        ["Kode", pokja.code],
        ["Wilayah", place],
        ["Tahun penilaian", str(assessment.year)],
        ["Tanggal acuan", format_date(assessment.on)],
        *(
            [["Keadaan per", f"{moment.words}, yang diketahui pada akhir hari itu"]]
            if moment
            else []
        ),
    ]


def _notice(assessment, receipt) -> str:
    if receipt and receipt.frozen:
        return receipt.frozen
    if any(result.status == WAITING for result in assessment.by_rubric.values()):
        return "Belum seluruhnya diverifikasi"
    return ""


def _verdict(assessment) -> str:
    if assessment.effective is None:
        return "Tidak dapat dinilai"
    return "Efektif" if assessment.effective else "Belum efektif"


def _figures(receipt: Receipt | None) -> list[str]:
    if receipt is None:
        return ["Rubrik untuk tahun ini belum ada atau bobotnya tidak berjumlah 100"]
    return [
        f"Skor terverifikasi {receipt.score} dari 100",
        f"Indeks kematangan {receipt.index} dari 100, kelas {receipt.index_class}",
    ]


def _sums(receipt: Receipt | None) -> list[str]:
    if receipt is None:
        return []
    found = [f"Skor: {receipt.score_sum} dari 100."]
    if receipt.index_sum:
        found.append(
            f"Indeks kematangan: {receipt.index_sum} dari 100, kelas {receipt.index_class}."
        )
    return found


# --- A. four criteria, and those of the rubric beside them -------------------------------------


def _criteria(cards: list[Card], receipt: Receipt | None, zone: str) -> list[dict]:
    lines = {line.code: line for line in receipt.lines} if receipt else {}
    rows = [_of_card(card, lines.get(card.criterion), zone) for card in cards]
    shown = {card.criterion for card in cards}
    return rows + [_of_line(line) for code, line in lines.items() if code not in shown]


def _of_card(card: Card, line: Line | None, zone: str) -> dict:
    facts = [f"{fact.label}: {fact.value or ABSENT}" for fact in card.facts if not _is_draft(card)]
    if card.waits and card.item.submitted_at:
        facts.append(
            f"Dikirim {format_date(local_time(card.item.submitted_at, zone))}, belum diperiksa"
        )
    if card.nil_reason:
        facts.append(f"Dinyatakan tidak ada: {card.nil_reason}")
    return {
        "name": card.title,
        "result": card.look.word,
        "facts": facts,
        "gaps": [_gap(repair) for repair in card.repairs],
        "score": f"{line.got} / {line.weight}" if line and line.weight else "",
    }


def _is_draft(card: Card) -> bool:
    return card.shown is not None and card.shown.is_editable


def _of_line(line: Line) -> dict:
    return {
        "name": line.title,
        "result": line.outcome,
        "facts": [line.rule] if line.is_met else [],
        "gaps": [_gap(repair) for repair in line.gaps],
        "score": f"{line.got} / {line.weight}",
    }


def _gap(repair) -> str:
    return f"{repair.fact}. {repair.fix}." if repair.fix else f"{repair.fact}."


# --- B. next steps, C. point by point ----------------------------------------------------------


def _step(step) -> dict:
    return {
        "what": step.title,
        "why": step.why,
        "gains": "; ".join(step.gains),
        "by": step.by or "tanpa batas waktu",
    }


def _line(line: Line) -> dict:
    required = " Wajib." if line.is_required else ""
    return {
        "title": line.title,
        "score": f"{line.got} dari {line.weight}",
        "rule": f"{line.rule}{required}",
        "outcome": line.outcome,
        "basis": basis_words(line.basis) or (line.ground.name if line.ground else ""),
        "points": [
            {
                "words": point.words,
                "given": point.is_given,
                "gap": _gap(point.gap) if point.gap.fact else point.gap.fix,
                "got": f"{point.got} / {point.possible}",
            }
            for point in line.points
        ],
    }

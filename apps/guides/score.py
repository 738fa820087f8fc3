"""How the score is counted, written from the rubric in force: text and code cannot differ."""

from apps.core.looks import look_of
from apps.effectiveness.formula import EMPTY, FAILED, MET, TO_FIX, WAITING
from apps.effectiveness.rubrics import rubric_for, rules_of
from apps.effectiveness.rule_words import rule_book

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


def guide_of(year: int) -> dict:
    """The rubric of a year in words; ``rubric`` is None where the year cannot be scored."""
    statuses = [
        {"status": status, "word": look_of(status).word, "meaning": meaning}
        for status, meaning in STATUS_MEANINGS
    ]
    rubric = rubric_for(year)
    if rubric is None or rules_of(rubric) is None:
        return {"rubric": None, "statuses": statuses}
    return rule_book(rubric) | {"statuses": statuses}

"""Words of criteria and kinds on dashboards; those of statuses stand in ``core.looks``."""

from apps.core.looks import CRITERIA, CRITERION_NAMES, Look, look_of
from apps.effectiveness.formula import EMPTY
from apps.pokja.enums import PokjaKind

# Above a figure.
CRITERION_LABELS = dict(
    zip(CRITERIA, ("SK penetapan", "Rencana kerja", "Indikator", "Anggaran"), strict=True)
)
# Inside a sentence.
CRITERION_WORDS = dict(zip(CRITERIA, CRITERION_NAMES, strict=True))

# Column heads of a phone.
KIND_ABBREVIATIONS = {
    PokjaKind.BANGGA_KENCANA: "BK",
    PokjaKind.ADVOKASI: "Adv",
    PokjaKind.KAMPUNG_KB: "KKB",
    PokjaKind.GDPK: "GDPK",
    PokjaKind.STUNTING: "TPPS",
    PokjaKind.PJPK: "PJPK",
    PokjaKind.LAINNYA: "Lain",
}


def look(result) -> Look:
    """How a criterion's status is shown.

    A draft looks like nothing at all: it belongs to those who write it, and a dashboard is read
    by others.
    """
    return look_of_state(result.status, result.reason)


def look_of_state(status: str, reason: str) -> Look:
    return look_of(status, "" if status == EMPTY else reason)


def short_word(result) -> str:
    """Under a bar: "menunggu", "dikembalikan", "kedaluwarsa", "belum"."""
    return "belum" if result.status == EMPTY else look(result).spoken


def listed(words: list[str]) -> str:
    """ "SK, rencana kerja, dan anggaran"."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


def capital(sentence: str) -> str:
    """First letter large, the rest as it is (SK stays SK)."""
    return sentence[:1].upper() + sentence[1:]

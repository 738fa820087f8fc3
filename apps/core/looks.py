"""How each status is shown: word, colour class, icon and slot of the four-part meter.

The five statuses and their reasons are those of spec section 5; ``tidak_terpenuhi`` is drawn like
"perlu diperbaiki" under the word of its reason. Never colour alone: each look has a word, an icon
and a slot shape that grey paper keeps apart. No Django.
"""

from dataclasses import dataclass, replace

# Always in this order, on every page.
CRITERIA = ("sk", "rencana_kerja", "indikator", "anggaran")
CRITERION_SHORT = ("SK", "Rencana", "Indikator", "Anggaran")
CRITERION_NAMES = ("SK", "rencana kerja", "indikator", "anggaran")
CRITERION_LONG = (
    "SK penetapan",
    "Rencana kerja",
    "Indikator Bangga Kencana",
    "Anggaran operasional",
)
CRITERION_CODES = ("SK", "RK", "IN", "AN")


@dataclass(frozen=True)
class Look:
    """``short`` is the word where room is scarce; ``spoken`` follows a criterion's name aloud."""

    word: str
    css: str
    icon: str
    slot: str
    short: str = ""
    spoken: str = ""

    def __post_init__(self):
        object.__setattr__(self, "short", self.short or self.word)
        object.__setattr__(self, "spoken", self.spoken or self.short.lower())


_FIX = Look("Tidak terpenuhi", "st-fix", "exclamation-triangle-fill", "p")
_NONE = Look("Belum diisi", "st-none", "dash-circle-dotted", "b", spoken="belum diisi")
_WAIT = Look("Menunggu verifikasi", "st-wait", "hourglass-split", "m", short="Menunggu")
_RETURNED = Look("Dikembalikan", "st-fix", "arrow-return-left", "p")


def _fix(word):
    return replace(_FIX, word=word, short=word, spoken=word.lower())


def _none(word, icon):
    return Look(word, "st-none", icon, "b")


STATUSES = {
    "terpenuhi": Look("Terpenuhi", "st-ok", "check-circle-fill", "t"),
    "menunggu": _WAIT,
    "perlu_perbaikan": _RETURNED,
    "tidak_terpenuhi": _FIX,
    "belum_mengisi": _NONE,
    # Of a Pokja and a year.
    "efektif": Look("Efektif", "st-ok", "patch-check-fill", "t"),
    "belum_efektif": _none("Belum efektif", "dash-circle"),
    "belum_dibentuk": _none("Belum dibentuk", "dash-circle"),
    "tidak_dapat_dinilai": _none("Tidak dapat dinilai", "question-circle"),
    # Of one piece of evidence on its way (spec section 4).
    "draft": _none("Draf", "pencil"),
    "submitted": _WAIT,
    "returned": _RETURNED,
    "verified": Look("Terverifikasi", "st-ok", "check-circle-fill", "t"),
    "cancelled": _none("Dibatalkan", "dash-circle"),
    # Of what waits for a person beside the evidence.
    "perlu_dijawab": replace(
        _FIX, word="Perlu dijawab", short="Perlu dijawab", icon="chat-left-text"
    ),
    "perlu_ditinjau": _none("Perlu ditinjau", "eye"),
    "perlu_dinilai": replace(
        _FIX, word="Perlu dinilai", short="Perlu dinilai", icon="check2-square"
    ),
    "belum_dikerjakan": _none("Belum dikerjakan", "dash-circle-dotted"),
    "lewat_batas": Look("Lewat batas", "st-err", "calendar-x", "p"),
}

# (status, reason): the word that names the cause.
REASONS = {
    ("terpenuhi", "segera_berakhir"): Look("Segera berakhir", "st-fix", "calendar-x", "t"),
    ("tidak_terpenuhi", "kedaluwarsa"): Look("Kedaluwarsa", "st-err", "calendar-x", "p"),
    ("tidak_terpenuhi", "dicabut"): _fix("Dicabut"),
    ("tidak_terpenuhi", "belum_berlaku"): _fix("Belum berlaku"),
    ("tidak_terpenuhi", "bukan_pembentukan"): _fix("Bukan SK pembentukan"),
    ("tidak_terpenuhi", "nihil"): _fix("Tidak ada"),
    ("tidak_terpenuhi", "nol"): _fix("Nol"),
    ("tidak_terpenuhi", "kosong"): _fix("Kosong"),
    ("belum_mengisi", "draf"): _none("Draf tersimpan", "pencil"),
    ("belum_mengisi", "siap"): _none("Siap dikirim", "pencil"),
}


def look_of(status, reason=None) -> Look:
    """The look of a status, under the word of its reason where that has one.

    Takes stored values or enum members. KeyError for a status nobody knows: an error is better
    than a wrong word on an official page.
    """
    status, reason = str(status), str(reason or "")
    return REASONS.get((status, reason)) or STATUSES[status]


def criteria_looks(statuses) -> list[Look]:
    """The looks of the four criteria in their order.

    ``statuses``: four statuses or (status, reason) pairs, or a mapping by criterion name.
    """
    if hasattr(statuses, "keys"):
        statuses = [statuses[criterion] for criterion in CRITERIA]
    pairs = [item if isinstance(item, tuple) else (item, None) for item in statuses]
    return [look_of(*pair) for pair in pairs]


def spoken_criteria(looks) -> str:
    """The meter as a sentence: "SK terpenuhi, rencana kerja menunggu, ..."."""
    return ", ".join(
        f"{name} {look.spoken}" for name, look in zip(CRITERION_NAMES, looks, strict=True)
    )

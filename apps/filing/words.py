"""What the officer pages say about a criterion: what is missing, how to mend it, what it shows.

The words of the statuses stand in ``core.looks``, what mends a criterion that is not met in
``effectiveness.repairs``; these are the sentences around them. Statuses and reasons are those of
``effectiveness.formula``.
"""

from decimal import ROUND_HALF_UP, Decimal

from apps.core import looks
from apps.core.formats import format_number
from apps.effectiveness import formula
from apps.effectiveness.formula import Result
from apps.effectiveness.repairs import Repair
from apps.verification.facts import Gap

READY = looks.look_of("belum_mengisi", "siap")
SENDING = looks.Look("Akan dikirim", "st-wait", "hourglass-split", "m")

TITLES = {
    "sk": "SK penetapan",
    "rencana_kerja": "Rencana kerja",
    "indikator": "Indikator Bangga Kencana",
    "anggaran": "Anggaran operasional",
}
SHORT = {"sk": "SK", "rencana_kerja": "Rencana", "indikator": "Indikator", "anggaran": "Anggaran"}
IN_SENTENCE = {
    "sk": "SK",
    "rencana_kerja": "rencana kerja",
    "indikator": "indikator",
    "anggaran": "anggaran",
}


def shown_reason(result: Result, *, drafts_shown: bool = True) -> str:
    """The reason as this reader may know it: an observer is not told that a draft exists."""
    return "" if result.reason == "draf" and not drafts_shown else result.reason


def told(gaps: list[Gap]) -> list[Repair]:
    """Gaps as facts; what several rows lack is told once: "Kegiatan 3 dan 4 belum ada …"."""
    groups: dict[str, list[Gap]] = {}
    for gap in gaps:
        groups.setdefault(gap.fact or gap.message, []).append(gap)
    return [
        Repair(
            fact.replace("{rows}", joined([_row_of(gap) for gap in group])),
            "; ".join(dict.fromkeys(gap.fix for gap in group if gap.fix)),
            group[0].field,
        )
        for fact, group in groups.items()
    ]


def _row_of(gap: Gap) -> str:
    """The number of the row as the form counts it: kegiatan-2-output is row 3."""
    at = gap.field.split("-")[1:2]
    return str(int(at[0]) + 1) if at and at[0].isdecimal() else ""


def joined(names: list[str]) -> str:
    """SK; SK dan rencana kerja; SK, rencana kerja, dan anggaran."""
    if len(names) < 3:
        return " dan ".join(names)
    return f"{', '.join(names[:-1])}, dan {names[-1]}"


def figure(value) -> str:
    """A figure of the index: 43,75; 50; never more than two decimals."""
    rounded = Decimal(value).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return format_number(rounded.normalize())


def score_sentence(results: dict[str, Result], weights: dict[str, int]) -> str:
    """ "Skor 25 dari 100 sudah diverifikasi. Menjadi 50 bila indikator disetujui."."""
    score = formula.score(results, weights)
    waiting = [
        name for name in weights if name in IN_SENTENCE and results[name].status == formula.WAITING
    ]
    sentence = f"Skor {score} dari 100 sudah diverifikasi."
    if waiting:
        then = score + sum(weights[name] for name in waiting)
        sentence += f" Menjadi {then} bila {joined([IN_SENTENCE[n] for n in waiting])} disetujui."
    return sentence


def all_criteria(possible: int) -> str:
    """Keempat kriteria; "Semua 5 kriteria" of a rubric with another number."""
    return "Keempat kriteria" if possible == len(TITLES) else f"Semua {possible} kriteria"


def trend_finding(years: list[tuple[int, set[str]]], possible: int = len(TITLES)) -> str:
    """A heading that states what several years show; ``years`` ascending with criteria met.

    ``possible`` is how many criteria the rubric of the last year has.
    """
    now = years[-1][1]
    counts = [len(met) for _, met in years]
    if len(now) == possible:
        return f"{all_criteria(possible)} terpenuhi sejak {_since(years, now)}"
    if len(counts) > 1 and counts[-1] < counts[-2]:
        return f"Kriteria terpenuhi turun dari {counts[-2]} menjadi {counts[-1]}"
    if len(counts) > 1 and counts[-1] > counts[-2] > 0:
        return f"Kriteria terpenuhi naik dari {counts[-2]} menjadi {counts[-1]}"
    if not now:
        return "Belum ada kriteria yang terpenuhi"
    names = joined([IN_SENTENCE[name] for name in TITLES if name in now])
    if not names or len(now) > len(TITLES):
        return f"{len(now)} dari {possible} kriteria terpenuhi"
    return f"Baru {names} yang terpenuhi sejak {_since(years, now)}"


def _since(years, met: set[str]) -> int:
    """The first year of the unbroken run in which at least these criteria were met."""
    first = years[-1][0]
    for year, held in reversed(years):
        if not met <= held:
            break
        first = year
    return first


# --- the most frequent mistakes, looked for before sending ---

THESE = {1: "Hal ini", 2: "Kedua hal ini", 3: "Ketiga hal ini"}


def looked_label(count: int) -> str:
    """Ketiga hal ini sudah saya periksa."""
    return f"{THESE[count]} sudah saya periksa"


def looked_missing(title: str) -> str:
    return f"Centang setelah memeriksa kesalahan tersering pada {title}"


def looked_note(labels: list[str]) -> str:
    """For the history of the submission; empty where nothing was asked."""
    return f"Sudah memeriksa kesalahan tersering: {'; '.join(labels)}." if labels else ""

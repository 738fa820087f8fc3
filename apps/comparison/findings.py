"""Headings over a comparison that state what the numbers say. Pure: numbers in, sentences out."""

from collections.abc import Sequence
from fractions import Fraction

from apps.core.formats import format_number
from apps.dashboard.findings import weakest_criteria
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_WORDS, listed

NUMBERS = ("", "satu", "dua", "tiga", "empat", "lima", "enam")
NAMED = 3  # regions that a heading names; more are counted
POINTED = 2  # criteria that a heading names
WORDS = {1: "naik", -1: "turun", 0: "tetap"}  # in the order in which they are told


def standing(entries: Sequence[tuple[str, Tally]]) -> str:
    """ "Maros lengkap; Bone tertinggal pada anggaran" from (name, tally) of the chosen regions.

    Compared by the share of all criteria met. Regions that have sent nothing stand in no rank;
    they are told where there is no comparison without them.
    """
    known = [(name, counts) for name, counts in entries if counts.has_data]
    if not known:
        return "Belum ada isian dari daerah yang dipilih"
    if len(known) == 1:
        return f"Baru {known[0][0]} yang sudah mengirim isian"
    ordered = [(_met(counts), name, counts) for name, counts in known]
    most, least = max(row[0] for row in ordered), min(row[0] for row in ordered)
    ahead = [name for met, name, _ in ordered if met == most]
    if most == least:
        if most == 1:
            return f"{_together(ahead)} lengkap"
        return f"Bagian kriteria yang terpenuhi sama di {_inside(ahead)}"
    behind = [(name, counts) for met, name, counts in ordered if met == least]
    where = _weak_spot(behind[0][1]) if len(behind) == 1 else ""
    front = "lengkap" if most == 1 else "terdepan"
    return f"{_together(ahead)} {front}; {_inside([name for name, _ in behind])} tertinggal{where}"


def _met(counts: Tally) -> Fraction:
    return Fraction(counts.criteria.part, counts.criteria.whole)


def _together(names: list[str]) -> str:
    return listed(names) if len(names) <= NAMED else f"{NUMBERS[len(names)].capitalize()} daerah"


def _inside(names: list[str]) -> str:
    return listed(names) if len(names) <= NAMED else f"{NUMBERS[len(names)]} daerah"


def _weak_spot(counts: Tally) -> str:
    weak = weakest_criteria(counts)
    if not weak or len(weak) > POINTED:
        return ""
    return f" pada {listed([CRITERION_WORDS[name] for name in weak])}"


def courses(entries: Sequence[tuple[str, Sequence[Share | None]]]) -> str:
    """ "Kriteria terpenuhi naik di tiga daerah" from (name, shares over the years); the plain
    name of the measure where nobody has two years."""
    turns = [(name, _turn(values)) for name, values in entries]
    known = [(name, turn) for name, turn in turns if turn is not None]
    if not known:
        return "Kriteria terpenuhi dari tahun ke tahun"
    turn = next(each for each in WORDS if any(each == turn for _, turn in known))
    names = [name for name, each in known if each == turn]
    if len(known) == 1:
        where = names[0]
    elif len(names) == len(known):
        where = f"{NUMBERS[len(names)]} daerah"
    else:
        where = f"{NUMBERS[len(names)]} dari {NUMBERS[len(known)]} daerah"
    return f"Kriteria terpenuhi {WORDS[turn]} di {where}"


def _turn(values: Sequence[Share | None]) -> int | None:
    """1 where the last known value lies above the first, -1 below, 0 at it; None without two."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    first, last = (Fraction(each.part, each.whole) for each in (known[0], known[-1]))
    return (last > first) - (last < first)


def between(name: str, before: Share, now: Share) -> str:
    """ "Kriteria terpenuhi di Bone bertambah dari 8 menjadi 12" between two dates."""
    if before.part == now.part:
        return f"Kriteria terpenuhi di {name} tetap {format_number(now.part)}"
    word = "bertambah" if now.part > before.part else "berkurang"
    return (
        f"Kriteria terpenuhi di {name} {word} dari {format_number(before.part)} "
        f"menjadi {format_number(now.part)}"
    )

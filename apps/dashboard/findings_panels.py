"""Headings of the panels: what holds back, what money comes from, who moved. Pure, as ``findings``.

Where the numbers allow no finding, a heading falls back to the plain name of the measure.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from apps.core.formats import format_number, format_percent, format_rupiah_short
from apps.core.looks import CRITERIA
from apps.dashboard.tallies import Share, Tally
from apps.dashboard.words import CRITERION_WORDS, capital, listed


def holding(counts: Tally, required: Sequence[str] = CRITERIA) -> str:
    """ "Anggaran paling banyak menahan: 31 dari 114 Pokja belum memenuhinya"."""
    names = _most({name: counts.unmet(name) for name in CRITERIA if name in required})
    if not names:
        return "Tidak ada kriteria yang menahan"
    many = f"{Share(counts.unmet(names[0]), counts.pokja).sentence} Pokja"
    if len(names) > 1 and len(names) == len(required):
        return f"Semua kriteria sama-sama menahan {many}"
    subject = capital(listed([CRITERION_WORDS[name] for name in names]))
    if len(names) > 1:
        return f"{subject} paling banyak menahan: masing-masing {many}"
    return f"{subject} paling banyak menahan: {many} belum memenuhinya"


def nearly(lacking: Mapping[str, int]) -> str:
    """ "18 Pokja tinggal satu kriteria lagi, paling sering anggaran (9)."; empty for none.

    ``lacking``: how many Pokja lack this criterion alone.
    """
    total = sum(lacking.values())
    if not total:
        return ""
    names = _most(lacking)
    told = f"{format_number(total)} Pokja tinggal satu kriteria lagi"
    each = "masing-masing " if len(names) > 1 else ""
    many = f"{each}{format_number(lacking[names[0]])}"
    words = listed([CRITERION_WORDS[name] for name in names])
    return f"{told}, paling sering {words} ({many})."


def returned(decided: Mapping[str, Share], year: int) -> str:
    """ "Anggaran paling sering dikembalikan: 12 dari 40 keputusan pada 2026"."""
    names = _most({name: share.part for name, share in decided.items()})
    if not names:
        return f"Belum ada isian yang dikembalikan pada {year}"
    subject = capital(listed([CRITERION_WORDS[name] for name in names]))
    if len(names) > 1:
        times = f"masing-masing {format_number(decided[names[0]].part)} kali"
        return f"{subject} paling sering dikembalikan: {times} pada {year}"
    told = decided[names[0]].sentence
    return f"{subject} paling sering dikembalikan: {told} keputusan pada {year}"


def money(total: Decimal, by_source: Mapping[str, Decimal]) -> str:
    """ "62% dari Rp 1,25 miliar berasal dari APBD Kab/Kota"; ``by_source``: by name."""
    if not total:
        return "Belum ada anggaran terverifikasi"
    names = _most(by_source)
    if len(by_source) == 1:
        return f"Seluruh {format_rupiah_short(total)} berasal dari {names[0]}"
    part = format_percent(by_source[names[0]], total)
    each = "Masing-masing " if len(names) > 1 else ""
    return f"{each}{part} dari {format_rupiah_short(total)} berasal dari {listed(names)}"


def classes_moved(rose: int, fell: int, compared: int, before: int) -> str:
    """ "12 Pokja naik kelas dan 5 turun sejak 2025"."""
    if not compared:
        return f"Belum ada kelas kematangan yang dapat dibandingkan dengan {before}"
    if not rose and not fell:
        return f"Semua {format_number(compared)} Pokja tetap di kelasnya sejak {before}"
    return _moved(rose, fell, ("naik kelas", "turun kelas"), before)


def effective_moved(became: int, stopped: int, compared: int, before: int) -> str:
    """ "9 Pokja menjadi efektif dan 2 tidak lagi efektif sejak 2025"."""
    if not compared:
        return f"Belum ada status yang dapat dibandingkan dengan {before}"
    if not became and not stopped:
        return f"Tidak ada Pokja yang berubah status sejak {before}"
    return _moved(became, stopped, ("menjadi efektif", "tidak lagi efektif"), before)


def _moved(up: int, down: int, words: tuple[str, str], before: int) -> str:
    told = [
        f"{format_number(many)} Pokja {word}"
        for many, word in zip((up, down), words, strict=True)
        if many
    ]
    return f"{listed(told)} sejak {before}"


def _most(counted: Mapping) -> list:
    """The keys with the highest count, in their order; none where all are zero."""
    most = max(counted.values(), default=0)
    return [key for key, many in counted.items() if many == most] if most else []

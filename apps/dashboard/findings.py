"""Headings that state what the numbers say. Pure: tallies in, Indonesian sentences out.

Where the numbers allow no finding, a heading falls back to the plain name of the measure.
Percentages only from twenty upwards, changes of percentages in "poin" (design 14).
"""

from collections.abc import Sequence

from apps.core.formats import format_number, format_share
from apps.core.looks import CRITERIA
from apps.dashboard.selection import WHOLE, Selection
from apps.dashboard.tallies import Share, Tally, points_up
from apps.dashboard.words import CRITERION_LABELS, CRITERION_WORDS, capital, listed, look
from apps.effectiveness.formula import EMPTY, FAILED, TO_FIX, WAITING

NUMBERS = {2: "dua", 3: "tiga", 4: "empat", 5: "lima"}


def effective_pokja(place: str, counts: Tally, year: int, selection: Selection = WHOLE) -> str:
    """ "58 dari 114 Pokja di Sulawesi Selatan sudah efektif"; of a selection "12 dari 24 Pokja
    GDPK di Sulawesi Selatan sudah memenuhi anggaran"."""
    pokja, done = selection.kind_words, selection.criterion_words
    if not counts.pokja:
        return f"Belum ada {pokja} di {place} pada tahun {year}"
    if not counts.is_rated:
        return f"{pokja} di {place} tahun {year} tidak dapat dinilai"
    share = selection.share(counts)
    if not share.part:
        if share.whole == 1:
            return f"Satu-satunya {pokja} di {place} belum {done}"
        return f"Belum satu pun dari {format_number(share.whole)} {pokja} di {place} {done}"
    if share.part == share.whole:
        if share.whole == 1:
            return f"Satu-satunya {pokja} di {place} sudah {done}"
        return f"Semua {format_number(share.whole)} {pokja} di {place} sudah {done}"
    return f"{share.sentence} {pokja} di {place} sudah {done}"


def effective_nation(counts: Tally, provinces: int, year: int, selection: Selection = WHOLE) -> str:
    """ "46% Pokja di 38 provinsi sudah efektif"; below twenty Pokja as anywhere else."""
    share, place = selection.share(counts), selection.place(provinces, "provinsi")
    if share.is_large and 0 < share.part < share.whole and counts.is_rated:
        done = f"sudah {selection.criterion_words}"
        return f"{share.text} {selection.kind_words} di {place} {done}"
    return effective_pokja(place, counts, year, selection)


def nothing_sent(regions: int, year: int, unit: str = "kabupaten/kota") -> str:
    """ "Belum ada isian tahun 2026 dari 24 kabupaten/kota"."""
    return f"Belum ada isian tahun {year} dari {format_number(regions)} {unit}"


def silent_regions(silent: int, unit: str = "kabupaten/kota") -> str:
    """ "7 kabupaten/kota belum mengirim apa pun"; empty when all have."""
    return f"{format_number(silent)} {unit} belum mengirim apa pun" if silent else ""


def weakest_criteria(counts: Tally) -> list[str]:
    """The criteria most Pokja lack; empty when nobody lacks any."""
    most = max(counts.unmet(name) for name in CRITERIA)
    return [name for name in CRITERIA if counts.unmet(name) == most] if most else []


def weakest(counts: Tally) -> str:
    """ "Anggaran paling sering kurang: 31 Pokja belum memenuhi."."""
    names = weakest_criteria(counts)
    if not names:
        return "Semua Pokja memenuhi keempat kriteria."
    many = f"{format_number(counts.unmet(names[0]))} Pokja belum memenuhi."
    if len(names) == len(CRITERIA):
        return f"Keempat kriteria sama sering kurang: masing-masing {many}"
    each = "masing-masing " if len(names) > 1 else ""
    return (
        f"{capital(listed([CRITERION_WORDS[name] for name in names]))} paling sering kurang: "
        f"{each}{many}"
    )


def queue_gain(counts: Tally) -> str:
    """What the queue could add at most; empty when nothing waits."""
    if not counts.all_waiting:
        return ""
    return (
        "Dengan menyelesaikan antrean verifikasi, paling banyak "
        f"{format_number(counts.all_waiting)} kriteria bertambah."
    )


def change(before: Share | None, now: Share, year: int) -> str:
    """ "naik 7 poin dari 2025"; in counts below twenty; empty without an earlier year."""
    if before is None:
        return ""
    points = points_up(before, now)
    if points is None:
        return f"{before.sentence} pada {year}"
    if not points:
        return f"sama dengan {year}"
    return f"{'naik' if points > 0 else 'turun'} {abs(points)} poin dari {year}"


def trend(subject: str, values: Sequence[Share | None], plain: str) -> str:
    """ "Pokja efektif naik dari 21% menjadi 51% dalam lima tahun"; ``plain`` without two years."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return plain
    first, last = known[0], known[-1]
    both_large = first.is_large and last.is_large
    then, now = (first.text, last.text) if both_large else (first.sentence, last.sentence)
    if both_large and first.percent == last.percent:
        return f"{subject} tetap {now}"
    if first.value == last.value:
        return f"{subject} tetap {now}" if then == now else f"{subject}: {then}, kini {now}"
    direction = "naik" if last.value > first.value else "turun"
    return f"{subject} {direction} dari {then} menjadi {now}{_span(values)}"


def _span(values) -> str:
    """How long the line is: counted from the first to the last year with data."""
    places = [i for i, value in enumerate(values) if value is not None]
    years = places[-1] - places[0] + 1
    return f" dalam {NUMBERS[years]} tahun" if years in NUMBERS and years > 2 else ""


def criteria_trend(counts: Tally) -> str:
    """ "Anggaran tertinggal dari tiga kriteria lain"; else the measure's name."""
    names = weakest_criteria(counts)
    if len(names) == 1:
        return f"{CRITERION_LABELS[names[0]]} tertinggal dari tiga kriteria lain"
    return "Pokja yang memenuhi tiap kriteria"


def against_province(
    own: Share, province: Share, what: str = "kriteria terpenuhi", of: str = "provinsi"
) -> str:
    """ "50% kriteria terpenuhi, di bawah angka provinsi (81%)"."""
    if not own.whole:
        return capital(what)
    told = f"{own.text} {what}"
    if not province.whole:
        return told
    left, right = own.part * province.whole, province.part * own.whole
    side = "sama dengan" if left == right else "di atas" if left > right else "di bawah"
    return f"{told}, {side} angka {of} ({province.text})"


def rank_sentence(rank: int | None, ranked: int, province: str) -> str:
    """ "Peringkat 22 dari 24 kabupaten/kota di Sulawesi Selatan."; empty where not ranked."""
    if rank is None:
        return ""
    return f"Peringkat {rank} dari {ranked} kabupaten/kota di {province}."


def rank_among(rank: int | None, place: str) -> str:
    """ "Peringkat 2 dari 3 kota di Sulawesi Selatan."; empty where not ranked."""
    return f"Peringkat {rank} dari {place}." if rank is not None else ""


def pokja_reason(item, process: str = "") -> str:
    """One line on a Pokja: "SK kedaluwarsa; anggaran belum diisi", and where its SK is at Bagian
    Hukum that sentence (``process``)."""
    return "; ".join(filter(None, (_standing(item), process)))


def _standing(item) -> str:
    results = item.results
    if item.effective is None:
        return "Tidak dapat dinilai"
    if item.effective:
        return "Efektif"
    if all(result.status == EMPTY for result in results.values()):
        return "Belum ada isian"
    open_ = [
        (CRITERION_WORDS[name], result) for name, result in results.items() if not result.is_met
    ]
    if all(result.status == WAITING for _, result in open_):
        return f"Tinggal menunggu verifikasi {listed([name for name, _ in open_])}"
    parts = [f"{name} {look(result).spoken}" for name, result in open_ if result.status == FAILED]
    for status, told in (
        (TO_FIX, "dikembalikan"),
        (WAITING, "menunggu verifikasi"),
        (EMPTY, "belum diisi"),
    ):
        names = [name for name, result in open_ if result.status == status]
        if names:
            parts.append(f"{listed(names)} {told}")
    return capital("; ".join(parts))


def share_of_regions(share: Share, done: str = "efektif") -> str:
    """For titles of areas: "1 dari 5 Pokja efektif (20%)"; the percentage only from twenty."""
    told = f"{share.sentence} Pokja {done}"
    return f"{told} ({format_share(*share)})" if share.is_large else told


def movement(up: int, down: int, same: int, year: int, unit: str = "daerah") -> str:
    """ "9 daerah naik, 3 turun, dan 12 tetap sejak 2025"; so too where none moved."""
    if not up + down + same:
        return f"Belum ada {unit} yang dapat dibandingkan dengan {year}"
    parts = [(up, "naik"), (down, "turun"), (same, "tetap")]
    told = [f"{format_number(many)} {word}" for many, word in parts if many]
    told[0] = told[0].replace(" ", f" {unit} ", 1)
    return f"{listed(told)} sejak {year}"

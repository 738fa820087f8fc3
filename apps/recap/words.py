"""Sentences of the recap."""

import re

from apps.core.formats import format_date, format_datetime
from apps.dashboard import findings
from apps.dashboard.panels import heading
from apps.dashboard.queries import ProvinceFigures
from apps.effectiveness.moment import Moment
from apps.recap.gathering import Recap

SAMPLE_MARK = "Data contoh. Bukan rekap resmi."
ONLY_VERIFIED = "Hanya data terverifikasi yang dihitung."
SOURCE = f"Sumber data: Portal Pokja Bangga Kencana. {ONLY_VERIFIED}"
NOT_RATED = "Tahun ini tidak dapat dinilai: belum ada rubrik yang berlaku."


def made(recap: Recap) -> str:
    """12 Maret 2026 pukul 08.00 WITA."""
    return format_datetime(recap.made_at, recap.zone)


def state(recap: Recap) -> str:
    """Of when the figures are: "data terverifikasi s.d. 12 Maret 2026 pukul 08.00 WITA"."""
    on = recap.figures.on
    if recap.moment:
        return f"keadaan {format_date(on)} menurut data per {recap.moment.words}"
    if on.year > recap.year or (on.month, on.day) == (12, 31):
        return f"keadaan {format_date(on)}"
    return f"data terverifikasi s.d. {made(recap)}"


def sentence(recap: Recap) -> str:
    """Row 2 of every sheet."""
    kind = recap.figures.selection.words
    only = f", hanya {kind}" if kind else ""
    return f"{recap.region.full_name}, tahun {recap.year}{only}, {state(recap)}"


def finding(recap: Recap) -> str:
    """The headline of the province's dashboard."""
    return finding_of(recap.figures, recap.moment)


def finding_of(figures: ProvinceFigures, moment: Moment | None) -> str:
    if not figures.total.has_data:
        told = findings.nothing_sent(len(figures.districts), figures.year)
    else:
        told = findings.effective_pokja(
            figures.region.label, figures.total, figures.year, figures.selection
        )
    return heading(told, moment)


def notes(recap: Recap) -> list[str]:
    """Below every table."""
    found = [SOURCE, f"Tanggal unduh: {made(recap)}."]
    if recap.figures.rules is None:
        found.insert(0, NOT_RATED)
    if recap.book:
        found.append(frozen(recap.book))
    return found


def frozen(book) -> str:
    """That the year's figures are those of its book, and for which regions they are not."""
    closed_on = format_date(book.closed_on)
    told = f"Angka tahun {book.year} dibekukan pada {closed_on}, menurut {book.rubric}."
    if book.open_again:
        names = ", ".join(row.region.full_name for row in book.open_again)
        told += f" Dibuka kembali, jadi memakai keadaan sekarang: {names}."
    return told


def file_stem(recap_region, year: int, day, kind: str = "") -> str:
    """Rekap-Pokja_Sulawesi-Selatan_2026_2026-03-12; the kind stands behind the province."""
    place = re.sub(r"[^\w.]+", "-", recap_region.label).strip("-.") or recap_region.code
    only = f"_{kind.replace('_', '-')}" if kind else ""
    return f"Rekap-Pokja_{place}{only}_{year}_{day.isoformat()}"

"""Findings and words of the rubric pages."""

from dataclasses import dataclass

from apps.core.formats import format_number
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric

UNRATED = "tidak dapat dinilai"
STATE_LOOKS = {
    RubricStatus.DRAFT: ("st-none", "pencil"),
    RubricStatus.PUBLISHED: ("st-ok", "check-circle-fill"),
    RubricStatus.REPLACED: ("st-none", "arrow-left-right"),
}


@dataclass(frozen=True)
class Stretch:
    """Years that follow each other under the same rubric, or under none."""

    first: int
    last: int
    rubric: Rubric | None
    is_open: bool = False

    @property
    def years(self) -> str:
        if self.is_open:
            return f"sejak {self.first}"
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def stretches(published: list[Rubric], first: int, last: int) -> list[Stretch]:
    """Which rubric holds from ``first`` to ``last``, newest years first."""
    found: list[Stretch] = []
    for year in range(first, last + 1):
        rubric = _holding(published, year)
        if found and found[-1].rubric == rubric:
            found[-1] = Stretch(found[-1].first, year, rubric)
        else:
            found.append(Stretch(year, year, rubric))
    if found and found[-1].rubric and found[-1].rubric.year_to is None:
        found[-1] = Stretch(found[-1].first, last, found[-1].rubric, is_open=True)
    return found[::-1]


def _holding(published: list[Rubric], year: int) -> Rubric | None:
    fitting = [
        each
        for each in published
        if each.year_from <= year and (each.year_to is None or each.year_to >= year)
    ]
    return max(fitting, key=lambda each: (each.year_from, each.pk), default=None)


def list_finding(published: list[Rubric], year: int) -> str:
    held = _holding(published, year)
    if held is None:
        return f"Tahun {year} belum punya rubrik dan tidak dapat dinilai"
    return f"Tahun {year} dinilai dengan rubrik {held.name}"


def gap_heading(count: int) -> str:
    return f"Belum dapat diterbitkan: ada {count} hal yang perlu dilengkapi"


def preview_finding(preview) -> str:
    """The heading of the preview, from its numbers."""
    pokja, regions = len(preview.changes), len(preview.regions)
    if not pokja and not regions:
        return f"Tidak ada yang berubah pada {preview.year}"
    if not pokja:
        return f"{format_number(regions)} daerah berubah pada {preview.year}"
    return (
        f"{format_number(pokja)} Pokja di {format_number(regions)} daerah berubah pada "
        f"{preview.year}"
    )


def totals(shown) -> list[tuple[str, str, str]]:
    """(what, now, with this rubric) for the table of counts."""
    preview, before, after = shown.preview, *shown.official
    held = before is not None
    now, then = (format_number(each) for each in preview.effective)
    rows = [
        ("Angka resmi", before.text if held else UNRATED, after.text),
        ("Pokja efektif", now if held else UNRATED, then),
    ]
    if shown.official[1].promise_is_whole:
        achieved = before.achievement_text if held else UNRATED
        rows.insert(1, ("Capaian terhadap target", achieved, after.achievement_text))
    return rows + [
        (f"Pokja kelas {name}", format_number(old) if held else UNRATED, format_number(new))
        for name, old, new in preview.classes
    ]


def closed_note(closed: dict[int, set[int]]) -> str:
    """Which years are closed somewhere: their books do not move. "" where none is."""
    if not closed:
        return ""
    told = [f"{year} di {len(closed[year])} provinsi" for year in sorted(closed)]
    return (
        f"Tahun yang sudah ditutup tidak berubah: {', '.join(told)}. Nilai bekunya tetap memakai "
        "aturan saat ditutup."
    )

"""Where the rules of a trend change: figures of years under different rubrics are no one line."""

from collections.abc import Iterable
from itertools import pairwise

from apps.effectiveness.rubrics import Rules


def breaks_between(rules_by_year: Iterable[tuple[int, Rules | None]]) -> list[int]:
    """Years from which another rubric holds than in the year shown before; no query."""
    return [
        year
        for (_, before), (year, now) in pairwise(rules_by_year)
        if (before and before.rubric_id) != (now and now.rubric_id)
    ]


def break_words(years: list[int]) -> str:
    """The note beside a trend (the latest change); "" where the rules stayed."""
    if not years:
        return ""
    return f"Aturan skor berubah pada {years[-1]}; angka sebelumnya dihitung dengan aturan lama."

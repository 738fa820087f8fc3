"""Assessments without a database, for what only counts them."""

from types import SimpleNamespace

from apps.core.looks import CRITERIA
from apps.dashboard.tallies import tally
from apps.effectiveness.formula import EMPTY, FAILED, MET, TO_FIX, WAITING, Result

LETTERS = {"t": MET, "m": WAITING, "p": TO_FIX, "x": FAILED, "b": EMPTY}


def item(letters="tttt", *, effective=None, rated=True, reason="", kinds=("gdpk",), **fields):
    """An assessment from four letters: t met, m waiting, p returned, x failing, b nothing."""
    results = {
        name: Result(LETTERS[letter], reason if letter in "xb" else "")
        for name, letter in zip(CRITERIA, letters, strict=True)
    }
    if effective is None:
        effective = letters == "tttt" if rated else None
    fields = {"region_id": 1, "province_id": 1, "pokja_id": 1, "name": "Pokja"} | fields
    return SimpleNamespace(
        results=results,
        by_rubric=results,
        effective=effective,
        kinds=list(kinds),
        met=letters.count("t"),
        possible=len(letters),
        **fields,
    )


def counts(*letters, **fields):
    return tally(item(each, **fields) for each in letters)

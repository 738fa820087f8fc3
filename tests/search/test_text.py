"""What was typed against names and numbers: pure rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.search.names import WORDS, other_names
from apps.search.text import (
    cleaned,
    code_forms,
    corrected,
    folded,
    is_within,
    number_parts,
    words_of,
)

NUMBER = number_parts("188.45/097/II/2026")


@pytest.mark.parametrize(
    "typed",
    [
        "188.45/97",
        "188 45 97 2026",
        "188.45/097/II/2026",
        "188.45 / 097-ii-2026",
        "188/45/0097",
        "ii/2026",
        "188.45/9",
        "188.45/97/II/20",
    ],
)
def test_a_number_is_found_in_any_spelling(typed):
    assert is_within(number_parts(typed), NUMBER)


@pytest.mark.parametrize("typed", ["188.45/7", "45/188", "188.45/97/III", "88.45", "188.45/970"])
def test_another_number_is_not(typed):
    assert not is_within(number_parts(typed), NUMBER)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Kab. Bône", ["kabupaten", "bone"]),
        ("  KOTA   makassar ", ["kota", "makassar"]),
        ("Prov.Sul-Sel", ["provinsi", "sul", "sel"]),
        ("***", []),
    ],
)
def test_words_of_what_was_typed(typed, words):
    assert words_of(typed) == words


@pytest.mark.parametrize(
    ("typed", "forms"),
    [
        ("62.10", ("62.10", "")),
        ("6210", ("62.10", "6210")),
        ("62", ("62", "62")),
        ("62.1", ("", "")),
        ("188.45", ("", "")),
        ("٦٢١٠", ("", "")),
    ],
)
def test_what_may_be_a_code(typed, forms):
    assert code_forms(typed) == forms


def test_unknown_words_are_set_right_and_known_ones_kept():
    assert corrected(["pokja", "sidarap"], ["pokja", "sidrap", "bone"]) == ["pokja", "sidrap"]
    assert corrected(["zzzz"], ["sidrap"]) == ["zzzz"]


@given(st.text())
def test_no_text_breaks_the_folding(text):
    assert folded(folded(text)) == folded(text)
    assert len(cleaned(text)) <= 200
    parts = number_parts(text)
    assert not parts or is_within(parts, parts)


def test_the_list_of_other_names_names_real_regions_once():
    from pathlib import Path

    import apps.regions

    lines = (Path(apps.regions.__file__).parent / "data" / "regions.csv").read_text("utf-8")
    codes = {line.split(",")[0] for line in lines.splitlines()}
    names = other_names()
    assert set(names) <= codes
    assert all(other.sort in WORDS for found in names.values() for other in found)
    assert all(len({n.name for n in found}) == len(found) for found in names.values())

"""Numbers in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.terbilang import UNITS, terbilang, terbilang_rupiah

FACTORS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (100, "seratus"),
        (101, "seratus satu"),
        (115, "seratus lima belas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1000, "seribu"),
        (1100, "seribu seratus"),
        (2000, "dua ribu"),
        (11000, "sebelas ribu"),
        (100000, "seratus ribu"),
        (101000, "seratus satu ribu"),
        (1000000, "satu juta"),
        (1001000, "satu juta seribu"),
        (85000000, "delapan puluh lima juta"),
        (1250000000, "satu miliar dua ratus lima puluh juta"),
        (2000000000001, "dua triliun satu"),
        (10**15, "satu kuadriliun"),
        (-5, "minus lima"),
    ],
)
def test_numbers_are_spelled_as_an_indonesian_says_them(number, words):
    assert terbilang(number) == words


@given(st.integers(min_value=0, max_value=10**18 - 1))
def test_the_words_count_up_to_the_number(number):
    assert _counted(terbilang(number)) == number


def test_what_has_no_words_is_refused():
    with pytest.raises(ValueError, match=r"^Angka terlalu besar untuk dieja$"):
        terbilang(10**18)


def test_amounts_name_rupiah_and_sen():
    assert terbilang_rupiah(Decimal("85000000.00")) == "delapan puluh lima juta rupiah"
    assert terbilang_rupiah(Decimal("1000.05")) == "seribu rupiah lima sen"
    assert terbilang_rupiah(0) == "nol rupiah"
    assert terbilang_rupiah(Decimal("-2.5")) == "minus dua rupiah lima puluh sen"


def _counted(words):
    total = group = 0
    for word in words.replace("seribu", "satu ribu").replace("seratus", "satu ratus").split():
        if word in FACTORS:
            total, group = total + group * FACTORS[word], 0
        elif word == "ratus":
            group *= 100
        elif word == "puluh":
            group = group - group % 10 + group % 10 * 10
        elif word == "belas":
            group += 10
        else:
            group += UNITS.index(word)
    return total + group

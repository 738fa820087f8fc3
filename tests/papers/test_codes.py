"""NIP, the code of a paper as people copy it, and the print of what was told."""

import re

import pytest

from apps.papers.codes import (
    ALPHABET,
    canonical,
    fingerprint,
    format_nip,
    new_code,
    nip_digits,
    read_code,
    shown_code,
)


@pytest.mark.parametrize(
    "typed",
    [
        "196905141995031002",
        "19690514 199503 1 002",
        "19690514.199503.1.002",
        " 19690514-199503-1-002 ",
        "１９６９０５１４ 199503 1 002",
    ],
)
def test_a_nip_is_read_however_it_is_grouped(typed):
    assert format_nip(nip_digits(typed)) == "19690514 199503 1 002"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("19690514199503100", "NIP terdiri atas 18 angka, sekarang 17"),
        ("1969051419950310021", "NIP terdiri atas 18 angka, sekarang 19"),
        ("NIP belum ada", "Tulis NIP dengan 18 angka, misalnya 19690514 199503 1 002"),
        ("٣٩٦٩٠٥١٤١٩٩٥٠٣١٠٠٢", "Tulis NIP dengan 18 angka, misalnya 19690514 199503 1 002"),
        (
            "196913141995031002",
            "Delapan angka pertama NIP adalah tanggal lahir (tahun, bulan, hari). Periksa kembali",
        ),
    ],
)
def test_what_is_no_nip_is_told(typed, told):
    with pytest.raises(ValueError, match=f"^{re.escape(told)}$"):
        nip_digits(typed)


def test_a_nip_of_another_length_is_shown_as_it_is():
    assert format_nip("123") == "123"


def test_a_code_has_eight_characters_none_of_which_is_taken_for_another():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) <= set(ALPHABET)
    assert not set("OILU") & set(ALPHABET)
    assert len(ALPHABET) == len(set(ALPHABET)) == 32


@pytest.mark.parametrize(
    "typed",
    [
        "7F3K01QD",
        "7f3k-01qd",
        " 7F3K 01 QD ",
        "7F3K\u201301QD",
        "7F3KOIQD",
        "7f3kolqd",
        "７Ｆ３Ｋ０１ＱＤ",
        "7F3K.01QD",
    ],
)
def test_a_code_is_read_however_it_was_copied(typed):
    assert read_code(typed) == "7F3K01QD"
    assert shown_code(read_code(typed)) == "7F3K-01QD"


@pytest.mark.parametrize(
    "typed", ["", "7F3K", "7F3K01QDX", "7F3K01Q*", "7F3K01QU", "\x00" * 8, "٧" * 8, "A" * 100_000]
)
def test_what_cannot_be_a_code_is_none(typed):
    assert read_code(typed) == ""


def test_the_print_of_facts_does_not_depend_on_their_order():
    one = {"status": "Efektif", "kriteria": {"sk": True, "rencana": [1, "dua"]}}
    other = {"kriteria": {"rencana": [1, "dua"], "sk": True}, "status": "Efektif"}
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(one) != fingerprint(one | {"status": "Belum efektif"})
    assert canonical({"b": 1, "a": "é"}) == '{"a":"é","b":1}'


@pytest.mark.parametrize(
    ("facts", "error"), [({"a": object()}, TypeError), ({"a": float("nan")}, ValueError)]
)
def test_facts_json_cannot_hold_are_refused(facts, error):
    with pytest.raises(error):
        canonical(facts)

"""Names in braces, file names, and the sentences about time."""

from datetime import date

import pytest

from apps.campaign import words
from apps.campaign.builtin import DEFAULTS
from apps.campaign.codes import file_stem, filled, unknown_placeholders

MARCH_31, APRIL_30 = date(2026, 3, 31), date(2026, 4, 30)


def test_names_in_braces_are_filled_once():
    values = {"daerah": "Kabupaten {tahun}", "tahun": "2026"}
    assert filled("{daerah}, {tahun}, {lain}, {", values) == "Kabupaten {tahun}, 2026, {lain}, {"


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Yth. {daerah}", []),
        ("{nama} dan {nama}, {Daerah}", ["nama", "Daerah"]),
        ("{} { tahun }", ["", " tahun "]),
        ("sebuah { tanpa penutup", []),
    ],
)
def test_unknown_names_are_found(text, unknown):
    assert unknown_placeholders(text, words.PLACEHOLDERS) == unknown


def test_the_built_in_texts_name_nothing_unknown():
    texts = [(name, text) for one in DEFAULTS.values() for name, text in one.items()]
    unknown = [
        unknown_placeholders(
            text, words.MESSAGE_PLACEHOLDERS if name == "message" else words.PLACEHOLDERS
        )
        for name, text in texts
    ]
    assert unknown == [[]] * len(texts)


@pytest.mark.parametrize(
    ("code", "label", "stem"),
    [
        ("73.08", "Bone", "Surat-pengingat-7308-Bone-2026"),
        ("73.71", "Kota Makassar", "Surat-pengingat-7371-Kota-Makassar-2026"),
        ("96.71", "../Kota “Sorong”", "Surat-pengingat-9671-Kota-Sorong-2026"),
        ("", "", "Surat-pengingat-2026"),
    ],
)
def test_file_names_suit_every_system(code, label, stem):
    assert file_stem("pengingat", code, label, 2026) == stem


@pytest.mark.parametrize(
    ("dues", "finish_by", "sentence"),
    [
        ([], None, "Batas waktu pengisian tahun 2026 belum ditetapkan."),
        (
            [MARCH_31, MARCH_31],
            None,
            "Batas waktu pengisian tahun 2026: 31 Maret 2026 pukul 23.59 WITA.",
        ),
        ([MARCH_31, APRIL_30], None, "Batas waktu setiap butir tercantum pada daftar."),
        (
            [date(2026, 3, 1)],
            MARCH_31,
            "Batas waktu pengisian tahun 2026: 1 Maret 2026 pukul 23.59 WITA, telah lewat 11 "
            "hari. Mohon dilengkapi paling lambat 31 Maret 2026 pukul 23.59 WITA.",
        ),
        ([], MARCH_31, "Mohon dilengkapi paling lambat 31 Maret 2026 pukul 23.59 WITA."),
    ],
)
def test_the_sentence_about_time(dues, finish_by, sentence):
    told = words.deadline_sentence(dues, date(2026, 3, 12), 2026, "WITA", finish_by)
    assert told == sentence


@pytest.mark.parametrize(
    ("names", "listed"),
    [
        (["Bone"], "Bone"),
        (["Bone", "Wajo"], "Bone dan Wajo"),
        (["Bone", "Wajo", "Gowa"], "Bone, Wajo dan Gowa"),
        (["A", "B", "C", "D", "E"], "A, B, C, dan 2 daerah lain"),
    ],
)
def test_regions_are_listed_and_long_lists_cut(names, listed):
    assert words.regions_listed(names) == listed

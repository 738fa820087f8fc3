"""Topics, places and names."""

import pytest

from apps.regulations.codes import parse_topics, place_fault, regulation_name, topic_label


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Stunting; GDPK", "gdpk, stunting"),
        ("Kampung KB, kampung_kb", "kampung-kb"),
        ("gdpk, stunting", "gdpk, stunting"),
        ("", ""),
        (None, ""),
    ],
)
def test_topics_are_stored_as_slugs_in_order(typed, stored):
    assert parse_topics(typed) == stored


@pytest.mark.parametrize("typed", ["gdpk, ?!", "é", "x" * 41, ",".join("abcdefghijk")])
def test_what_is_no_topic_is_refused(typed):
    with pytest.raises(ValueError, match=r"topik"):
        parse_topics(typed)


def test_an_unknown_topic_is_shown_as_written():
    assert (topic_label("gdpk"), topic_label("air-bersih")) == ("GDPK", "air bersih")


@pytest.mark.parametrize(
    ("kind", "level", "fits"),
    [
        ("perpres", "", True),
        ("perpres", "kota", False),
        ("perwali", "kota", True),
        ("perwali", "kabupaten", False),
        ("pergub", "provinsi", True),
        ("pergub", "", False),
        ("perda", "kabupaten", True),
        ("perda", "", False),
        ("se", "", True),
        ("se", "kota", True),
    ],
)
def test_a_kind_belongs_to_levels(kind, level, fits):
    assert (place_fault(kind, level) == "") is fits


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("perpres", "72", 2021), "Perpres Nomor 72 Tahun 2021"),
        (("perda", "3", 2024, "Kabupaten Bone"), "Perda Kabupaten Bone Nomor 3 Tahun 2024"),
        (("perban", "204/PER/G2/2015", 2015), "Peraturan BKKBN Nomor 204/PER/G2/2015"),
        (("lainnya", "1", 2020), "Regulasi Nomor 1 Tahun 2020"),
    ],
)
def test_names(parts, name):
    assert regulation_name(*parts) == name

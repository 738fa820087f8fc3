"""The most frequent gaps: counted by Pokja, each with its repair, in words that fit all regions."""

from types import SimpleNamespace

from apps.effectiveness.formula import Result
from apps.report_cards.gaps import frequent_gaps
from tests.dashboard.makers import item


def pokja(letters, level="kabupaten", region=1, **fields):
    found = item(letters, region_id=region, **fields)
    found.by_rubric, found.region_level, found.year = found.results, level, 2026
    return found


def told(*items, **options):
    return [(gap.fact, len(gap.items)) for gap in frequent_gaps(items, **options)]


def test_the_gap_of_most_pokja_stands_first_and_equals_follow_the_criteria():
    assert told(pokja("tbbb"), pokja("ttbb"), pokja("tttt")) == [
        ("Indikator belum dipilih", 2),
        ("Anggaran operasional belum dialokasikan", 2),
        ("Rencana kerja 2026 belum ada", 1),
    ]


def test_what_waits_is_no_gap():
    assert told(pokja("mmmm")) == []


def test_what_was_returned_says_whose_note_to_follow():
    (gap,) = frequent_gaps([pokja("tttp")])
    assert (gap.fact, gap.fix) == (
        "Anggaran operasional dikembalikan",
        "Perbaiki menurut catatan verifikator, lalu kirim kembali",
    )


def test_a_declared_nil_names_its_criterion_and_is_not_the_same_as_nothing_entered():
    assert told(pokja("tttx", reason="nihil"), pokja("tttb")) == [
        ("Anggaran operasional dinyatakan tidak ada", 1),
        ("Anggaran operasional belum dialokasikan", 1),
    ]


def test_the_heads_of_all_levels_are_named():
    gap = frequent_gaps(
        [pokja("bttt", "provinsi"), pokja("bttt", region=2), pokja("bttt", "kota", 3)]
    )[0]
    assert gap.fix == "Ajukan penetapan kepada Gubernur, Bupati atau Wali Kota, lalu unggah SK"
    assert (len(gap.items), gap.regions) == (3, 3)


def test_no_more_than_ten_are_told():
    assert len(told(*[pokja("bbbb"), pokja("pppp")], most=5)) == 5


def test_a_criterion_beside_the_four_brings_its_own_words():
    found = pokja("tttt")
    rule = SimpleNamespace(
        code="regulasi", title="Regulasi", check="regulasi_berlaku", parameters={}, words=""
    )
    found.rules = SimpleNamespace(criteria=[rule])
    found.by_rubric = {**found.results, "regulasi": Result("belum_mengisi")}
    (gap,) = frequent_gaps([found])
    assert (gap.fact, gap.fix) == (
        "Regulasi belum tercatat",
        "Catat bila sudah ada; bila belum, ajukan rancangannya kepada Bupati",
    )

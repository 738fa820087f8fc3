"""Headings of a comparison: what the numbers say, and plain words where they say nothing."""

import pytest

from apps.comparison.findings import between, courses, standing
from apps.dashboard.tallies import Share, Tally
from tests.dashboard.makers import counts

NOTHING = counts("bbbb")


def named(**areas):
    return [(name.replace("_", " "), each) for name, each in areas.items()]


@pytest.mark.parametrize(
    ("areas", "told"),
    [
        (
            {"Kota_Makassar": ["tttt", "tttb"], "Bone": ["tttb", "tbbb"], "Maros": ["tttt"]},
            "Maros lengkap; Bone tertinggal pada anggaran",
        ),
        (
            {"Maros": ["tttt"], "Bone": ["tttb", "tttm"]},
            "Maros lengkap; Bone tertinggal pada anggaran",
        ),
        (
            {"Maros": ["tttb"], "Bone": ["ttbb"]},
            "Maros terdepan; Bone tertinggal pada indikator dan anggaran",
        ),
        (
            {"A": ["tttt"], "B": ["tttt"], "C": ["tttb"], "D": ["tttb"]},
            "A dan B lengkap; C dan D tertinggal",
        ),
        ({"A": ["tttt"], "B": ["tttt", "tttt"]}, "A dan B lengkap"),
        (
            {"A": ["ttbb"], "B": ["bbtt", "tbtb"]},
            "Bagian kriteria yang terpenuhi sama di A dan B",
        ),
        (
            {"A": ["tttt"], "B": ["tttt"], "C": ["tttt"], "D": ["tttt"], "E": ["tbbb"]},
            "Empat daerah lengkap; E tertinggal",
        ),
        (
            {"E": ["tttt"], "A": ["tbbb"], "B": ["tbbb"], "C": ["tbbb"], "D": ["tbbb"]},
            "E lengkap; empat daerah tertinggal",
        ),
        ({"A": ["mmmm"], "B": ["tbbb"]}, "B terdepan; A tertinggal"),
    ],
)
def test_who_is_ahead_and_who_falls_behind_on_what(areas, told):
    assert standing(named(**{name: counts(*letters) for name, letters in areas.items()})) == told


def test_who_has_sent_nothing_stands_in_no_rank():
    assert standing(named(A=counts("tttb"), B=NOTHING)) == "Baru A yang sudah mengirim isian"
    assert standing(named(A=counts("tttt"), B=counts("tttb"), C=NOTHING, D=Tally())) == (
        "A lengkap; B tertinggal pada anggaran"
    )
    assert standing(named(A=NOTHING, B=Tally())) == "Belum ada isian dari daerah yang dipilih"


LINE = [Share(1, 4), None, Share(2, 4)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([LINE, LINE, LINE], "Kriteria terpenuhi naik di tiga daerah"),
        ([LINE, LINE[::-1], LINE], "Kriteria terpenuhi naik di dua dari tiga daerah"),
        ([LINE[::-1], LINE[::-1]], "Kriteria terpenuhi turun di dua daerah"),
        ([[Share(1, 4), Share(2, 8)]] * 2, "Kriteria terpenuhi tetap di dua daerah"),
        ([LINE, [None, None, Share(1, 4)]], "Kriteria terpenuhi naik di D0"),
        ([[None, Share(1, 4)], [None, None]], "Kriteria terpenuhi dari tahun ke tahun"),
    ],
)
def test_where_the_lines_go(lines, told):
    assert courses([(f"D{at}", line) for at, line in enumerate(lines)]) == told


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (8, 12, "bertambah dari 8 menjadi 12"),
        (12, 8, "berkurang dari 12 menjadi 8"),
        (8, 8, "tetap 8"),
    ],
)
def test_two_dates(before, now, told):
    finding = between("Bone", Share(before, 20), Share(now, 20))
    assert finding == f"Kriteria terpenuhi di Bone {told}"

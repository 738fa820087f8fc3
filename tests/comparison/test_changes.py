"""What changed between two dates, from assessments alone."""

from apps.comparison.changes import changes_between
from tests.dashboard.makers import item


def told(change):
    return [(step.criterion, step.before, step.after, step.turn) for step in change.steps]


def test_only_what_differs_is_told():
    before = [item("tmbb", pokja_id=1), item("tttt", pokja_id=2)]
    found = changes_between(before, [item("ttmb", pokja_id=1), item("tttt", pokja_id=2)])
    assert [row.pokja_id for row in found.rows] == [1]
    assert told(found.rows[0]) == [
        ("rencana_kerja", "menunggu", "terpenuhi", 1),
        ("indikator", "belum diisi", "menunggu", 0),
    ]
    assert (found.gained, found.lost) == ({"rencana_kerja": 1}, {})


def test_what_is_no_longer_met_is_counted_apart():
    found = changes_between([item("tttt")], [item("xttp", reason="kedaluwarsa")])
    assert told(found.rows[0]) == [
        ("sk", "terpenuhi", "kedaluwarsa", -1),
        ("anggaran", "terpenuhi", "dikembalikan", -1),
    ]
    assert (found.gained, found.lost) == ({}, {"sk": 1, "anggaran": 1})


def test_a_draft_is_nothing_to_tell():
    before = [item("tttb")]
    assert changes_between(before, [item("tttb", reason="draf")]).rows == []


def test_a_new_pokja_and_one_that_is_gone():
    found = changes_between([item("tbbb", pokja_id=1)], [item("ttbb", pokja_id=2)])
    assert [(row.pokja_id, row.note) for row in found.rows] == [
        (2, "Pokja baru"),
        (1, "Tidak lagi dinilai"),
    ]
    assert told(found.rows[0]) == [
        ("sk", "belum ada", "terpenuhi", 1),
        ("rencana_kerja", "belum ada", "terpenuhi", 1),
    ]
    assert (found.gained["sk"], found.lost["sk"]) == (1, 1)


def test_nothing_to_compare():
    assert changes_between([], []).rows == []

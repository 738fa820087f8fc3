"""What an address may ask for, and that a selection counts only what it says."""

import pytest

from apps.dashboard.selection import DISTRICT, NATION, PROVINCE, WHOLE, Selection
from tests.dashboard.makers import counts, item


def asked(rf, **query):
    return Selection.of(rf.get("/", query))


def test_an_address_without_parameters_is_the_whole(rf):
    assert asked(rf) == WHOLE
    assert (WHOLE.query, WHOLE.words, WHOLE.is_whole) == ({}, "", True)


def test_all_three_are_read_and_told(rf):
    chosen = asked(rf, jenis="gdpk", kriteria="rencana-kerja", sebaya="kota")
    assert (chosen.kind, chosen.criterion, chosen.peers) == ("gdpk", "rencana_kerja", "kota")
    assert chosen.words == "Pokja GDPK, kota, kriteria rencana kerja"
    assert chosen.query == {"jenis": "gdpk", "kriteria": "rencana_kerja", "sebaya": "kota"}
    assert chosen.subject == "Pokja GDPK yang memenuhi rencana kerja"


@pytest.mark.parametrize(
    ("parameter", "typed"),
    [
        ("jenis", "xyz"),
        ("kriteria", "skor"),
        ("sebaya", "atlantis"),
        ("sebaya", "73.0"),
        ("sebaya", "٧٣"),
        ("jenis", "<script>" * 50),
    ],
)
def test_a_value_that_is_not_known_is_dropped_and_told(rf, parameter, typed):
    chosen = asked(rf, **{parameter: typed})
    assert chosen.is_whole
    (told,) = chosen.complaints
    assert "tidak dikenal" in told
    assert len(told) < 120


@pytest.mark.parametrize(
    ("peers", "levels"),
    [
        ("kabupaten", {PROVINCE, DISTRICT}),
        ("sulawesi", {NATION}),
        ("73", {NATION}),
        ("73.08", {PROVINCE, DISTRICT}),
    ],
)
def test_a_peer_group_of_another_level_is_dropped_and_told(peers, levels):
    for level in (NATION, PROVINCE, DISTRICT):
        held = Selection(peers=peers).at(level)
        assert (held.peers == peers) == (level in levels)
        assert bool(held.complaints) == (level not in levels)


def test_narrowing_leaves_the_kind_and_the_group():
    kota = item(kinds=("gdpk", "stunting"), region_code="73.71", region_level="kota")
    kabupaten = item(kinds=("gdpk",), region_code="73.08", region_level="kabupaten")
    bare = item(kinds=(), region_code="73.08", region_level="kabupaten")
    items = [kota, kabupaten, bare]
    assert Selection(kind="stunting").narrow(items) == [kota]
    assert Selection(kind="lainnya").narrow(items) == [bare]
    assert Selection(peers="kabupaten").narrow(items) == [kabupaten, bare]
    assert Selection(kind="gdpk", peers="kota").narrow(items) == [kota]
    assert Selection(peers="sulawesi").narrow(items) == items
    assert Selection(peers="jawa").narrow(items) == []
    alike = Selection(peers="73.08").resolved(["73.08"], "Bone")
    assert alike.narrow(items) == [kabupaten, bare]


def test_the_share_is_that_of_the_criterion():
    total = counts("tttt", "tbbb", "bbbb")
    assert WHOLE.share(total) == (1, 3)
    assert Selection(criterion="sk").share(total) == (2, 3)

"""Maps and their labels."""

from itertools import combinations

import pytest
from django.core.management import call_command

from apps.regions import geometry
from apps.regions.models import Region
from apps.regions.shapes import Box, rings, scan, segments_cross

PROVINCES = geometry.province_codes()


def test_every_area_of_the_maps_has_a_region(nation):
    drawn = {area.code for code in PROVINCES for area in geometry.province_map(code).areas}
    assert drawn == set(Region.objects.kabkota().values_list("code", flat=True))


def test_every_province_has_a_map_a_tile_and_a_place_in_the_nation(nation):
    provinces = dict(Region.objects.provinces().values_list("code", "iso_3166_2"))
    assert set(PROVINCES) == set(provinces)
    assert {area.code for area in geometry.national_map().areas} == set(provinces)
    assert {tile.code: f"ID-{tile.iso}" for tile in geometry.TILES} == provinces


def test_nation_by_kabkota_has_514_areas():
    assert len(geometry.national_map(kabkota=True).areas) == 514


def test_no_two_tiles_share_a_place():
    places = {(tile.row, tile.column) for tile in geometry.TILES}
    assert len(places) == 38
    assert max(row for row, _ in places) == geometry.TILE_ROWS - 1
    assert max(column for _, column in places) == geometry.TILE_COLUMNS - 1


def test_map_of_an_unknown_province_is_none():
    assert geometry.province_map("97") is None
    assert geometry.province_layout("97") is None


def test_map_shows_the_land_without_remote_islets():
    assert geometry.province_map("73").view_box_attribute == "437 0 474 1010"


def test_kota_keeps_its_level_beside_a_kabupaten_of_the_same_name():
    names = {area.code: area.name for area in geometry.province_map("32").areas}
    assert (names["32.01"], names["32.71"], names["32.77"]) == ("Bogor", "Kota Bogor", "Cimahi")


@pytest.mark.parametrize("code", PROVINCES)
def test_every_area_is_labelled_and_no_two_labels_overlap(code):
    layout = geometry.province_layout(code)
    areas = [area.code for area in geometry.province_map(code).areas]
    assert [label.code for label in layout.labels] == areas
    pairs = combinations(layout.labels, 2)
    assert [(a.code, b.code) for a, b in pairs if a.box.overlaps(b.box)] == []


@pytest.mark.parametrize("code", PROVINCES)
def test_labels_and_map_stay_within_the_drawing(code):
    layout = geometry.province_layout(code)
    x, y, width, height = layout.frame
    boxes = [label.box for label in layout.labels] + [Box(x, y, x + width, y + height)]
    outside = [
        box
        for box in boxes
        if box.left < 0 or box.top < 0 or box.right > layout.width or box.bottom > layout.height
    ]
    assert outside == []


@pytest.mark.parametrize("code", PROVINCES)
def test_leaders_run_from_their_label_to_their_area(code):
    layout, drawing = geometry.province_layout(code), geometry.province_map(code)
    scale = layout.frame[2] / drawing.view_box[2]
    points = {
        area.code: (
            layout.frame[0] + (area.label_point[0] - drawing.view_box[0]) * scale,
            layout.frame[1] + (area.label_point[1] - drawing.view_box[1]) * scale,
        )
        for area in drawing.areas
    }
    for label in layout.labels:
        if label.leader:
            x1, y1, x2, y2 = label.leader
            assert (x2, y2) == pytest.approx(points[label.code], abs=0.5)
            assert (x1, y1) == pytest.approx(label.box.nearest((x2, y2)), abs=0.5)


@pytest.mark.parametrize("code", ["31", "73", "74"])
def test_stored_layout_is_what_the_rules_give_today(code):
    assert geometry.computed_layout(code) == geometry.province_layout(code)


def test_leaders_of_sulawesi_selatan_cross_nothing():
    leaders = [label.leader for label in geometry.province_layout("73").labels if label.leader]
    lines = [((a, b), (c, d)) for a, b, c, d in leaders]
    assert [pair for pair in combinations(lines, 2) if segments_cross(*pair[0], *pair[1])] == []


def test_wide_areas_carry_their_name_inside():
    inside = {label.code for label in geometry.province_layout("73").labels if label.inside}
    assert inside == {"73.08", "73.13", "73.17", "73.22", "73.24"}


def test_path_becomes_rings():
    assert rings("M1 2l3 0 0-4zM9 9h2v-1z") == [
        [(1, 2), (4, 2), (4, -2)],
        [(9, 9), (11, 9), (11, 8)],
    ]


def test_scan_lines_leave_out_a_hole_and_what_is_clipped():
    square = [(0, 0), (12, 0), (12, 9), (0, 9)]
    hole = [(4, 3), (8, 3), (8, 6), (4, 6)]
    assert scan([square, hole], 3, Box(0, 0, 10, 9)) == {
        0: [(0, 10)],
        1: [(0, 4), (8, 10)],
        2: [(0, 10)],
    }


@pytest.mark.parametrize(
    ("start", "end", "cut"),
    [
        ((0, 5), (20, 5), True),
        ((0, 0), (20, 0), False),
        ((0, 20), (9, 20), False),
        ((12, 12), (14, 14), True),
        ((5, 0), (5, 40), False),
    ],
)
def test_box_is_cut_by_a_segment_through_it(start, end, cut):
    assert Box(10, 2, 16, 18).is_cut_by(start, end) is cut


def test_command_writes_the_same_bytes_again(tmp_path, monkeypatch, capsys):
    stored = (geometry.MAPS / "31.json.gz").read_bytes()
    (tmp_path / "31.json.gz").write_bytes(stored)
    monkeypatch.setattr(geometry, "MAPS", tmp_path)
    call_command("susun_label_peta")
    assert (tmp_path / "31.json.gz").read_bytes() == stored
    assert capsys.readouterr().out == "31: 5 nama di dalam, 1 di luar\n"

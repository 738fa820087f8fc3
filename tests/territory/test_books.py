"""Closed years and stored figures when regions change hands."""

from apps.effectiveness.closing import close
from apps.effectiveness.listed import listed_items
from apps.effectiveness.queries import assess
from apps.effectiveness.standings import province_items
from apps.effectiveness.stored import settle
from apps.pokja.models import Pokja


def seen(province, year=2025):
    """What is assessed; a list shows the same, before and after figures are settled."""
    rows = Pokja.objects.filter(region__province=province)
    told, *others = [
        [(item.code, item.region_code, item.frozen is not None) for item in items]
        for items in (assess(rows, year), listed_items(rows, year), _settled(rows, year))
    ]
    assert others == [told, told]
    return told


def _settled(rows, year):
    settle()
    return listed_items(rows, year)


def test_a_frozen_year_keeps_codes_and_names_of_its_day(sulsel, split, confirm, cast):
    close(sulsel.province, 2025, actor=cast["koordinator_sulsel"])
    confirm(split)
    sulsel.bone.refresh_from_db()
    assert seen(sulsel.bone.province) == [("bone-bk", "73.08", True)]
    assert seen(sulsel.bone.province, 2026) == [("bone-bk", "76.01", False)]


def test_a_district_that_comes_to_a_closed_province_keeps_its_past(sulsel, draft, confirm, cast):
    close(sulsel.kalsel, 2025, actor=cast["admin"])
    assert seen(sulsel.kalsel) == []
    confirm(draft("move", sulsel.bone, sulsel.kalsel, code="63.12"))
    assert seen(sulsel.kalsel) == [("bone-bk", "63.12", False)]


def test_stored_figures_follow_at_once(sulsel, split, confirm):
    settle()
    confirm(split)
    sulsel.bone.refresh_from_db()
    assert [item.code for item in province_items(sulsel.bone.province_id, [2026])[0]] == ["bone-bk"]
    assert [item.code for item in province_items(sulsel.province.pk, [2026])[0]] == ["mks-bk"]
    settle()
    assert [item.code for item in province_items(sulsel.bone.province_id, [2026])[0]] == ["bone-bk"]

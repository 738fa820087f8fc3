"""Charts, maps and the heat table: what they draw, and that people's words are escaped."""

import re

from apps.dashboard import charts, heat, html, maps
from apps.dashboard.charts import Line
from apps.dashboard.tallies import Share, tally
from apps.effectiveness.formula import EMPTY, MET, Result
from apps.regions.geometry import TILES, province_map
from tests.dashboard.makers import counts, item

YEARS = [2022, 2023, 2024, 2025, 2026]


def drawn(values, **options):
    line = Line("provinsi", values, is_main=True)
    return charts.line_chart(YEARS, [line], label="Provinsi naik", **options)


def found(pattern, text):
    return re.findall(pattern, str(text))


def test_a_year_without_data_is_a_gap_and_not_zero():
    svg = drawn([Share(1, 4), Share(2, 4), None, Share(3, 4), Share(4, 4)])
    assert len(found("<polyline", svg)) == 4  # two stretches, in two widths
    assert len(found("<circle", svg)) == 8


def test_a_single_year_between_gaps_is_a_dot_without_a_line():
    svg = drawn([None, Share(1, 4), None, None, None])
    assert (len(found("<polyline", svg)), len(found("<circle", svg))) == (0, 2)


def test_the_percent_axis_always_runs_from_0_to_100():
    assert found(r'text-anchor="end">(\d+%?)<', drawn([Share(1, 4)] * 5))[:5] == [
        "0",
        "25",
        "50",
        "75",
        "100%",
    ]


def test_the_chart_is_a_picture_with_the_finding_as_its_words():
    assert (
        found(r'role="img" aria-label="([^"]+)"', drawn([Share(1, 4)] * 5)) == ["Provinsi naik"] * 2
    )


def test_a_change_of_rules_is_a_dotted_line_between_two_years():
    assert len(found('class="tgt"', drawn([Share(1, 4)] * 5, changes=[2025]))) == 2


def test_labels_at_the_line_ends_do_not_overlap():
    lines = [Line("a", [Share(50, 100)] * 5, is_main=True), Line("b", [Share(51, 100)] * 5)]
    svg = charts.line_chart(YEARS, lines, label="", size=charts.LARGE)
    heights = [float(y) for y in found(r'y="([\d.]+)">5[01]% [ab]<', svg)]
    assert [abs(heights[0] - heights[1]), abs(heights[2] - heights[3])] == [14, 14]


def test_the_table_behind_a_chart_holds_every_year():
    table = charts.years_table(YEARS, [Line("Bone", [None, *[Share(1, 4)] * 4])], "Tren")
    assert found(r'<td class="num">([^<]*)', table) == ["–", "1/4", "1/4", "1/4", "1/4"]


def test_a_chart_stays_below_its_weight():
    assert len(drawn([Share(n, 100) for n in (21, 29, 36, 44, 51)])) < 2 * 2600


# --- Heat table --------------------------------------------------------------------------------


def rows(*items, **fields):
    return [heat.Row("Bone", None, tally(items), heat.kinds_of(items).get(1, {}), **fields)]


def test_a_cell_prints_the_met_criteria_and_which_they_are():
    table = heat.table(rows(item("tmpb")), ["gdpk"], "Tabel")
    assert found('<td class="h1c"><span class="c"><b>1</b>', table) != []
    assert found(r'<i class="(.)">', table) == ["t", "m", "p", "b"]
    assert found(r'aria-label="([^"]+)"', table) == [
        "SK terpenuhi, rencana kerja menunggu, indikator dikembalikan, anggaran belum diisi"
    ]


def test_a_draft_looks_like_nothing_at_all():
    table = heat.table(rows(item("tttb", reason="draf")), ["gdpk"], "Tabel")
    assert found('anggaran ([^"]+)', table) == ["belum diisi"]


def test_a_kind_that_a_region_lacks_is_hatched():
    table = heat.table(rows(item()), ["gdpk", "stunting"], "Tabel")
    assert len(found('<td class="hx">', table)) == 1


def test_of_several_pokja_of_a_kind_the_best_is_shown_with_the_number_of_others():
    table = heat.table(rows(item("tbbb"), item("ttbb"), item("bbbb")), ["gdpk"], "Tabel")
    assert found(r"<b>(\d)</b>", table) == ["2"]
    assert found(r"\+(\d)<", table) == ["2"]


def test_a_pokja_of_two_kinds_stands_under_both_but_counts_once():
    items = [item(kinds=("gdpk", "stunting"))]
    table = heat.table(rows(*items), heat.columns(heat.kinds_of(items)), "Tabel")
    assert found(r"<b>(\d)</b>", table) == ["4", "4"]
    assert found(r'<td class="tot">([^<]+)', table) == ["1/1"]


def test_criteria_of_a_region_are_counts_however_many():
    five = [item("tttt") for _ in range(4)] + [item("tbbb")]
    table = heat.table(rows(*five), ["gdpk"], "Tabel")
    assert found(r'<td class="tot wide">([^<]+)', table) == ["17/20"]


def test_a_pokja_without_a_kind_stands_under_lainnya():
    assert heat.columns(heat.kinds_of([item(kinds=())])) == ["lainnya"]


def test_columns_keep_the_order_of_kinds_and_take_in_the_expected_ones():
    by_region = heat.kinds_of([item(kinds=("lainnya",)), item(kinds=("advokasi",))])
    assert heat.columns(by_region, ("stunting",)) == ["advokasi", "stunting", "lainnya"]


def test_cells_are_links_only_where_the_row_gives_addresses():
    def address(each):
        return f"/pokja/{each.pokja_id}/2026/"

    assert found(
        'href="([^"]+)"', heat.table(rows(item(), pokja_address=address), ["gdpk"], "T")
    ) == ["/pokja/1/2026/"]
    assert found("href=", heat.table(rows(item()), ["gdpk"], "T")) == []


def test_names_are_escaped_once():
    row = heat.Row("A & <b>", None, tally([]))
    assert found(r'<th scope="row">(.*?)</th>', heat.table([row], ["gdpk"], "T")) == [
        "A &amp; &lt;b&gt;"
    ]
    assert html.text("A & <b>") == "A &amp; &lt;b&gt;"


# --- Maps --------------------------------------------------------------------------------------


def figures(code="73.08", name="Bone", *letters):
    return {code: (name, counts(*letters))}


def test_every_area_of_a_province_is_drawn_with_its_figure():
    svg = maps.province("73", figures("73.08", "Bone", "tttt", "bbbb"), lambda code: None)
    titles = found("<title>([^<]+)", svg)
    assert len(titles) == len(province_map("73").areas) == 24
    assert [title for title in titles if title.startswith("Bone")] == [
        "Bone: 1 dari 2 Pokja efektif"
    ]


def test_an_area_without_data_is_hatched_and_never_a_colour_class():
    svg = maps.province("73", figures("73.08", "Bone", "bbbb"), lambda code: None)
    assert found('<title>Bone: belum ada data</title><path (fill="[^"]+")', svg) == [
        'fill="url(#hx)"'
    ]
    assert found('class="f[0-4]"', svg) == []


def test_links_of_a_map_are_out_of_the_tab_order_and_only_where_allowed():
    svg = maps.province(
        "73",
        figures("73.08", "Bone", "tttt"),
        lambda code: "/dasbor/73.08/2026/" if code == "73.08" else None,
    )
    assert found("<a [^>]*>", svg) == ['<a href="/dasbor/73.08/2026/" tabindex="-1">']


def test_a_province_without_a_drawing_has_no_map():
    assert maps.province("99", {}, lambda code: None) == ""


def test_tiles_show_every_province_once_and_outline_the_own_one():
    svg = maps.tiles(figures("73", "Sulawesi Selatan", "tttt", "tttt"), lambda code: None, "73")
    assert len(found(r'class="uc', svg)) == len(TILES) == 38
    assert (len(found('class="me"', svg)), found(r'class="uv w"[^>]*>([^<]+)', svg)) == (1, ["2/2"])


def test_the_nation_has_38_true_shapes():
    assert len(found("<path ", maps.nation({}, lambda code: None))) == 38


def test_every_province_of_the_geographic_map_has_its_code_and_none_touches_another():
    drawn = str(maps.nation({}, lambda code: None))
    codes = found(r'class="gm" x="(\d+)" y="(\d+)">([A-Z]{2})<', drawn)
    assert {code for _, _, code in codes} == {tile.iso for tile in TILES}
    width, height = 42, 30  # units of two letters and a line, with air around them
    places = [(int(x), int(y)) for x, y, _ in codes]
    for at, (x, y) in enumerate(places):
        for left, top in places[:at]:
            assert abs(x - left) >= width or abs(y - top) >= height


def test_a_slim_province_is_drawn_without_the_empty_sea_beside_it():
    frames = {
        code: found(
            r'class="cht map([^"]*)" viewBox="([\d.]+) 0 ([\d.]+)', maps.province(code, {}, str)
        )
        for code in ("73", "74")
    }
    assert frames == {"73": [("", "45", "318.9")], "74": [(" map-w", "0", "448.5")]}


def test_the_heat_table_has_a_colour_for_any_number_of_criteria():
    assert heat.legend_numbers(4) == [
        ("f0", "0"),
        ("f1", "1"),
        ("f2", "2"),
        ("f3", "3"),
        ("f4", "4 (efektif)"),
        ("hx", "Belum dibentuk"),
    ]
    assert [words for _, words in heat.legend_numbers(6)] == [
        "0–1",
        "2",
        "3–4",
        "5",
        "6 (efektif)",
        "Belum dibentuk",
    ]
    best = item("tttt")
    best.by_rubric = {f"k{at}": Result(MET if at else EMPTY) for at in range(7)}
    row = heat.Row("Bone", None, counts("tttt"), {"gdpk": [best]})
    assert 'class="h3c"' in heat.table([row], ["gdpk"], "Uji")
    assert heat.step_of(7, 7) == 4

"""Pages of one Pokja cost the same for one row behind them and for three."""

import pytest

from tests import makers


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("", 81),
        ("isi/rencana-kerja/", 57),
        ("isi/sk/", 68),
        ("isi/anggaran/", 67),
        ("isi/periksa/", 64),
    ],
)
@pytest.mark.parametrize("rows", [1, 3])
def test_rows_behind_a_page_cost_nothing(
    officer, pokja, django_assert_num_queries, rows, path, queries
):
    document = makers.make_document(pokja.region, officer.user)
    makers.make_decree(pokja, officer.user, document=document)
    makers.make_plan(pokja, officer.user, rows=[makers.ACTIVITY] * rows)
    indicators = [makers.make_indicator(f"i-{number}") for number in range(rows)]
    makers.make_indicators(
        pokja,
        officer.user,
        rows=[
            {"indicator": item, "target": 2, "source": "PK", "baseline": 1} for item in indicators
        ],
    )
    makers.make_budget(
        pokja,
        officer.user,
        document=document,
        rows=[makers.LINE | {"sub_activity_code": f"2.14.{number}"} for number in range(rows)],
    )
    with django_assert_num_queries(queries):
        response = officer.client.get(f"/pokja/{pokja.pk}/2026/{path}")
    assert response.status_code == 200

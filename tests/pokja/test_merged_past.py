"""Merged Pokja keep the years they lived: on pages, lists, dashboards and in ``nilai``."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.queries import assess_one
from apps.pokja.services import merge_pokja
from tests.makers import make_pokja


@pytest.fixture
def merged(regions, admin, today):
    """merged(day): Pokja Lama of Bone goes into Pokja Utuh on that day; both."""
    load_builtin_rubric()
    old = make_pokja(regions.bone, code="lama", name="Pokja Lama")
    whole = make_pokja(regions.bone, code="utuh", name="Pokja Utuh")

    def make(day):
        return merge_pokja(old, whole, day, actor=admin, revision=1), whole

    return make


def scored(year) -> list[str]:
    out = StringIO()
    call_command("nilai", "--tahun", str(year), "--format", "json", stdout=out)
    return [row["kode_pokja"] for row in json.loads(out.getvalue())]


@pytest.mark.parametrize(
    ("day", "years"),
    [
        (date(2025, 12, 30), {2024: True, 2025: False, 2026: False}),
        (date(2025, 12, 31), {2024: True, 2025: False, 2026: False}),  # the reference date itself
        (date(2026, 1, 1), {2024: True, 2025: True, 2026: False}),
        (date(2026, 3, 12), {2025: True, 2026: False}),  # today
    ],
)
def test_it_is_scored_until_the_day_before_the_merger(merged, day, years):
    old, _ = merged(day)
    assert {year: assess_one(old, year) is not None for year in years} == years
    for year, lives in years.items():
        assert scored(year) == (["lama", "utuh"] if lives else ["utuh"])


def test_lists_and_dashboards_of_past_years_count_it(merged, client_of, pusat):
    merged(date(2026, 1, 1))
    client = client_of(pusat)

    def listed(year):
        page = client.get(f"/pokja/?tahun={year}").context["page"]
        return [row.assessment.name for row in page.object_list]

    assert listed(2025) == ["Pokja Lama", "Pokja Utuh"]
    assert listed(2026) == ["Pokja Utuh"]
    counts = [client.get(f"/dasbor/73.08/{year}/").context["pokja_count"] for year in (2025, 2026)]
    assert counts == [2, 1]


def test_the_pages_of_both_lead_to_each_other(merged, client_of, operator_bone):
    old, whole = merged(date(2026, 1, 1))
    client = client_of(operator_bone)
    gone = client.get(f"/pokja/{old.pk}/2025/").content.decode()
    assert f'dilebur ke <a href="/pokja/{whole.pk}/">Pokja Utuh</a> pada 1 Januari 2026' in gone
    page = client.get(f"/pokja/{whole.pk}/2026/").content.decode()
    assert (
        f'Dilebur ke Pokja ini: <a href="/pokja/{old.pk}/">Pokja Lama</a> pada 1 Januari 2026'
    ) in page

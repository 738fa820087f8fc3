"""National regulations the portal starts with."""

import pytest

from apps.regulations.models import Regulation
from apps.regulations.reference import load_national_regulations


@pytest.mark.django_db
def test_each_is_loaded_once_with_its_source():
    assert load_national_regulations() == 6
    rows = Regulation.objects.all()
    assert all(row.source and row.region is None and row.topics for row in rows)
    assert load_national_regulations() == 0
    assert rows.count() == 6


@pytest.mark.django_db
def test_what_was_changed_or_taken_away_stays_so():
    load_national_regulations()
    Regulation.objects.filter(kind="perpres", number="72").update(number="72/rev", number_key="x")
    Regulation.objects.filter(kind="inpres").delete()
    assert load_national_regulations() == 0
    assert Regulation.objects.count() == 5


@pytest.mark.django_db
def test_one_that_somebody_recorded_before_is_left_as_it_is(make_regulation):
    mine = make_regulation(None, "perpres", "072", 2021, subject="Dicatat lebih dahulu")
    assert load_national_regulations() == 5
    mine.refresh_from_db()
    assert mine.subject == "Dicatat lebih dahulu"

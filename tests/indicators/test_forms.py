from decimal import Decimal

import pytest
from django.http import QueryDict

from apps.core.form_parts import error_items
from apps.indicators.forms import TargetFormSet
from tests.makers import make_indicator, make_indicators, make_pokja

pytestmark = pytest.mark.django_db


def posted(*rows):
    data = QueryDict(mutable=True)
    data["indikator-TOTAL_FORMS"] = len(rows)
    data["indikator-INITIAL_FORMS"] = 0
    for at, row in enumerate(rows):
        for name, value in row.items():
            data[f"indikator-{at}-{name}"] = str(value)
    return data


SHOWN = ("indicator", "target", "baseline_year")


@pytest.fixture
def tfr():
    return make_indicator()


@pytest.fixture
def regulation():
    return make_indicator("gdpk", name="GDPK ditetapkan", unit="ya/tidak", direction="yes_no")


def test_values_are_read_as_people_write_them(tfr):
    row = {
        "indicator": tfr.pk,
        "baseline": "2,18",
        "baseline_year": "2025",
        "target": "2.1",
        "source": "PK",
        "q1": "-0,5",
    }
    formset = TargetFormSet(posted(row))
    assert formset.is_valid(), formset.errors
    values = formset.cleaned_rows()[0]
    assert {name: values[name] for name in row} == {
        "indicator": tfr,
        "baseline": Decimal("2.18"),
        "baseline_year": 2025,
        "target": Decimal("2.1"),
        "source": "PK",
        "q1": Decimal("-0.5"),
    }


@pytest.mark.parametrize(
    ("word", "value"), [("ya", 1), ("Tidak", 0), (" YA ", 1), ("1", 1), ("0", 0)]
)
def test_yes_and_no_are_values(regulation, word, value):
    formset = TargetFormSet(posted({"indicator": regulation.pk, "target": word}))
    assert formset.is_valid(), formset.errors
    assert formset.cleaned_rows()[0]["target"] == value


def test_a_yes_no_indicator_takes_nothing_else(regulation):
    formset = TargetFormSet(posted({"indicator": regulation.pk, "target": "ya", "annual": "2"}))
    assert list(error_items(formset)) == [
        ("id_indikator-0-annual", "Isi “GDPK ditetapkan” dengan ya atau tidak")
    ]


def test_other_indicators_take_no_words(tfr):
    formset = TargetFormSet(posted({"indicator": tfr.pk, "target": "ya"}))
    assert list(error_items(formset)) == [
        ("id_indikator-0-target", "Isi “Angka Kelahiran Total (TFR)” dengan angka")
    ]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"target": ""}, "target", "Isi target indikator 1 dengan angka"),
        ({"target": "banyak"}, "target", "Tulis angka saja, misalnya 1.234.567,89"),
        ({"indicator": "0"}, "indicator", "Pilih indikator dari daftar"),
        (
            {"baseline_year": "25"},
            "baseline_year",
            "Tulis tahun dengan empat angka, misalnya 2025",
        ),
    ],
)
def test_each_mistake_is_told_at_its_field(tfr, changes, field, message):
    row = {"indicator": tfr.pk, "target": "2"} | changes
    assert list(error_items(TargetFormSet(posted(row)))) == [(f"id_indikator-0-{field}", message)]


@pytest.mark.parametrize("draft", [True, False])
def test_a_row_needs_its_indicator_even_in_a_draft(draft):
    formset = TargetFormSet(posted({"target": "2"}), draft=draft)
    assert list(error_items(formset)) == [("id_indikator-0-indicator", "Pilih indikator 1")]


def test_an_indicator_is_picked_once(tfr):
    row = {"indicator": tfr.pk, "target": "2"}
    assert list(error_items(TargetFormSet(posted(row, row)))) == [
        (
            "id_indikator-1-indicator",
            "Indikator “Angka Kelahiran Total (TFR)” sudah dipilih pada baris lain",
        )
    ]


def test_the_form_shows_what_is_stored(regions, operator_bone, tfr, regulation):
    rows = [
        {"indicator": tfr, "target": Decimal("2.1"), "baseline_year": 2025},
        {"indicator": regulation, "target": Decimal(1)},
    ]
    evidence = make_indicators(make_pokja(regions.bone), operator_bone, rows=rows)
    formset = TargetFormSet(indicator_set=evidence.indicator_set)
    shown = [[form[name].value() for name in SHOWN] for form in formset]
    assert shown == [[str(tfr.pk), "2,1", "2025"], [str(regulation.pk), "ya", None]]

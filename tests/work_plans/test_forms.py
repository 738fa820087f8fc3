from decimal import Decimal

import pytest
from django.http import QueryDict

from apps.core.form_parts import error_items
from apps.indicators.models import Indicator
from apps.work_plans.forms import ActivityFormSet
from apps.work_plans.services import save_plan
from tests.makers import ACTIVITY, make_indicator, make_plan, make_pokja

pytestmark = pytest.mark.django_db


def posted(*rows):
    data = QueryDict(mutable=True)
    data["kegiatan-TOTAL_FORMS"] = len(rows)
    data["kegiatan-INITIAL_FORMS"] = 0
    for at, row in enumerate(rows):
        for name, value in row.items():
            values = value if isinstance(value, list) else [value]
            data.setlist(f"kegiatan-{at}-{name}", values)
    return data


ROW = {
    "name": "Rapat koordinasi",
    "output": "4 rapat",
    "quarters": ["1", "3"],
    "person_in_charge": "Dinas PPKB",
}


def cleaned(row):
    formset = ActivityFormSet(posted(row))
    assert formset.is_valid(), formset.errors
    return formset.cleaned_rows()[0]


def test_an_activity_is_read_as_people_write_it():
    indicator = make_indicator()
    row = ROW | {
        "target": "1.250,5",
        "unit": "orang",
        "indicator": str(indicator.pk),
        "budget": "Rp 85.000.000",
        "fund_source": "apbd_kabkota",
        "physical_progress": "12,5",
    }
    values = cleaned(row)
    assert (values["target"], values["budget"], values["physical_progress"]) == (
        Decimal("1250.5"),
        Decimal("85000000.00"),
        Decimal("12.5"),
    )
    assert (values["months"], values["indicator"], values["fund_source"]) == (
        0b000111000111,
        indicator,
        "apbd_kabkota",
    )


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"name": ""}, "name", "Isi nama kegiatan 2"),
        ({"output": ""}, "output", "Isi keluaran kegiatan 2"),
        ({"person_in_charge": ""}, "person_in_charge", "Pilih penanggung jawab untuk kegiatan 2"),
        (
            {"quarters": []},
            "quarters_0",
            "Pilih paling sedikit satu triwulan untuk kegiatan 2",
        ),
        ({"quarters": ["5"]}, "quarters_0", "Pilih triwulan dari daftar"),
        ({"budget": "-1"}, "budget", "Nilai rupiah tidak boleh kurang dari 0"),
        ({"target": "empat"}, "target", "Tulis angka saja, misalnya 1.234.567,89"),
        (
            {"physical_progress": "101"},
            "physical_progress",
            "Isi realisasi fisik antara 0 dan 100",
        ),
        ({"indicator": "999999"}, "indicator", "Pilih indikator dari daftar"),
    ],
)
def test_each_mistake_is_told_at_its_field_with_the_number_of_the_activity(changes, field, message):
    formset = ActivityFormSet(posted(ROW, ROW | changes))
    assert list(error_items(formset)) == [(f"id_kegiatan-1-{field}", message)]


def test_months_finer_than_a_quarter_stay_where_the_quarter_stays():
    months = 0b000000_000010_010  # February, May
    values = cleaned(ROW | {"quarters": ["1", "4"], "months": str(months)})
    assert values["months"] == 0b111_000_000_010


def test_a_row_with_nothing_but_its_hidden_months_is_blank():
    formset = ActivityFormSet(posted({"name": "", "months": "73"}))
    assert formset.is_valid()
    assert formset.cleaned_rows() == []


@pytest.fixture
def stored(regions, operator_bone):
    indicator = make_indicator()
    rows = [ACTIVITY | {"indicator": indicator, "months": 0b10, "budget": Decimal("1500.50")}]
    return make_plan(make_pokja(regions.bone), operator_bone, rows=rows)


def test_the_form_shows_what_is_stored(stored):
    form = ActivityFormSet(plan=stored.work_plan)[0]
    shown = {name: form[name].value() for name in form.fields}
    assert (shown["name"], shown["target"], shown["budget"]) == (
        "Rapat koordinasi",
        "4",
        "Rp\u00a01.500,50",
    )
    assert (shown["quarters"], shown["months"]) == ([1], 2)


def test_what_is_shown_and_sent_back_unchanged_is_saved_unchanged(stored, operator_bone):
    def values():
        names = ("name", "output", "target", "months", "indicator_id", "budget", "no")
        return list(stored.work_plan.activities.values_list(*names))

    before = values()
    form = ActivityFormSet(plan=stored.work_plan)[0]
    typed = {name: form[name].value() for name in form.fields if name != "DELETE"}
    typed = {
        name: [str(item) for item in value]
        if isinstance(value, list)
        else ""
        if value is None
        else str(value)
        for name, value in typed.items()
    }
    formset = ActivityFormSet(posted(typed))
    assert formset.is_valid(), formset.errors
    pokja = stored.work_plan.pokja
    save_plan(
        stored, pokja, 2026, formset.cleaned_rows(), actor=operator_bone, revision=stored.revision
    )
    assert values() == before


def test_an_indicator_no_longer_in_use_stays_where_it_was_picked(stored):
    Indicator.objects.update(is_active=False)
    shown = ActivityFormSet(plan=stored.work_plan)[0].fields["indicator"].choices
    assert [label for _, label in shown] == ["Pilih", "Angka Kelahiran Total (TFR) (anak)"]
    assert [label for _, label in ActivityFormSet()[0].fields["indicator"].choices] == ["Pilih"]


def test_the_catalogue_is_read_once_for_the_whole_table(django_assert_num_queries):
    make_indicator()
    with django_assert_num_queries(1):
        formset = ActivityFormSet(posted(ROW, ROW, ROW))
        assert formset.is_valid()
        assert len([str(form) for form in formset]) == 3

"""Forms: what people type, what they are told, and how a field is drawn."""

from datetime import date
from decimal import Decimal

import pytest
from crispy_forms.utils import render_crispy_form
from django import forms
from django.template.loader import render_to_string

from apps.core.forms import BaseForm, IndonesianDateField, NumberFormField, RupiahFormField
from tests.core.conftest import elements

pytestmark = pytest.mark.usefixtures("own_pages")


class SampleForm(BaseForm, forms.Form):
    number = forms.CharField(label="Nomor SK", max_length=5, help_text="Salin dari kepala SK")
    issued_on = IndonesianDateField(label="Tanggal ditetapkan")
    valid_until = IndonesianDateField(label="Berlaku sampai", required=False)
    amount = RupiahFormField(label="Nilai alokasi", above_zero=True)
    people = NumberFormField(label="Jumlah anggota", whole=True, min_value=1, max_value=500)
    signer = forms.ChoiceField(
        label="Pejabat yang menandatangani",
        choices=[("b", "Bupati"), ("s", "Sekda")],
        widget=forms.RadioSelect,
    )
    source = forms.ChoiceField(label="Sumber dana", choices=[("", "Pilih"), ("a", "APBD")])
    scan = forms.FileField(label="Berkas SK (PDF)")
    sure = forms.BooleanField(label="Pernyataan")
    parent = forms.CharField(label="SK induk", error_messages={"required": "Sebutkan SK induknya"})
    revision = forms.IntegerField(widget=forms.HiddenInput)


GOOD = {
    "number": "1/26",
    "issued_on": "9-2-2026",
    "amount": "Rp 85.000.000,50",
    "people": "21",
    "signer": "b",
    "source": "a",
    "sure": "on",
    "parent": "2",
    "revision": "3",
}


def filled(**changes):
    return SampleForm(GOOD | changes)


def test_tolerant_fields_clean_to_exact_values():
    form = filled()
    form.is_valid()
    assert form.cleaned_data["issued_on"] == date(2026, 2, 9)
    assert form.cleaned_data["valid_until"] is None
    assert form.cleaned_data["amount"] == Decimal("85000000.50")
    assert form.cleaned_data["people"] == 21
    assert list(form.errors) == ["scan"]


def test_messages_name_the_field_and_say_what_to_do():
    assert {name: list(errors) for name, errors in SampleForm({}).errors.items()} == {
        "number": ["Isi nomor SK"],
        "issued_on": ["Isi tanggal ditetapkan"],
        "amount": ["Isi nilai alokasi"],
        "people": ["Isi jumlah anggota"],
        "signer": ["Pilih pejabat yang menandatangani"],
        "source": ["Pilih sumber dana"],
        "scan": ["Pilih berkas SK"],
        "sure": ["Centang pernyataan"],
        "parent": ["Sebutkan SK induknya"],
        "revision": ["Isi revision"],
    }


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("number", "123456", "Nomor SK paling banyak 5 huruf, sekarang 6"),
        (
            "issued_on",
            "31/02/2026",
            "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023",
        ),
        ("amount", "banyak", "Isi nilai dengan angka, misalnya 125.000.000"),
        ("amount", "-5", "Nilai rupiah tidak boleh kurang dari 0"),
        ("amount", "Rp 0", "Nilai alokasi harus lebih dari Rp 0"),
        ("people", "banyak", "Tulis angka saja, misalnya 1.234.567,89"),
        ("people", "2,5", "Isi jumlah anggota dengan angka bulat, misalnya 21"),
        ("people", "0", "Isi jumlah anggota antara 1 dan 500"),
        ("people", "1.000", "Isi jumlah anggota antara 1 dan 500"),
        ("source", "dana hantu", "Pilih sumber dana dari daftar"),
    ],
)
def test_a_wrong_value_gets_a_sentence_and_is_kept(field, typed, message):
    form = filled(**{field: typed})
    assert list(form.errors[field]) == [message]
    assert form[field].value() == typed


def test_bounds_on_one_side_and_decimals_are_told():
    low = NumberFormField(label="Target", min_value=-5)
    with pytest.raises(forms.ValidationError, match=r"Isi target paling kecil -5"):
        low.clean("-6")
    with pytest.raises(forms.ValidationError, match=r"Isi target paling besar 1\.000"):
        NumberFormField(label="Target", max_value=1000).clean("1001")
    places = NumberFormField(label="Target", decimal_places=2, max_digits=5)
    with pytest.raises(forms.ValidationError, match=r"paling banyak 2 angka di belakang koma"):
        places.clean("1,234")
    with pytest.raises(forms.ValidationError, match=r"paling banyak 3 angka di depan koma"):
        places.clean("1000")


def test_stored_values_are_shown_the_indonesian_way_and_count_as_unchanged():
    stored = {"issued_on": date(2026, 2, 9), "amount": Decimal("85000000.50"), "people": 21}
    form = SampleForm(initial=stored)
    assert [form[name].value() for name in stored] == [
        "9 Februari 2026",
        "Rp\u00a085.000.000,50",
        "21",
    ]
    again = SampleForm({name: form[name].value() for name in stored}, initial=stored)
    assert not set(again.changed_data) & set(stored)


def test_a_field_is_drawn_label_help_error_control():
    html = render_crispy_form(filled(number="123456"))
    field = html[html.index('<label class="form-label" for="id_number"') :]
    order = ['for="id_number"', 'id="id_number_helptext"', 'id="id_number_error"', 'id="id_number"']
    assert sorted(order, key=field.index) == order
    control = next(box for box in elements(html, "input") if box.get("name") == "number")
    assert control["aria-describedby"] == "id_number_helptext id_number_error"
    assert control["aria-invalid"] == "true"
    assert control["class"] == "form-control"
    assert control["value"] == "123456"


def test_optional_fields_are_marked_and_nothing_has_a_star_or_required():
    html = render_crispy_form(SampleForm())
    assert html.count("(opsional)") == 1
    assert "*" not in html
    assert [box for box in elements(html, "input") if "required" in box] == []

    class Filter(SampleForm):
        mark_optional = False

    assert "(opsional)" not in render_crispy_form(Filter())


def test_radios_stand_in_a_fieldset_with_a_legend():
    html = render_crispy_form(SampleForm({}))
    group = next(box for box in elements(html, "fieldset") if box["id"] == "id_signer")
    assert (group["class"], group["aria-describedby"]) == ("fld bad", "id_signer_error")
    radios = [box for box in elements(html, "input") if box.get("type") == "radio"]
    assert [(box["id"], box["class"]) for box in radios] == [
        ("id_signer_0", "form-check-input"),
        ("id_signer_1", "form-check-input"),
    ]
    labels = [box.get("for") for box in elements(html, "label")]
    assert {"id_signer_0", "id_signer_1", "id_sure", "id_scan"} <= set(labels)


def test_fields_are_as_wide_as_their_content_and_a_form_may_be_drawn_twice():
    form = SampleForm()
    assert render_crispy_form(form) == render_crispy_form(form)
    html = render_crispy_form(SampleForm())
    classes = {box.get("name"): box.get("class") for box in elements(html, "input")}
    assert classes["issued_on"] == "form-control w-20"
    assert classes["people"] == "form-control w-10"
    assert classes["scan"] == "form-control"
    assert elements(html, "select")[0]["class"] == "form-select"


def test_the_summary_lists_every_error_with_a_link_to_its_field():
    form = filled(number="", signer="", scan="")
    form.add_error(None, "SK tidak berlaku pada tahun 2026")
    html = render_to_string("partials/_errsum.html", {"form": form})
    assert "Ada 4 hal yang perlu diperbaiki" in html
    assert [link["href"] for link in elements(html, "a")] == [
        "#id_number",
        "#id_signer_0",
        "#id_scan",
    ]
    assert render_to_string("partials/_errsum.html", {"form": SampleForm()}).strip() == ""


def test_the_summary_reads_formsets_too():
    rows = forms.formset_factory(SampleForm, min_num=1, validate_min=True)
    data = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"} | {
        f"form-0-{name}": value for name, value in (GOOD | {"number": ""}).items()
    }
    html = render_to_string("partials/_errsum.html", {"formset": rows(data)})
    assert [link["href"] for link in elements(html, "a")] == [
        "#id_form-0-number",
        "#id_form-0-scan",
    ]


def test_a_per_cent_sign_in_a_label_is_only_a_sign():
    class Share(BaseForm, forms.Form):
        name = forms.CharField(label="Target %s", max_length=2)

    assert list(Share({"name": "abc"}).errors["name"]) == [
        "Target %s paling banyak 2 huruf, sekarang 3"
    ]

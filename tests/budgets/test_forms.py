from datetime import date
from decimal import Decimal

import pytest
from django.utils.datastructures import MultiValueDict

from apps.budgets.forms import BudgetForm, LineFormSet
from apps.budgets.services import save_budget
from apps.core.form_parts import error_items
from tests.core.test_rowforms import ROW, posted
from tests.makers import make_budget, make_document, make_pokja, pdf_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def pokja(regions):
    return make_pokja(regions.bone)


def budget_form(pokja, user, evidence=None, file=True, **changes):
    files = MultiValueDict({"file": [pdf_upload("DPA.pdf")]} if file else {})
    return BudgetForm(
        {"stage": "murni"} | changes, files, pokja=pokja, user=user, evidence=evidence
    )


def test_amounts_dates_and_codes_are_read_as_people_write_them():
    formset = LineFormSet(
        posted(
            {
                "fund_source": "apbd_kabkota",
                "sub_activity_code": "2.14.02.2.01.\u00a0 0001 ",
                "sub_activity_ceiling": "Rp 1.250.000.000,-",
                "ceiling": "40000000",
                "spent": "12.500.000,50",
                "as_of": "10/03/2026",
                "basis": "DPA",
                "page": "37",
            }
        )
    )
    assert formset.is_valid()
    assert formset.cleaned_rows() == [
        {
            "fund_source": "apbd_kabkota",
            "sub_activity_code": "2.14.02.2.01.0001",
            "sub_activity_name": "",
            "sub_activity_ceiling": Decimal("1250000000.00"),
            "ceiling": Decimal("40000000.00"),
            "spent": Decimal("12500000.50"),
            "as_of": date(2026, 3, 10),
            "basis": "DPA",
            "page": "37",
        }
    ]


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"ceiling": "-5"}, "ceiling", "Nilai rupiah tidak boleh kurang dari 0"),
        (
            {"ceiling": "empat puluh juta"},
            "ceiling",
            "Isi nilai dengan angka, misalnya 125.000.000",
        ),
        ({"spent": "-1"}, "spent", "Nilai rupiah tidak boleh kurang dari 0"),
        ({"fund_source": "judi"}, "fund_source", "Pilih sumber dana dari daftar"),
        ({"basis": "Nota"}, "basis", "Pilih dasar dari daftar"),
        (
            {"as_of": "12.13.2026"},
            "as_of",
            "Tulis tanggal sebagai hari, bulan, tahun, misalnya 24 Juli 2023",
        ),
    ],
)
def test_each_mistake_is_told_at_its_field(changes, field, message):
    assert list(error_items(LineFormSet(posted(ROW | changes)))) == [
        (f"id_baris-0-{field}", message)
    ]


def test_the_same_line_twice_is_refused():
    row = ROW | {"sub_activity_code": "2.14"}
    formset = LineFormSet(posted(row, ROW, row | {"sub_activity_code": " 2.14 "}))
    assert not formset.is_valid()
    assert list(error_items(formset)) == [
        (
            "id_baris-2-fund_source",
            "Sumber dana dan sub kegiatan ini sudah ada pada baris lain. Jumlahkan nilainya",
        )
    ]


def test_nothing_and_more_spent_than_allotted_are_no_mistakes_of_the_form():
    assert LineFormSet(posted(ROW | {"ceiling": "0", "spent": "5"})).is_valid()


def test_the_form_shows_what_is_stored(pokja, operator_bone):
    evidence = make_budget(pokja, operator_bone, stage="perubahan")
    form = BudgetForm(pokja=pokja, user=operator_bone, evidence=evidence)
    formset = LineFormSet(budget=evidence.budget)
    assert (form["stage"].value(), form["revision"].value()) == ("perubahan", 1)
    assert [(row["fund_source"].value(), row["ceiling"].value()) for row in formset] == [
        ("apbd_kabkota", "Rp\u00a040.000.000")
    ]


def test_a_budget_needs_its_proof(pokja, operator_bone):
    form = budget_form(pokja, operator_bone, file=False)
    assert form.errors == {"file": ["Unggah bukti anggaran (DPA, RKA, atau dokumen lain)"]}


def test_an_unknown_stage_is_refused(pokja, operator_bone):
    form = budget_form(pokja, operator_bone, stage="akhir")
    assert form.errors == {"stage": ["Pilih tahap anggaran dari daftar"]}


def test_what_was_filled_in_is_saved(pokja, operator_bone):
    form, formset = budget_form(pokja, operator_bone), LineFormSet(posted(ROW))
    assert (form.is_valid(), formset.is_valid()) == (True, True)
    evidence = save_budget(
        None,
        pokja,
        2026,
        formset.cleaned_rows(),
        actor=operator_bone,
        stage=form.cleaned_data["stage"],
        document=form.take_document(actor=operator_bone),
    )
    budget = evidence.budget
    assert (budget.stage, budget.document.original_name) == ("murni", "DPA.pdf")
    assert [line.ceiling for line in budget.lines.all()] == [Decimal("40000000.00")]


def test_the_proof_there_is_stays(pokja, operator_bone, regions):
    evidence = make_budget(pokja, operator_bone, document=make_document(regions.bone))
    assert budget_form(pokja, operator_bone, evidence=evidence, file=False).is_valid()

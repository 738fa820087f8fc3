"""Tables that grow without JavaScript, shown with the table of budget lines."""

from decimal import Decimal

import pytest
from django.http import QueryDict

from apps.budgets.forms import LineFormSet
from apps.core.form_parts import error_items
from apps.core.rowforms import MAX_ROWS


def posted(*rows, total=None, **more):
    data = QueryDict(mutable=True)
    data["baris-TOTAL_FORMS"] = str(len(rows)) if total is None else total
    data["baris-INITIAL_FORMS"] = 0
    for at, row in enumerate(rows):
        for name, value in row.items():
            data[f"baris-{at}-{name}"] = value
    data.update(more)
    return data


ROW = {"fund_source": "apbd_kabkota", "ceiling": "40.000.000"}
BLANK = {"fund_source": "", "ceiling": ""}


def test_a_new_table_begins_with_one_blank_row():
    formset = LineFormSet()
    assert len(formset) == 1
    assert formset[0]["ceiling"].value() is None


def test_rows_left_blank_and_rows_ticked_for_deletion_are_not_kept():
    formset = LineFormSet(posted(BLANK, ROW, ROW | {"DELETE": "on"}, BLANK))
    assert formset.is_valid()
    assert [row["ceiling"] for row in formset.cleaned_rows()] == [Decimal("40000000.00")]
    assert "DELETE" not in formset.cleaned_rows()[0]


def test_a_wrong_row_that_is_ticked_for_deletion_is_no_error():
    assert LineFormSet(posted({"ceiling": "banyak", "DELETE": "on"})).is_valid()


def test_adding_a_row_keeps_what_was_typed_right_or_wrong():
    formset = LineFormSet.grown(posted(ROW, {"ceiling": "banyak"}))
    assert [form["ceiling"].value() for form in formset] == ["40.000.000", "banyak", None]


def test_adding_a_row_says_nothing_about_what_is_still_missing():
    formset = LineFormSet.grown(posted({"page": "37"}))
    assert list(error_items(formset)) == []


@pytest.mark.parametrize("total", ["", "x", "-1", "²", "9" * 30])
def test_a_damaged_count_leaves_one_blank_row_to_begin_with(total):
    assert len(LineFormSet.grown(posted(total=total))) == 1


def test_a_table_without_its_count_is_refused_and_nothing_is_taken_for_empty():
    formset = LineFormSet(QueryDict("baris-0-ceiling=5"))
    assert not formset.is_valid()
    assert list(error_items(formset)) == [("", "Isian tabel tidak lengkap. Muat ulang halaman ini")]


def test_more_rows_than_allowed_are_refused():
    formset = LineFormSet(posted(*[ROW] * (MAX_ROWS + 1)))
    assert not formset.is_valid()
    assert next(error_items(formset)) == ("", "Paling banyak 300 baris")


def test_a_draft_row_may_lack_what_a_finished_one_needs():
    data = posted({"page": "37"})
    assert LineFormSet(data, draft=True).is_valid()
    assert [message for _, message in error_items(LineFormSet(data))] == [
        "Pilih sumber dana",
        "Isi nilai alokasi dengan angka, misalnya 125.000.000",
    ]


def test_an_error_leads_to_its_field():
    formset = LineFormSet(posted(ROW, ROW | {"sub_activity_code": "2.14", "ceiling": "-1"}))
    assert list(error_items(formset)) == [
        ("id_baris-1-ceiling", "Nilai rupiah tidak boleh kurang dari 0")
    ]


def test_each_row_has_its_own_box_to_delete_it():
    formset = LineFormSet(posted(ROW, ROW))
    assert [form.fields["DELETE"].label for form in formset] == ["Hapus baris 1", "Hapus baris 2"]

"""Forms that may be saved unfinished, and tables of rows that grow without JavaScript.

A row is added by a submit button (``name=tambah``): the view shows ``RowFormSet.grown`` instead of
saving. A row goes when its box "Hapus" is ticked, or when it is left blank.
"""

from django import forms
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet, formset_factory

from apps.core.forms import BaseForm

ADD = "tambah"
MAX_ROWS = 300


class DraftForm(BaseForm, forms.Form):
    """A form whose required fields may stay empty while it is a draft (``draft=True``).

    They count as required for their labels, so that none says "(opsional)"; what is missing is
    told as a gap before submission. What is there is always checked.
    """

    def __init__(self, *args, draft: bool = False, **kwargs):
        self.draft = draft
        super().__init__(*args, **kwargs)

    def _clean_fields(self):
        needed = [field for field in self.fields.values() if field.required and self.draft]
        for field in needed:
            field.required = False
        try:
            super()._clean_fields()
        finally:
            for field in needed:
                field.required = True


class RowForm(DraftForm):
    """One row of a table; ``place`` counts from 1 and is part of its messages."""

    def __init__(self, *args, place: int = 0, **kwargs):
        self.place = place
        super().__init__(*args, **kwargs)

    def has_changed(self):
        """A row whose visible fields are all blank is no row, whatever its hidden ones hold."""
        return any(
            name != "DELETE" and not self.fields[name].widget.is_hidden
            for name in self.changed_data
        )


class BaseRowFormSet(BaseFormSet):
    """Rows in the order of the page. Every row is written anew, so none counts as initial.

    ``prefix_name`` and ``row_word`` ("kegiatan") come from the subclass; ``options`` are given to
    every row form.
    """

    prefix_name = "baris"
    row_word = "baris"

    def __init__(self, data=None, *, rows: list[dict] = (), draft: bool = False, options=None):
        self.draft = draft
        initial = None if data is not None else list(rows)
        super().__init__(
            data,
            prefix=self.prefix_name,
            initial=initial,
            form_kwargs={"draft": draft, **(options or {})},
            error_messages={
                "missing_management_form": "Isian tabel tidak lengkap. Muat ulang halaman ini",
                "too_many_forms": f"Paling banyak {MAX_ROWS} {self.row_word}",
            },
        )
        # One blank row where there is none yet.
        self.extra = 0 if initial else 1

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"place": (index or 0) + 1}

    def initial_form_count(self):
        return 0 if self.is_bound else super().initial_form_count()

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["DELETE"].label = f"Hapus {self.row_word} {form.place}"
        form.fields["DELETE"].label_suffix = ""

    def kept_forms(self) -> list:
        """The forms that are neither blank nor ticked for deletion, of a valid formset."""
        return [
            form for form in self.forms if form.has_changed() and not self._should_delete_form(form)
        ]

    def cleaned_rows(self) -> list[dict]:
        """Cleaned values of the rows to keep."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.kept_forms()
        ]

    def refuse_doubles(self, key, message: str) -> None:
        """Add ``message`` (with {value}) where a row repeats ``key(cleaned)`` of an earlier row;
        ``key`` gives (field, value, identity), or None for a row that cannot double."""
        seen = set()
        for form in self.kept_forms():
            found = key(form.cleaned_data)
            if found is None:
                continue
            field, value, identity = found
            if identity in seen:
                form.add_error(field, message.format(value=value))
            seen.add(identity)

    @classmethod
    def grown(cls, data, **options):
        """What was typed and one more blank row. Wrong values are told, missing ones are not."""
        data = data.copy()
        name = f"{cls.prefix_name}-{TOTAL_FORM_COUNT}"
        count = data.get(name, "")
        rows = int(count) if count.isascii() and count.isdecimal() and len(count) < 6 else 0
        data[name] = str(min(rows + 1, MAX_ROWS))
        return cls(data, **{"draft": True} | options)


def row_formset(form, base):
    """The formset class of a row form."""
    return formset_factory(
        form,
        formset=base,
        extra=0,
        can_delete=True,
        max_num=MAX_ROWS,
        validate_max=True,
        absolute_max=MAX_ROWS + 1,
    )

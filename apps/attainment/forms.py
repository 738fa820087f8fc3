"""The promised counts of some years, a row for each."""

from django import forms

from apps.attainment.services import Promised
from apps.core.forms import BaseForm, NumberFormField

SEEN = ("provinces", "districts", "source")


class TargetForm(BaseForm, forms.Form):
    """One year: kab/kota empty means no target; what was seen goes along hidden."""

    mark_optional = False
    source = forms.CharField(label="Sumber", max_length=160, required=False)
    seen = forms.JSONField(widget=forms.HiddenInput, required=False)
    field_order = ("provinces", "districts", "source", "seen")

    def __init__(self, *args, year: int, most: int, **kwargs):
        self.year = year
        super().__init__(*args, prefix=f"t{year}", **kwargs)
        self.fields["provinces"] = _count(f"target provinsi {year}", 1)
        self.fields["districts"] = _count(f"target kab/kota {year}", most)
        self.fields["source"].label = f"sumber {year}"
        self.order_fields(self.field_order)

    def clean(self):
        data = super().clean()
        begun = data.get("source") or data.get("provinces") is not None
        if "districts" not in self.errors and data.get("districts") is None and begun:
            self.add_error("districts", f"Isi target kab/kota {self.year}, misalnya 12")
        return data

    @property
    def new(self) -> Promised:
        data = self.cleaned_data
        if data["districts"] is None:
            return Promised()
        provinces = 1 if data["provinces"] is None else data["provinces"]
        return Promised(provinces, data["districts"], data["source"])

    @property
    def was(self) -> Promised:
        """What the person saw; a tampered value matches nothing and is told as a conflict."""
        seen = self.cleaned_data.get("seen")
        if not isinstance(seen, dict) or not all(_plain(seen.get(name)) for name in SEEN):
            return Promised()
        return Promised(seen.get("provinces"), seen.get("districts"), seen.get("source") or "")


def _count(label: str, most: int) -> NumberFormField:
    return NumberFormField(label=label, required=False, whole=True, min_value=0, max_value=most)


def _plain(value) -> bool:
    return value is None or isinstance(value, int | str)

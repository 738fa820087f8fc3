"""The days and the name that the pages of the trail ask for; what is wrong is said, not dropped."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.formats import format_date
from apps.core.forms import BaseForm, IndonesianDateField
from apps.core.parsing import parse_date

SPAN = timedelta(days=90)  # where the address names no days
LEAST_LETTERS, LONGEST = 3, 150
REVERSED = "Tulis tanggal awal yang tidak melewati tanggal akhir"


class DaysForm(BaseForm, forms.Form):
    """From one day to another, both counted, both optional."""

    dari = IndonesianDateField(label="Sejak tanggal", required=False)
    sampai = IndonesianDateField(label="Sampai tanggal", required=False)

    mark_optional = False

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("dari"), cleaned.get("sampai")
        if since and until and since > until:
            self.add_error("dari", REVERSED)
        return cleaned

    @property
    def days(self):
        """(since, until); both None while something is wrong with either."""
        if not self.is_valid():
            return None, None
        return self.cleaned_data["dari"], self.cleaned_data["sampai"]


class PersonDaysForm(DaysForm):
    """Somebody's name, and the days asked about."""

    nama = forms.CharField(
        label="Nama orang",
        max_length=LONGEST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    field_order = ("nama", "dari", "sampai")

    def clean_nama(self):
        name = " ".join(self.cleaned_data["nama"].split())
        if len(name) < LEAST_LETTERS:
            raise ValidationError(f"Tulis nama paling sedikit {LEAST_LETTERS} huruf")
        return name


def days_form(query) -> DaysForm:
    """The days of an address, written as people write them."""
    return DaysForm({name: _shown(query.get(name, "")) for name in ("dari", "sampai")})


def person_form(query) -> PersonDaysForm:
    """What the address asks; the last 90 days where it names none. Unbound without a question."""
    until = _shown(query.get("sampai", "")) or format_date(timezone.localdate())
    since = _shown(query.get("dari", "")) or _before(until)
    asked = {"nama": query.get("nama", ""), "dari": since, "sampai": until}
    return PersonDaysForm(asked) if "nama" in query else PersonDaysForm(initial=asked)


def _shown(typed: str) -> str:
    typed = typed.strip()
    try:
        return format_date(parse_date(typed))
    except ValueError:
        return typed


def _before(until: str) -> str:
    try:
        return format_date(parse_date(until) - SPAN)
    except ValueError:
        return ""

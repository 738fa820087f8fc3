"""The table of indicators (design: section 6, step 3). Sentences of design 13.5, 22–25."""

import re

from django import forms

from apps.core.forms import NumberFormField
from apps.core.rowforms import BaseRowFormSet, RowForm, row_formset
from apps.indicators.codes import YES_NO, yes_no_word
from apps.indicators.enums import Direction
from apps.indicators.facts import PREFIX, targets_of
from apps.indicators.models import IndicatorSet
from apps.indicators.queries import IndicatorChoices

VALUES = ("baseline", "target", "q1", "q2", "q3", "q4", "annual")


class ValueField(NumberFormField):
    """A number, or ya/tidak for the indicators that are answered so (kept as 1 and 0)."""

    def __init__(self, **kwargs):
        super().__init__(allow_negative=True, decimal_places=4, max_digits=20, **kwargs)

    def parse(self, text):
        word = text.casefold() if isinstance(text, str) else ""
        return YES_NO[word] if word in YES_NO else super().parse(text)


class YearField(NumberFormField):
    """A year in four digits, shown without a thousands separator."""

    hint = "Tulis tahun dengan empat angka, misalnya 2025"

    def parse(self, text):
        if isinstance(text, str) and re.fullmatch(r"(19|20)\d\d", text, re.ASCII):
            return int(text)
        raise ValueError(self.hint)

    def show(self, value):
        return str(value)


class TargetForm(RowForm):
    """One indicator of the catalogue with its baseline, target and what was reached."""

    indicator = forms.ChoiceField(label="Indikator")
    baseline = ValueField(label="Capaian tahun lalu", required=False)
    baseline_year = YearField(label="Tahun capaian itu", required=False)
    target = ValueField(label="Target")
    source = forms.CharField(
        label="Sumber data",
        max_length=160,
        required=False,
        help_text="Misalnya Pemutakhiran PK, SIGA, SSGI",
    )
    q1 = ValueField(label="Capaian TW I", required=False)
    q2 = ValueField(label="Capaian TW II", required=False)
    q3 = ValueField(label="Capaian TW III", required=False)
    q4 = ValueField(label="Capaian TW IV", required=False)
    annual = ValueField(label="Capaian tahunan", required=False)

    def __init__(self, *args, indicators: IndicatorChoices, **kwargs):
        self.indicators = indicators
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicators.choices
        self.fields["indicator"].error_messages["required"] = f"Pilih indikator {self.place}"
        self.fields["target"].error_messages["required"] = (
            f"Isi target indikator {self.place} dengan angka"
        )

    def clean_indicator(self):
        chosen = self.indicators.find(self.cleaned_data["indicator"])
        if chosen is None and self.has_changed():
            # Even a draft: a row without an indicator has nothing to hang on.
            raise forms.ValidationError(self.fields["indicator"].error_messages["required"])
        return chosen

    def clean(self):
        cleaned = super().clean()
        if indicator := cleaned.get("indicator"):
            self._check_values(indicator, cleaned)
        return cleaned

    def _check_values(self, indicator, cleaned) -> None:
        """ya/tidak belongs to yes/no indicators, and those take nothing else (or 1 and 0)."""
        answers = indicator.direction == Direction.YES_NO
        for name in VALUES:
            typed = str(self.data.get(self.add_prefix(name), "")).strip().casefold()
            if answers and cleaned.get(name) not in (None, 0, 1):
                self.add_error(name, f"Isi “{indicator.name}” dengan ya atau tidak")
            elif not answers and typed in YES_NO:
                self.add_error(name, f"Isi “{indicator.name}” dengan angka")


class BaseTargetFormSet(BaseRowFormSet):
    prefix_name = PREFIX
    row_word = "indikator"

    def __init__(self, data=None, *, indicator_set: IndicatorSet | None = None, **kwargs):
        targets = targets_of(indicator_set) if indicator_set else []
        indicators = IndicatorChoices(row.indicator for row in targets)
        super().__init__(
            data,
            rows=[_stored(row) for row in targets],
            options={"indicators": indicators},
            **kwargs,
        )

    def clean(self):
        self.refuse_doubles(_identity, "Indikator “{value}” sudah dipilih pada baris lain")


def _identity(cleaned):
    indicator = cleaned.get("indicator")
    return indicator and ("indicator", indicator.name, indicator.pk)


def _stored(row) -> dict:
    stored = {name: getattr(row, name) for name in VALUES}
    if row.indicator.direction == Direction.YES_NO:
        stored = {
            name: None if value is None else yes_no_word(value) for name, value in stored.items()
        }
    return stored | {
        "indicator": str(row.indicator_id),
        "baseline_year": row.baseline_year,
        "source": row.source,
    }


# TargetFormSet(data, indicator_set=…, draft=…): ``cleaned_rows()`` is for ``save_indicators``.
TargetFormSet = row_formset(TargetForm, BaseTargetFormSet)

"""The table of activities (design: section 6, step 2). Sentences of design 13.5, 18–20."""

from django import forms

from apps.core.formats import quarter_label
from apps.core.forms import NumberFormField, RupiahFormField
from apps.core.rowforms import BaseRowFormSet, RowForm, row_formset
from apps.indicators.queries import IndicatorChoices
from apps.pokja.enums import FundSource
from apps.work_plans.codes import QUARTERS, quarters_of
from apps.work_plans.facts import PREFIX, activities_of
from apps.work_plans.models import WorkPlan

MASKS = list(QUARTERS.values())


class ActivityForm(RowForm):
    """One activity. The time is picked by quarter; finer months of a file stay where the quarter
    stays picked."""

    name = forms.CharField(label="Nama kegiatan", max_length=255)
    strategic_issue = forms.CharField(label="Isu strategis", max_length=255, required=False)
    objective = forms.CharField(label="Sasaran", max_length=255, required=False)
    output = forms.CharField(
        label="Keluaran", max_length=255, help_text="Misalnya rapat koordinasi lintas sektor"
    )
    target = NumberFormField(label="Target", required=False, decimal_places=4, max_digits=20)
    unit = forms.CharField(label="Satuan", max_length=60, required=False)
    quarters = forms.TypedMultipleChoiceField(
        label="Triwulan",
        coerce=int,
        widget=forms.CheckboxSelectMultiple({"class": "pk-pairs"}),
        choices=[(number, quarter_label(number)) for number in (1, 2, 3, 4)],
    )
    months = forms.IntegerField(
        required=False, min_value=0, max_value=4095, widget=forms.HiddenInput
    )
    location = forms.CharField(label="Lokasi", max_length=160, required=False)
    person_in_charge = forms.CharField(
        label="Penanggung jawab",
        max_length=160,
        help_text="Instansi atau pejabat dari anggota pada SK",
    )
    partners = forms.CharField(label="Mitra", max_length=255, required=False)
    indicator = forms.ChoiceField(label="Indikator", required=False)
    budget = RupiahFormField(label="Anggaran kegiatan", required=False)
    fund_source = forms.ChoiceField(
        label="Sumber dana", choices=[("", "Pilih"), *FundSource.choices], required=False
    )
    physical_progress = NumberFormField(
        label="Realisasi fisik",
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text="Persen, 0 sampai 100",
    )

    def __init__(self, *args, indicators: IndicatorChoices, **kwargs):
        self.indicators = indicators
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = indicators.choices
        for name, message in (
            ("name", f"Isi nama kegiatan {self.place}"),
            ("output", f"Isi keluaran kegiatan {self.place}"),
            ("quarters", f"Pilih paling sedikit satu triwulan untuk kegiatan {self.place}"),
            ("person_in_charge", f"Pilih penanggung jawab untuk kegiatan {self.place}"),
        ):
            self.fields[name].error_messages["required"] = message

    def clean_indicator(self):
        return self.indicators.find(self.cleaned_data["indicator"])

    def clean(self):
        cleaned = super().clean()
        before = cleaned.get("months") or 0
        cleaned["months"] = sum(
            before & MASKS[quarter - 1] or MASKS[quarter - 1]
            for quarter in cleaned.pop("quarters", None) or ()
        )
        return cleaned


class BaseActivityFormSet(BaseRowFormSet):
    prefix_name = PREFIX
    row_word = "kegiatan"

    def __init__(self, data=None, *, plan: WorkPlan | None = None, **kwargs):
        activities = activities_of(plan) if plan else []
        indicators = IndicatorChoices(row.indicator for row in activities)
        super().__init__(
            data,
            rows=[_stored(row) for row in activities],
            options={"indicators": indicators},
            **kwargs,
        )


def _stored(row) -> dict:
    names = (
        "name",
        "strategic_issue",
        "objective",
        "output",
        "target",
        "unit",
        "months",
        "location",
        "person_in_charge",
        "partners",
        "budget",
        "fund_source",
        "physical_progress",
    )
    return {name: getattr(row, name) for name in names} | {
        "quarters": quarters_of(row.months),
        "indicator": row.indicator_id or "",
    }


# ActivityFormSet(data, plan=…, draft=…): ``cleaned_rows()`` is what ``save_plan`` wants.
ActivityFormSet = row_formset(ActivityForm, BaseActivityFormSet)

"""The budget and its lines (design: section 6, step 4). Sentences of design 13.5, 26–31."""

from django import forms

from apps.budgets.codes import clean_code
from apps.budgets.enums import Basis, Stage
from apps.budgets.facts import PREFIX
from apps.budgets.models import Budget
from apps.budgets.queries import lines_of
from apps.core.forms import IndonesianDateField, RupiahFormField
from apps.core.rowforms import BaseRowFormSet, DraftForm, RowForm, row_formset
from apps.documents.forms import DocumentFormMixin
from apps.pokja.enums import FundSource

AMOUNT = "Isi nilai alokasi dengan angka, misalnya 125.000.000"


class BudgetForm(DraftForm, DocumentFormMixin):
    """Stage and proof. ``evidence`` is the open version with its budget, or None for a new one."""

    what = "Bukti anggaran"
    file_help = "Halaman DPA, RKA, atau dokumen lain yang memuat angkanya"
    file_missing = "Unggah bukti anggaran (DPA, RKA, atau dokumen lain)"
    field_order = ("stage", "file")

    stage = forms.ChoiceField(
        label="Tahap anggaran",
        choices=Stage.choices,
        widget=forms.RadioSelect,
        initial=Stage.ORIGINAL,
        help_text="Tahap yang lebih baru menggantikan seluruh tahap sebelumnya",
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data=None,
        files=None,
        *,
        pokja,
        user,
        evidence=None,
        draft=False,
        stage=Stage.ORIGINAL,
    ):
        self.pokja, self.region, self.user, self.evidence = pokja, pokja.region, user, evidence
        budget = evidence.budget if evidence else None
        self.held_document = budget.document if budget else None
        initial = {"stage": stage}
        if budget:
            initial = {"stage": budget.stage, "revision": evidence.revision}
        super().__init__(data, files, initial=initial, draft=draft)

    def clean_stage(self):
        return self.cleaned_data["stage"] or Stage.ORIGINAL


class LineForm(RowForm):
    """The share of one line of an official budget that belongs to the Pokja."""

    fund_source = forms.ChoiceField(
        label="Sumber dana",
        choices=[("", "Pilih"), *FundSource.choices],
        error_messages={"required": "Pilih sumber dana"},
    )
    ceiling = RupiahFormField(
        label="Nilai alokasi (pagu Pokja)",
        help_text="Bagian sub kegiatan untuk Pokja ini",
        error_messages={"required": AMOUNT},
    )
    sub_activity_code = forms.CharField(
        label="Kode sub kegiatan",
        max_length=40,
        required=False,
        help_text="Misalnya 2.14.02.2.01.0001",
    )
    sub_activity_name = forms.CharField(label="Nama sub kegiatan", max_length=255, required=False)
    sub_activity_ceiling = RupiahFormField(label="Pagu sub kegiatan", required=False)
    spent = RupiahFormField(label="Realisasi", required=False)
    as_of = IndonesianDateField(label="Tanggal data realisasi", required=False)
    basis = forms.ChoiceField(
        label="Dasar", choices=[("", "Pilih"), *Basis.choices], required=False
    )
    page = forms.CharField(
        label="Halaman",
        max_length=20,
        required=False,
        help_text="Halaman dokumen yang memuat angkanya",
    )

    def clean_sub_activity_code(self):
        return clean_code(self.cleaned_data["sub_activity_code"])


class BaseLineFormSet(BaseRowFormSet):
    prefix_name = PREFIX
    row_word = "baris"

    def __init__(self, data=None, *, budget: Budget | None = None, **kwargs):
        lines = lines_of(budget) if budget else []
        super().__init__(data, rows=[_stored(line) for line in lines], **kwargs)

    def clean(self):
        self.refuse_doubles(
            _identity,
            "Sumber dana dan sub kegiatan ini sudah ada pada baris lain. Jumlahkan nilainya",
        )


def _identity(cleaned):
    source, code = cleaned.get("fund_source"), cleaned.get("sub_activity_code")
    return None if source is None or code is None else ("fund_source", source, (source, code))


def _stored(line) -> dict:
    names = (
        "fund_source",
        "ceiling",
        "sub_activity_code",
        "sub_activity_name",
        "sub_activity_ceiling",
        "spent",
        "as_of",
        "basis",
        "page",
    )
    return {name: getattr(line, name) for name in names}


# LineFormSet(data, budget=…, draft=…): ``cleaned_rows()`` is what ``save_budget`` wants.
LineFormSet = row_formset(LineForm, BaseLineFormSet)

"""The forms of the four steps behind one face (see editor).

Each kind of evidence brings its own forms and service; the page knows only an Editor.
"""

from apps.budgets.enums import Stage
from apps.budgets.forms import BudgetForm, LineFormSet
from apps.budgets.services import save_budget
from apps.core.formats import terbilang_rupiah
from apps.decrees.forms import DecreeForm
from apps.decrees.services import refuse_resent, save_decree
from apps.filing.editor import Editor
from apps.filing.readings import cite_read
from apps.indicators.forms import TargetFormSet
from apps.indicators.services import save_indicators
from apps.work_plans.forms import ActivityFormSet
from apps.work_plans.services import save_plan


class DecreeEditor(Editor):
    related = "decree"
    head = (
        "number",
        "issued_on",
        "valid_until",
        "validity_basis",
        "signer_choice",
        "title",
        "file",
    )
    folded = (
        (
            "Rincian penanda tangan dan mulai berlaku",
            ("signer_other", "signer_status", "signer_name", "valid_from"),
        ),
        ("Pokja lain, perubahan, atau pencabutan", ("coverage", "role", "parent_number")),
        ("Proses di Bagian Hukum", ("in_process_since", "process_file")),
    )

    def build(self):
        self.form = DecreeForm(
            self.data,
            self.files,
            pokja=self.pokja,
            user=self.user,
            evidence=self.evidence,
            draft=self.draft,
        )

    def write(self, revision):
        data, covered = self.form.decree_data(), self.form.coverage_rows()
        if self.evidence is None:
            refuse_resent(data, actor=self.user, pokja=covered)
        saved = save_decree(
            self.evidence,
            data,
            actor=self.user,
            revision=revision,
            pokja=covered,
            document=self.form.take_document(actor=self.user),
            process_document=self.form.take_process(actor=self.user),
        )
        cite_read(self.form, saved, actor=self.user)
        return saved


class PlanEditor(Editor):
    related = "work_plan"
    row_word = "kegiatan"
    main = ("name", "output", "quarters", "person_in_charge", "budget")
    more = (
        "target",
        "unit",
        "indicator",
        "fund_source",
        "strategic_issue",
        "objective",
        "location",
        "partners",
        "physical_progress",
    )

    def build(self):
        self.formset = self.rows(ActivityFormSet, plan=self.held)

    def write(self, revision):
        return save_plan(
            self.evidence,
            self.pokja,
            self.year,
            self.formset.cleaned_rows(),
            actor=self.user,
            revision=revision,
        )


class IndicatorEditor(Editor):
    related = "indicator_set"
    row_word = "indikator"
    more_label = "Capaian triwulan dan tahunan"
    main = ("indicator", "baseline", "baseline_year", "target", "source")
    more = ("q1", "q2", "q3", "q4", "annual")

    def build(self):
        self.formset = self.rows(TargetFormSet, indicator_set=self.held)

    def write(self, revision):
        return save_indicators(
            self.evidence,
            self.pokja,
            self.year,
            self.formset.cleaned_rows(),
            actor=self.user,
            revision=revision,
        )


class BudgetEditor(Editor):
    related = "budget"
    row_word = "baris"
    more_label = "Pagu sub kegiatan dan realisasi"
    head = ("stage", "file")
    main = ("fund_source", "ceiling", "sub_activity_code", "sub_activity_name", "basis", "page")
    more = ("sub_activity_ceiling", "spent", "as_of")

    def build(self):
        self.form = BudgetForm(
            self.data,
            self.files,
            pokja=self.pokja,
            user=self.user,
            evidence=self.evidence,
            draft=self.draft,
            stage=self.stage or Stage.ORIGINAL,
        )
        self.formset = self.rows(LineFormSet, budget=self.held)
        for row in self.formset.forms:
            self._spell_out(row)

    @staticmethod
    def _spell_out(row) -> None:
        """The saved amount in words catches a missing or an extra zero."""
        amount = row.initial.get("ceiling")
        if amount is not None:
            field = row.fields["ceiling"]
            field.help_text = f"{field.help_text}. Tersimpan: {terbilang_rupiah(amount)}"

    def write(self, revision):
        return save_budget(
            self.evidence,
            self.pokja,
            self.year,
            self.formset.cleaned_rows(),
            actor=self.user,
            revision=revision,
            stage=self.form.cleaned_data["stage"],
            document=self.form.take_document(actor=self.user),
        )


EDITORS = {
    "sk": DecreeEditor,
    "rencana-kerja": PlanEditor,
    "indikator": IndicatorEditor,
    "anggaran": BudgetEditor,
}

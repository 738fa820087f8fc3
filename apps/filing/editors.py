"""The forms of the four steps behind one face: show, check, grow by a row, save.

Each kind of evidence brings its own forms and service; the page knows only an Editor.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.html import format_html

from apps.budgets.enums import Stage
from apps.budgets.forms import BudgetForm, LineFormSet
from apps.budgets.services import save_budget
from apps.core.formats import terbilang_rupiah
from apps.decrees.forms import DecreeForm
from apps.decrees.services import refuse_resent, save_decree
from apps.documents.services import document_transaction
from apps.documents.store import StoreUnavailable
from apps.filing.readings import cite_read
from apps.indicators.forms import TargetFormSet
from apps.indicators.services import save_indicators
from apps.verification.models import Evidence
from apps.work_plans.forms import ActivityFormSet
from apps.work_plans.services import save_plan

# A remark on a value that the form asks for under another name.
FIELD_OF = {"signer_position": "signer_choice"}


class Fold(NamedTuple):
    """Rarely used fields behind a <details>, open where something in them must be seen."""

    label: str
    fields: list
    is_open: bool


class Editor:
    """What is typed on one step. ``form`` and ``formset`` are shown, either may be None."""

    form = formset = None
    head: tuple[str, ...] = ()  # fields above the rows, in the order of the page
    folded: tuple[tuple[str, tuple[str, ...]], ...] = ()  # label and fields, below the head
    main: tuple[str, ...] = ()  # fields of a row that are always open
    more: tuple[str, ...] = ()  # fields of a row behind "Rincian"
    row_word = ""
    more_label = "Rincian lain"

    def __init__(
        self,
        pokja,
        year: int,
        user,
        evidence: Evidence | None,
        *,
        data=None,
        files=None,
        draft=False,
        grow=False,
        stage=None,
    ):
        self.pokja, self.year, self.user, self.evidence = pokja, year, user, evidence
        self.data, self.files, self.grow = data, files, grow
        self.draft, self.stage = draft or grow, stage
        self.pointed: set[str] = set()  # fields that something on the page speaks of
        self.build()

    def build(self) -> None:
        raise NotImplementedError

    def write(self, revision: int) -> Evidence:
        raise NotImplementedError

    @property
    def held(self):
        """The saved content behind the evidence, or None."""
        return getattr(self.evidence, self.related) if self.evidence else None

    def rows(self, formset_class, **options):
        """The formset: stored rows, what was typed, or that with one more blank row."""
        if self.grow:
            return formset_class.grown(self.data, **options)
        return formset_class(self.data, draft=self.draft, **options)

    def is_valid(self) -> bool:
        """Both parts are checked, so that all errors are told at once."""
        found = [part.is_valid() for part in (self.form, self.formset) if part is not None]
        return all(found)

    def save(self, revision: int) -> Evidence | None:
        """Write the draft; None where the service found fault (told at the form).

        Raises StepConflict and PermissionDenied.
        """
        try:
            with document_transaction():
                return self.write(revision)
        except ValidationError as error:
            self.refuse(error)
            return None
        except StoreUnavailable as trouble:  # only a form with a file can meet it
            self.form.add_error("file", str(trouble))
            return None

    def refuse(self, error: ValidationError) -> None:
        if self.form is not None:
            self.form.add_error(None, error.messages)
        else:
            self.formset.non_form_errors().extend(error.messages)

    def keep_file(self) -> None:
        """A sound file of a form that is otherwise wrong need not be sent again."""
        if self.form is not None and hasattr(self.form, "keep_file"):
            self.form.is_valid()
            self.form.keep_file(actor=self.user)

    @property
    def head_fields(self) -> list:
        return [self.form[name] for name in self.head] if self.form is not None else []

    @property
    def folds(self) -> list[Fold]:
        return [
            Fold(label, [self.form[name] for name in names], any(map(self._must_see, names)))
            for label, names in self.folded
        ]

    def _must_see(self, name: str) -> bool:
        told = name in self.pointed or bool(self.form[name].errors)
        return told or not self.form.is_usual(name)

    def point_at(self, fields) -> None:
        """Nothing that the page links to stays folded away."""
        self.pointed |= set(fields)

    def row_parts(self) -> list[tuple]:
        """(form, open fields, fields behind "Rincian", whether those must be seen)."""
        return [
            (
                form,
                [form[name] for name in self.main],
                [form[name] for name in self.more],
                any(form[name].errors for name in self.more),
            )
            for form in self.formset.forms
        ]

    def attach(self, remarks) -> None:
        """Hang the verifier's words on the fields they are about."""
        for remark in remarks:
            name = FIELD_OF.get(remark.field, remark.field)
            self.point_at([name])
            field = self._field(name)
            if field is not None:
                field.help_text = format_html(
                    '{}<span class="quote d-block mt-1"><strong>Catatan verifikator:</strong> '
                    "{}</span>",
                    field.help_text,
                    remark.words,
                )

    def _field(self, name: str):
        if self.form is not None and name in self.form.fields:
            return self.form.fields[name]
        prefix, _, rest = name.partition("-")
        number, _, own = rest.partition("-")
        if self.formset is None or prefix != self.formset.prefix or not number.isdecimal():
            return None
        forms = self.formset.forms
        return forms[int(number)].fields.get(own) if int(number) < len(forms) else None


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

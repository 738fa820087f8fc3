"""The form of one step: show, check, grow by a row, save. What each kind brings is in editors."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.html import format_html

from apps.documents.services import document_transaction
from apps.documents.store import StoreUnavailable
from apps.verification.models import Evidence

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

"""The form of an SK (design: section 6, step 1). Sentences are those of design 13.5, 1–14."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.formats import decree_key, format_date
from apps.core.forms import IndonesianDateField
from apps.core.rowforms import DraftForm
from apps.decrees import signers
from apps.decrees.codes import lacks_serial
from apps.decrees.enums import CoverageRole, SignerStatus, ValidityBasis
from apps.decrees.facts import DUPLICATE, FUTURE
from apps.decrees.process import ProcessFormMixin
from apps.decrees.queries import coverage_of, names_of_users
from apps.decrees.services import FIELDS
from apps.documents.forms import DocumentFormMixin
from apps.pokja.models import Pokja

DATE_HELP = "Misalnya 24 Juli 2023 atau 24/07/2023"
NUMBER = "Isi nomor SK seperti tertulis pada kepala SK"
ROLE = "Pilih apakah SK ini membentuk, mengubah, atau mencabut"
SIGNER = "Pilih pejabat yang menandatangani SK"
PARENT = "Isi nomor SK yang diubah atau dicabut"
OWN_POKJA = "Sertakan {name}, atau isi SK ini dari halaman Pokja yang diaturnya"
OPEN_END = "Isi tanggal akhir berlaku, atau pilih dasar masa berlaku yang lain"
END_BEFORE_START = "Tanggal akhir berlaku harus setelah tanggal mulai berlaku, {day}"
END_BEFORE_ISSUE = "Tanggal akhir berlaku harus setelah tanggal ditetapkan, {day}"


class DecreeForm(DraftForm, DocumentFormMixin, ProcessFormMixin):
    """An SK about one or more Pokja of one region.

    ``evidence`` is the open version with its decree, or None for a new one; ``pokja`` the Pokja
    whose page this is. Once valid: ``decree_data``, ``coverage_rows`` and ``take_document`` are
    what ``save_decree`` wants, and ``number_warning`` may be told.
    """

    what = "Berkas SK"
    file_help = "SK lengkap dengan lampiran"
    file_missing = "Pilih berkas SK"
    field_order = (
        "number",
        "issued_on",
        "valid_until",
        "validity_basis",
        "signer_choice",
        "title",
        "file",
        "signer_other",
        "signer_status",
        "signer_name",
        "valid_from",
        "coverage",
        "role",
        "parent_number",
        "in_process_since",
        "process_file",
    )
    unmarked = frozenset({"valid_until"})  # blank or not is a statement, no option

    number = forms.CharField(
        label="Nomor SK",
        max_length=160,
        widget=forms.TextInput({"class": "w-30"}),
        help_text="Seperti tertulis pada kepala SK, misalnya 188.45/412/I/2025",
        error_messages={"required": NUMBER},
    )
    issued_on = IndonesianDateField(
        label="Tanggal ditetapkan",
        help_text=DATE_HELP,
        error_messages={"required": "Isi tanggal ditetapkan, misalnya 24 Juli 2023"},
    )
    title = forms.CharField(
        label="Tentang",
        max_length=2000,
        widget=forms.Textarea({"rows": 2, "class": "w-30"}),
        help_text="Judul di bawah kata TENTANG",
        error_messages={"required": "Isi tentang apa SK ini"},
    )
    coverage = forms.MultipleChoiceField(
        label="Pokja yang diatur SK ini",
        widget=forms.CheckboxSelectMultiple,
        help_text="Satu SK dapat mengatur beberapa Pokja; cukup diisi sekali",
        error_messages={
            "required": "Pilih Pokja yang diatur SK ini",
            "invalid_choice": "Pilih Pokja dari daftar",
        },
    )
    role = forms.ChoiceField(
        label="SK ini membentuk atau mengubah Pokja",
        choices=CoverageRole.choices,
        widget=forms.RadioSelect,
        initial=CoverageRole.ESTABLISH,
        error_messages={"required": ROLE, "invalid_choice": ROLE},
    )
    parent_number = forms.CharField(
        label="Nomor SK yang diubah atau dicabut",
        max_length=160,
        required=False,
        widget=forms.TextInput({"class": "w-30"}),
        help_text="Hanya bila SK ini mengubah atau mencabut SK lain",
    )
    signer_choice = forms.ChoiceField(
        label="Ditandatangani oleh",
        widget=forms.RadioSelect,
        help_text="Jabatan lainnya ditulis pada rincian penanda tangan di bawah",
        error_messages={"required": SIGNER, "invalid_choice": SIGNER},
    )
    signer_other = forms.CharField(
        label="Jabatan lain",
        max_length=160,
        required=False,
        widget=forms.TextInput({"class": "w-30"}),
        help_text="Hanya bila memilih Lainnya",
    )
    signer_status = forms.ChoiceField(
        label="Status penanda tangan",
        choices=[("", "Pilih"), *SignerStatus.choices],
        required=False,
        widget=forms.Select({"class": "w-20"}),
    )
    signer_name = forms.CharField(
        label="Nama penanda tangan",
        max_length=160,
        required=False,
        widget=forms.TextInput({"class": "w-30"}),
    )
    valid_from = IndonesianDateField(
        label="Berlaku mulai",
        required=False,
        help_text="Bila kosong, sama dengan tanggal ditetapkan",
    )
    valid_until = IndonesianDateField(
        label="Berlaku sampai dengan",
        required=False,
        help_text="Kosongkan bila SK tidak menyebut batas waktu",
    )
    validity_basis = forms.ChoiceField(
        label="Dasar masa berlaku",
        choices=ValidityBasis.choices,
        widget=forms.RadioSelect({"class": "pk-inline"}),
        help_text="Tanpa tanggal akhir, pilih satu tahun anggaran atau sampai dicabut",
        initial=ValidityBasis.WRITTEN,
    )
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, files=None, *, pokja: Pokja, user, evidence=None, draft=False):
        self.pokja, self.user, self.evidence = pokja, user, evidence
        self.region = pokja.region
        decree = evidence.decree if evidence else None
        self.held_coverage = {row.pokja_id: row for row in coverage_of(decree)} if decree else {}
        self.held_document = decree.document if decree else None
        self.held_process = decree.process_document if decree else None
        self.choices = self._pokja_choices()
        initial = self._stored(decree) if decree else {"coverage": [str(pokja.pk)]}
        super().__init__(data, files, initial=initial, draft=draft)
        self.fields["coverage"].choices = [
            (str(item.pk), item.name) for item in self.choices.values()
        ]
        self.fields["signer_choice"].choices = signers.choices(self.region)

    def _pokja_choices(self) -> dict[int, Pokja]:
        rows = Pokja.objects.for_user(self.user).filter(region=self.region)
        return {
            item.pk: item
            for item in rows
            if item.dissolved_on is None or item.pk in {self.pokja.pk, *self.held_coverage}
        }

    def _stored(self, decree) -> dict:
        first = next(iter(self.held_coverage.values()), None)
        choice = signers.choice_of(decree.signer_position, self.region)
        return {
            "number": decree.number,
            "issued_on": decree.issued_on,
            "title": decree.title,
            "coverage": [str(pk) for pk in self.held_coverage],
            "role": first.role if first else CoverageRole.ESTABLISH,
            "parent_number": first.parent_number if first else "",
            "signer_choice": choice,
            "signer_other": decree.signer_position if choice == signers.OTHER else "",
            "signer_status": decree.signer_status,
            "signer_name": decree.signer_name,
            "valid_from": decree.valid_from,
            "valid_until": decree.valid_until,
            "validity_basis": decree.validity_basis,
            "in_process_since": decree.in_process_since,
            "revision": self.evidence.revision,
        }

    def is_usual(self, name: str) -> bool:
        """Does a rarely used field hold what most SK hold, so that it may be folded away?"""
        value = self[name].value()
        if name == "coverage":
            return set(map(str, value or ())) <= {str(self.pokja.pk)}
        if name == "valid_from":
            return not value or value == self["issued_on"].value()
        return not value or value == self.fields[name].initial

    # --- single fields ---

    def clean_issued_on(self):
        day, today = self.cleaned_data["issued_on"], timezone.localdate()
        if day and day > today:
            raise ValidationError(FUTURE.format(today=format_date(today)))
        return day

    def clean_coverage(self):
        chosen = self.cleaned_data["coverage"]
        own = str(self.pokja.pk)
        if chosen and own not in chosen:
            # It would vanish from the page it was written on.
            raise ValidationError(OWN_POKJA.format(name=self.pokja.name))
        # A draft belongs to some Pokja even before anything is ticked.
        return chosen or ([own] if self.draft else chosen)

    def clean_role(self):
        return self.cleaned_data["role"] or CoverageRole.ESTABLISH

    def clean_validity_basis(self):
        return self.cleaned_data["validity_basis"] or ValidityBasis.WRITTEN

    # --- fields together ---

    def clean(self):
        cleaned = super().clean()
        self._clean_parent(cleaned)
        self._clean_signer(cleaned)
        self._clean_dates(cleaned)
        self.clean_process()
        return cleaned

    def _clean_parent(self, cleaned) -> None:
        if cleaned.get("role") in (None, CoverageRole.ESTABLISH):
            cleaned["parent_number"] = ""
        elif not cleaned.get("parent_number") and "parent_number" not in self.errors:
            # Even a draft: the table holds no change of an unnamed decree.
            self.add_error("parent_number", PARENT)
        elif decree_key(cleaned.get("parent_number", "")) == decree_key(cleaned.get("number", "")):
            self.add_error("parent_number", "SK tidak dapat mengubah atau mencabut dirinya sendiri")

    def _clean_signer(self, cleaned) -> None:
        choice, other = cleaned.get("signer_choice", ""), cleaned.get("signer_other", "")
        if choice == signers.OTHER:
            cleaned["signer_position"] = other
            if not other and not self.draft:
                self.add_error("signer_other", "Isi jabatan yang menandatangani SK")
        else:
            cleaned["signer_position"] = signers.usual_positions(self.region).get(choice, "")
        if choice == signers.SECRETARY and not cleaned.get("signer_status"):
            cleaned["signer_status"] = SignerStatus.AN

    def _clean_dates(self, cleaned) -> None:
        issued, end = cleaned.get("issued_on"), cleaned.get("valid_until")
        if "valid_from" not in self.errors and cleaned.get("valid_from") is None:
            cleaned["valid_from"] = issued
        start = cleaned.get("valid_from")
        if end and start and end < start and start != issued:
            self.add_error("valid_until", END_BEFORE_START.format(day=format_date(start)))
        elif end and issued and end < issued:
            self.add_error("valid_until", END_BEFORE_ISSUE.format(day=format_date(issued)))
        unsaid = end is None and "valid_until" not in self.errors and not self.draft
        if (
            unsaid
            and cleaned.get("validity_basis") == ValidityBasis.WRITTEN
            and cleaned.get("role") == CoverageRole.ESTABLISH
        ):
            self.add_error("valid_until", OPEN_END)

    # --- what the service wants ---

    def decree_data(self) -> dict:
        """The values of Decree."""
        return {name: self.cleaned_data[name] for name in FIELDS}

    def keep_file(self, *, actor) -> None:
        super().keep_file(actor=actor)
        self.keep_process(actor=actor)

    def coverage_rows(self) -> list[tuple[Pokja, str, str]]:
        """(Pokja, role, parent number). Where neither was touched, each Pokja keeps its own: a
        file may have given several roles in one SK."""
        role, parent = self.cleaned_data["role"], self.cleaned_data["parent_number"]
        untouched = not {"role", "parent_number"} & set(self.changed_data)
        rows = []
        for pk in map(int, self.cleaned_data["coverage"]):
            held = self.held_coverage.get(pk) if untouched else None
            rows.append(
                (
                    self.choices[pk],
                    held.role if held else role,
                    held.parent_number if held else parent,
                )
            )
        return rows

    def number_warning(self) -> str:
        """Who uses the number already; "" where nobody does. Never an error (spec section 4)."""
        number = self.cleaned_data.get("number")
        if not number or lacks_serial(number):
            return ""
        users = names_of_users(
            decree_key(number),
            self.cleaned_data.get("issued_on"),
            self.region,
            self.evidence.family if self.evidence else None,
        )
        return DUPLICATE.format(number=number, user=users[0]) if users else ""

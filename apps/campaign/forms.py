"""What is typed for letters, letterheads and signers."""

import re
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError

from apps.campaign import words
from apps.campaign.codes import paragraphs, unknown_placeholders
from apps.campaign.enums import Addressee
from apps.campaign.models import NUMBER_LENGTH
from apps.core.formats import format_date
from apps.core.forms import BaseForm, IndonesianDateField, default_messages
from apps.papers.codes import nip_digits
from apps.papers.enums import Paper
from apps.papers.models import Letterhead, Signer
from apps.papers.words import ENDS_BEFORE_IT_BEGINS, PRINCIPAL_ONLY_ON_BEHALF

DATE_SPAN = timedelta(days=366)
MOST_COPIES = 10
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class LineField(forms.CharField):
    """Text on one line: what a paper cannot hold is refused, not silently dropped."""

    def clean(self, value):
        text = super().clean(value)
        if _CONTROL.search(text):
            raise ValidationError(f"{self.label} ditulis dalam satu baris")
        return text


class LetterForm(BaseForm, forms.Form):
    """One letter for each chosen region; with several regions each may have its own number."""

    number = LineField(
        label="Nomor surat",
        required=False,
        max_length=NUMBER_LENGTH,
        help_text="Kosong: nomor diisi dengan tangan pada surat.",
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
    )
    letter_date = IndonesianDateField(label="Tanggal surat")
    signer = forms.ModelChoiceField(
        Signer.objects.none(),
        label="Penanda tangan",
        required=False,
        empty_label="Dikosongkan, diisi tangan",
    )
    addressee = forms.ChoiceField(
        label="Ditujukan kepada", choices=Addressee, widget=forms.RadioSelect
    )
    finish_by = IndonesianDateField(
        label="Mohon dilengkapi paling lambat",
        required=False,
        help_text="Kosong: surat menyebut batas waktu periode saja.",
    )
    nature = LineField(label="Sifat", max_length=40, widget=forms.TextInput({"class": "w-20"}))
    attachment = LineField(
        label="Lampiran",
        required=False,
        max_length=60,
        help_text="Misalnya 1 (satu) berkas.",
        widget=forms.TextInput({"class": "w-20"}),
    )
    copies = forms.CharField(
        label="Tembusan",
        required=False,
        max_length=1000,
        help_text="Satu baris untuk setiap tembusan. {daerah} dan {kepala_daerah} diisi portal.",
        widget=forms.Textarea({"rows": 3, "class": "w-30"}),
    )
    paper = forms.ChoiceField(
        label="Kertas", choices=Paper, widget=forms.RadioSelect({"class": "pk-inline"})
    )

    def __init__(self, data=None, *, rows, signers, today, initial):
        super().__init__(data, initial=initial)
        self.rows, self.today = rows, today
        self.fields["signer"].queryset = signers
        self.own_numbers = {}
        if len(rows) > 1:
            self.fields[
                "number"
            ].help_text = (
                "Dipakai semua surat yang tidak punya nomor sendiri. Kosong: diisi dengan tangan."
            )
            for row in rows:
                self._add_own_number(row)

    def _add_own_number(self, row):
        name = f"nomor_{row.region.pk}"
        field = LineField(
            label=f"Nomor surat untuk {row.region.full_name}",
            required=False,
            max_length=NUMBER_LENGTH,
            widget=forms.TextInput({"autocomplete": "off"}),
        )
        field.error_messages |= default_messages(field)
        self.fields[name] = field
        self.own_numbers[row.region.pk] = name

    def main_fields(self) -> list:
        """The bound fields of all letters, in their order."""
        return [self[name] for name in self.base_fields]

    def bound_numbers(self) -> list:
        """(row, bound field) of the numbers of their own."""
        return [(row, self[self.own_numbers[row.region.pk]]) for row in self.rows]

    def clean_letter_date(self):
        day = self.cleaned_data["letter_date"]
        if abs(day - self.today) > DATE_SPAN:
            raise ValidationError(f"Periksa tahun pada tanggal surat, {format_date(day)}")
        return day

    def clean_copies(self):
        text = self.cleaned_data["copies"]
        lines = paragraphs(text)
        if unknown := unknown_placeholders(text, words.PLACEHOLDERS):
            raise ValidationError(words.unknown_sentence(unknown, words.PLACEHOLDERS))
        if len(lines) > MOST_COPIES:
            raise ValidationError(f"Tembusan paling banyak {MOST_COPIES}, sekarang {len(lines)}")
        return "\n".join(lines)

    def clean(self):
        day, finish_by = self.cleaned_data.get("letter_date"), self.cleaned_data.get("finish_by")
        if day and finish_by and not day <= finish_by <= day + DATE_SPAN:
            self.add_error(
                "finish_by",
                f"Isi tanggal antara tanggal surat, {format_date(day)}, dan satu tahun sesudahnya",
            )

    def numbers(self) -> dict[int, str]:
        """The number of each region's letter: its own, else the common one."""
        common = self.cleaned_data["number"]
        own = {pk: self.cleaned_data[name] for pk, name in self.own_numbers.items()}
        return {row.region.pk: own.get(row.region.pk) or common for row in self.rows}


class _OfficeForm(BaseForm, forms.ModelForm):
    """Of a row of the own office; ``revision`` is the one that was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision

    def values(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class LetterheadForm(_OfficeForm):
    valid_from = IndonesianDateField(label="Berlaku mulai")

    class Meta:
        model = Letterhead
        fields = (
            "institution",
            "address",
            "phone",
            "website",
            "email",
            "place",
            "valid_from",
        )
        labels = {
            "institution": "Nama instansi",
            "address": "Alamat",
            "phone": "Telepon",
            "website": "Laman",
            "email": "Pos-el",
            "place": "Tempat",
        }
        widgets = {
            "institution": forms.Textarea({"rows": 3}),
            "phone": forms.TextInput({"class": "w-20"}),
            "place": forms.TextInput({"class": "w-20"}),
        }

    def clean_institution(self):
        lines = paragraphs(self.cleaned_data["institution"])
        if len(lines) > 4:
            raise ValidationError(f"Nama instansi paling banyak 4 baris, sekarang {len(lines)}")
        return "\n".join(lines)


class SignerForm(_OfficeForm):
    # Longer than the stored digits: people write blanks between them.
    nip = forms.CharField(
        label="NIP",
        required=False,
        max_length=40,
        help_text="18 angka, misalnya 19690514 199503 1 002. Hanya tampak bagi kantor Anda.",
        widget=forms.TextInput({"class": "w-20", "autocomplete": "off"}),
    )
    valid_from = IndonesianDateField(
        label="Menjabat mulai", required=False, help_text="Kosong: sejak semula."
    )
    valid_to = IndonesianDateField(
        label="Menjabat sampai dengan",
        required=False,
        help_text="Kosong: masih menjabat. Surat dan rapor memuat pejabat pada tanggalnya.",
    )

    class Meta:
        model = Signer
        fields = (
            "position",
            "on_behalf",
            "principal",
            "name",
            "rank",
            "nip",
            "valid_from",
            "valid_to",
            "is_active",
        )
        labels = {
            "position": "Jabatan",
            "on_behalf": "Menandatangani sebagai",
            "principal": "Atas nama jabatan",
            "name": "Nama dan gelar",
            "rank": "Pangkat",
            "is_active": "Dapat dipilih untuk surat baru",
        }
        widgets = {"rank": forms.TextInput({"class": "w-20"})}

    def clean_nip(self):
        text = self.cleaned_data["nip"]
        try:
            return nip_digits(text) if text else ""
        except ValueError as error:
            raise ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        on_behalf = cleaned.get("on_behalf") == "a.n."
        if "principal" in cleaned and on_behalf != bool(cleaned["principal"]):
            self.add_error("principal", PRINCIPAL_ONLY_ON_BEHALF)
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_to")
        if begins and ends and ends < begins:
            self.add_error("valid_to", ENDS_BEFORE_IT_BEGINS)
        return cleaned

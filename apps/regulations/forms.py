"""What is typed into the register."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from apps.core.forms import BaseForm, IndonesianDateField
from apps.documents.forms import DocumentFormMixin
from apps.regulations.codes import NATIONAL_KINDS, TOPICS, place_fault
from apps.regulations.enums import AgreementKind, InstitutionForm, RegulationKind
from apps.regulations.models import Agreement, Institution, Regulation

TOPIC_HELP = f"Dipisah koma, misalnya: {', '.join(TOPICS)}"
SOURCE_HELP = "Tautan JDIH atau keterangan tempat naskah dapat dibaca"
SHORT = {"class": "w-20"}


class RegisterForm(BaseForm, forms.ModelForm):
    """Of a new row (``regions``: where the person may add one) or of a stored one, whose region
    stays. ``revision`` is the one that was seen."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    valid_until = IndonesianDateField(
        label="Berlaku sampai", required=False, help_text="Hari terakhir; kosong = tanpa batas"
    )

    def __init__(self, *args, user, regions=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        if self.instance.pk:
            del self.fields["region"]
            return
        field = self.fields["region"]
        field.queryset, field.required, field.help_text = regions, True, ""
        field.empty_label = "Pilih wilayah"
        field.label_from_instance = lambda region: region.full_name

    def values(self) -> dict:
        """The cleaned values of the model's fields."""
        names = [name for name in self._meta.fields if name in self.fields]
        return {name: self.cleaned_data[name] for name in names}

    def refuse_disorder(self, first: str, last: str, words: str) -> None:
        """An end before its beginning is told at the end."""
        start, end = self.cleaned_data.get(first), self.cleaned_data.get(last)
        if start and end and end < start:
            self.add_error(last, words)


class PlaceRule:
    """Mixin of a form of regulations: a kind is of regions of its level, or of the nation."""

    def clean(self):
        cleaned = super().clean()
        kind, region = cleaned.get("kind"), self.instance.region
        if "region" in self.fields:
            region = cleaned.get("region")
        if kind and "region" not in self.errors:
            fault = place_fault(kind, region.level if region else "")
            if fault:
                self.add_error("kind", fault)
        return cleaned


class RegulationForm(PlaceRule, RegisterForm):
    enacted_on = IndonesianDateField(
        label="Tanggal ditetapkan", required=False, help_text="Misalnya 24 Juli 2023"
    )
    valid_from = IndonesianDateField(
        label="Berlaku mulai", required=False, help_text="Kosong = sejak tanggal ditetapkan"
    )

    class Meta:
        model = Regulation
        fields = (
            "region",
            "kind",
            "number",
            "year",
            "subject",
            "enacted_on",
            "valid_from",
            "valid_until",
            "topics",
            "issuer",
            "source",
        )
        widgets = {
            "kind": forms.Select(SHORT),
            "number": forms.TextInput(SHORT),
            "year": forms.TextInput({"class": "w-10", "inputmode": "numeric"}),
            "subject": forms.Textarea({"rows": 2}),
        }
        help_texts = {
            "topics": TOPIC_HELP,
            "source": SOURCE_HELP,
            "year": "Tahun yang disebut pada nomornya",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = [row for row in RegulationKind.choices if row[0] not in NATIONAL_KINDS]
        self.fields["kind"].choices = [("", "Pilih jenis"), *kinds]

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder(
            "enacted_on", "valid_until", "Tanggal akhir tidak boleh sebelum tanggal ditetapkan"
        )
        self.refuse_disorder(
            "valid_from", "valid_until", "Tanggal akhir tidak boleh sebelum tanggal mulai berlaku"
        )
        if self.instance.revoked_by_id and not cleaned.get("valid_until"):
            self.add_error("valid_until", "Regulasi ini dicabut; isi hari terakhir berlakunya")
        return cleaned


class AgreementForm(RegisterForm):
    valid_from = IndonesianDateField(label="Berlaku mulai", help_text="Misalnya 24 Juli 2023")

    class Meta:
        model = Agreement
        fields = (
            "region",
            "kind",
            "title",
            "parties",
            "own_number",
            "other_number",
            "valid_from",
            "valid_until",
            "parent",
            "topics",
            "source",
        )
        widgets = {
            "kind": forms.Select(SHORT),
            "title": forms.Textarea({"rows": 2}),
            "parties": forms.Textarea({"rows": 3}),
            "own_number": forms.TextInput(SHORT),
            "other_number": forms.TextInput(SHORT),
        }
        help_texts = {"topics": TOPIC_HELP, "source": SOURCE_HELP}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        rows = Agreement.objects.for_user(user).filter(kind=AgreementKind.MOU)
        rows = rows.exclude(pk=self.instance.pk).select_related("region")
        field = self.fields["parent"]
        field.queryset, field.empty_label = rows, "Tidak ada"
        field.help_text = "Diisi untuk PKS"

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder(
            "valid_from", "valid_until", "Tanggal akhir tidak boleh sebelum tanggal mulai berlaku"
        )
        if cleaned.get("parent") and cleaned.get("kind") == AgreementKind.MOU:
            self.add_error("parent", "Hanya PKS yang punya nota kesepahaman induk")
        return cleaned


class OfficeForm(RegisterForm):
    valid_from = IndonesianDateField(label="Sejak", help_text="Misalnya 2 Januari 2023")
    valid_until = IndonesianDateField(
        label="Sampai", required=False, help_text="Hari terakhir; kosong = masih berjalan"
    )

    class Meta:
        model = Institution
        fields = (
            "region",
            "name",
            "short_name",
            "form",
            "other_affairs",
            "valid_from",
            "valid_until",
            "basis",
        )
        widgets = {
            "short_name": forms.TextInput(SHORT),
            "form": forms.RadioSelect({"class": "pk-inline"}),
        }
        help_texts = {"basis": "Misalnya Perda Nomor 8 Tahun 2016"}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = InstitutionForm.choices  # nothing is ticked beforehand

    def clean(self):
        cleaned = super().clean()
        self.refuse_disorder(
            "valid_from", "valid_until", "Tanggal akhir tidak boleh sebelum tanggal mulai"
        )
        return cleaned


class EndForm(BaseForm, forms.Form):
    """The last day on which a row holds, and why it ends."""

    until = IndonesianDateField(
        label="Hari terakhir berlaku",
        error_messages={"required": "Isi hari terakhir berlaku, misalnya 31 Desember 2025"},
    )
    revoked_by = forms.ModelChoiceField(
        Regulation.objects.none(),
        label="Dicabut oleh",
        required=False,
        empty_label="Berakhir tanpa regulasi pencabut",
    )
    reason = forms.CharField(label="Alasan", max_length=500, widget=forms.Textarea({"rows": 2}))
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, row, user):
        super().__init__(data, initial={"revision": row.revision, "until": row.valid_until})
        self.row = row
        if not isinstance(row, Regulation):
            del self.fields["revoked_by"]
            return
        rows = Regulation.objects.for_user(user).select_related("region").exclude(pk=row.pk)
        near = Q(region=row.region) | Q(region=row.region.province) | Q(region=None)
        self.fields["revoked_by"].queryset = rows.filter(near)

    def clean_until(self):
        until = self.cleaned_data["until"]
        start = self.row.valid_from or getattr(self.row, "enacted_on", None)
        if start and until < start:
            raise ValidationError("Hari terakhir tidak boleh sebelum mulai berlaku")
        return until


class PaperForm(BaseForm, DocumentFormMixin):
    """The file of a regulation or an agreement."""

    what = "Naskah"

    def __init__(self, *args, row, user, **kwargs):
        self.region, self.user, self.held_document = row.region, user, row.document
        super().__init__(*args, **kwargs)

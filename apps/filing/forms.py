"""Forms of the register of Pokja and its members; those of the evidence stand with their kinds."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.formats import format_date
from apps.core.forms import INCOMPLETE, BaseForm, IndonesianDateField
from apps.filing import words
from apps.pokja.enums import PokjaKind
from apps.pokja.models import Pokja
from apps.regions.models import Region

DATE_HELP = "Misalnya 24 Juli 2023 atau 24/07/2023"
LATER = "Tanggal tidak boleh setelah hari ini, {today}"


def not_in_future(day):
    """The day itself; ValidationError for a day that has not come."""
    today = timezone.localdate()
    if day and day > today:
        raise ValidationError(LATER.format(today=format_date(today)))
    return day


class PokjaForm(BaseForm, forms.Form):
    """Name, types and founding date; region and code only when a Pokja is added."""

    region = forms.ModelChoiceField(Region.objects.none(), label="Wilayah", empty_label="Pilih")
    name = forms.CharField(
        label="Nama Pokja",
        max_length=200,
        help_text=("Seperti tertulis pada SK, misalnya Pokja Kampung KB"),
        widget=forms.TextInput({"class": "w-30"}),
    )
    kinds = forms.MultipleChoiceField(
        label="Jenis",
        choices=PokjaKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Satu Pokja dapat memikul beberapa jenis",
    )
    formed_on = IndonesianDateField(label="Tanggal dibentuk", required=False, help_text=DATE_HELP)
    code = forms.CharField(
        label="Kode Pokja",
        max_length=60,
        required=False,
        help_text="Kosongkan agar dibuat otomatis",
        widget=forms.TextInput({"class": "w-20"}),
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, regions=None, pokja: Pokja | None = None, **kwargs):
        self.pokja = pokja
        if pokja is not None:
            kwargs.setdefault(
                "initial",
                {
                    "name": pokja.name,
                    "kinds": pokja.kinds,
                    "formed_on": pokja.formed_on,
                    "revision": pokja.revision,
                },
            )
        super().__init__(*args, **kwargs)
        if pokja is not None:
            del self.fields["region"], self.fields["code"]
            return
        del self.fields["revision"]
        self.fields["region"].queryset = regions
        self.fields["region"].label_from_instance = lambda region: region.full_name

    def clean_code(self):
        code = self.cleaned_data["code"].strip()
        if code and Pokja.objects.filter(code__iexact=code).exists():
            raise ValidationError("Kode Pokja ini sudah dipakai.")
        return code

    def clean_formed_on(self):
        formed = not_in_future(self.cleaned_data["formed_on"])
        if formed and self.pokja and self.pokja.dissolved_on and formed > self.pokja.dissolved_on:
            raise ValidationError(
                "Tanggal dibentuk harus sebelum tanggal bubar, "
                f"{format_date(self.pokja.dissolved_on)}"
            )
        return formed


class EndForm(BaseForm, forms.Form):
    """The day a Pokja ends, and why."""

    on = IndonesianDateField(label="Tanggal bubar", help_text=DATE_HELP)
    reason = forms.CharField(
        label="Alasan",
        widget=forms.Textarea({"rows": 3, "class": "w-30"}),
        help_text="Sebutkan dasar keputusannya, misalnya nomor SK",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, pokja: Pokja, **kwargs):
        self.pokja = pokja
        kwargs.setdefault("initial", {"revision": pokja.revision})
        super().__init__(*args, **kwargs)

    def clean_on(self):
        day = not_in_future(self.cleaned_data["on"])
        if self.pokja.formed_on and day < self.pokja.formed_on:
            raise ValidationError(
                f"Tanggal bubar harus setelah tanggal dibentuk, {format_date(self.pokja.formed_on)}"
            )
        return day


class MergeForm(EndForm):
    """The same, with the Pokja it goes on in."""

    into = forms.ModelChoiceField(Pokja.objects.none(), label="Dilebur ke", empty_label="Pilih")
    field_order = ("into", "on", "reason", "revision")

    def __init__(self, *args, others, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others
        self.fields["into"].error_messages["required"] = "Pilih Pokja yang menerima peleburan"
        self.fields["on"].label = "Tanggal dilebur"


class NilForm(BaseForm, forms.Form):
    """Why there is nothing this year."""

    reason = forms.CharField(
        label="Alasan tidak ada",
        widget=forms.Textarea({"rows": 4, "class": "w-30"}),
        max_length=2000,
        help_text="Satu atau dua kalimat, misalnya anggaran tidak dialokasikan pada APBD tahun ini",
        error_messages={"required": "Tulis alasan mengapa tidak ada"},
    )


class SendForm(BaseForm, forms.Form):
    """Which ready criteria to send, in the revision seen, and the declaration."""

    statement = forms.BooleanField(
        label="Saya menyatakan isian ini sesuai dokumen asli",
        error_messages={"required": "Centang pernyataan sebelum mengirim"},
    )

    def __init__(self, *args, sections, **kwargs):
        self.sections = sections
        super().__init__(*args, **kwargs)
        for section in sections:
            item = section.item
            self.fields[f"send_{item.pk}"] = forms.BooleanField(
                label=f"Kirim {section.card.title}", required=False, initial=True
            )
            self.fields[f"revision_{item.pk}"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=item.revision,
                required=False,
                error_messages={"invalid": INCOMPLETE},
            )
            if section.unsure:
                self.fields[f"periksa_{item.pk}"] = forms.BooleanField(
                    label=words.looked_label(len(section.unsure)), required=False
                )

    def looked_of(self, section):
        """The checkbox under the frequent mistakes of a section; None where nothing is asked."""
        name = f"periksa_{section.item.pk}" if section.ready else ""
        return self[name] if name in self.fields else None

    def parts_of(self, section) -> tuple:
        """The checkbox and hidden revision of a section; (None, None) where it cannot be sent."""
        if not section.ready:
            return None, None
        return self[f"send_{section.item.pk}"], self[f"revision_{section.item.pk}"]

    def chosen(self) -> list[tuple]:
        """(evidence, revision the person saw, note for its history) of what is ticked."""
        return [
            (
                section.item,
                self.cleaned_data.get(f"revision_{section.item.pk}") or 0,
                words.looked_note([looked.mistake.label for looked in section.unsure]),
            )
            for section in self._ticked()
        ]

    def _ticked(self) -> list:
        return [
            section for section in self.sections if self.cleaned_data[f"send_{section.item.pk}"]
        ]

    def has_vanished(self) -> bool:
        """Was something ticked that is no longer there to be sent?"""
        ticked = {name for name in self.data if name.startswith("send_")}
        return bool(ticked - set(self.fields))

    def clean(self):
        if not self.sections:
            raise ValidationError("Belum ada kriteria yang siap dikirim")
        ticked = self._ticked()
        if not ticked:
            raise ValidationError("Pilih paling sedikit satu kriteria untuk dikirim")
        for section in ticked:
            if section.unsure and not self.cleaned_data[f"periksa_{section.item.pk}"]:
                self.add_error(
                    f"periksa_{section.item.pk}", words.looked_missing(section.card.title)
                )
        return self.cleaned_data


class DayForm(BaseForm, forms.Form):
    """The day on which the chain of SK is seen; empty is today."""

    mark_optional = False
    per = IndonesianDateField(
        label="Keadaan pada tanggal",
        required=False,
        help_text="Misalnya 31 Desember 2024; boleh tanggal yang akan datang",
    )

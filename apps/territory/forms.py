"""The steps as forms. Every refusal stands at its field and says what to write instead."""

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import BaseForm, IndonesianDateField
from apps.regions.enums import KABKOTA_LEVELS, POKJA_LEVELS, Level
from apps.regions.models import Region
from apps.regions.queries import region_for_code
from apps.territory import rules
from apps.territory.enums import SPLITS, WITH_TARGET, ChangeKind
from apps.territory.models import RegionChange
from apps.territory.plan import parent_code

CONFIRM_WORD = "SAHKAN"
TYPE_IT = f"Ketik {CONFIRM_WORD} untuk menyatakan Anda sungguh-sungguh"
REVISION = {"widget": forms.HiddenInput, "min_value": 1}


def find_region(text: str) -> Region:
    """The region somebody wrote: "73.08", "73.08 Kabupaten Bone", "Kabupaten Bone".

    Raises ValidationError with a sentence.
    """
    text = " ".join(text.split())
    found = region_for_code(text.partition(" ")[0])
    if found is None:
        rows = Region.objects.with_pokja_level().select_related("province", "parent")
        name = text.removeprefix("Provinsi ").removeprefix("provinsi ")
        named = list(rows.filter(name__iexact=name)[:2]) or list(
            rows.filter(short_name__iexact=name)[:2]
        )
        if len(named) > 1:
            both = " atau ".join(f"{each.code} {each}" for each in named)
            raise ValidationError(f"{text} dapat berarti {both}. Tulis kodenya")
        found = named[0] if named else None
    if found is None or found.level not in POKJA_LEVELS:
        raise ValidationError(
            f"Wilayah {text[:60]} tidak ditemukan. Tulis kode atau nama lengkapnya"
        )
    return found


class RegionField(forms.CharField):
    """A region by code or name, with a list to choose from while typing."""

    def __init__(self, **kwargs):
        super().__init__(max_length=140, **kwargs)

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"list": "daftar-wilayah", "autocomplete": "off"}

    def prepare_value(self, value):
        return f"{value.code} {value}" if isinstance(value, Region) else value

    def clean(self, value):
        text = super().clean(value)
        return find_region(text) if text else None


class WhatForm(BaseForm, forms.Form):
    """Step 1: what happens to which region, by which law, from when."""

    kind = forms.ChoiceField(
        label="Apa yang berubah", choices=ChangeKind.choices, widget=forms.RadioSelect
    )
    region = RegionField(label="Wilayah", help_text="Kode atau nama, misalnya 73.08 Kabupaten Bone")
    target = RegionField(
        label="Wilayah tujuan",
        required=False,
        help_text="Hanya untuk penggabungan (wilayah yang tetap ada) dan pindah ke provinsi lain",
    )
    in_force_on = IndonesianDateField(
        label="Berlaku mulai",
        help_text="Menurut undang-undang atau keputusannya, misalnya 1 Januari 2027",
    )
    basis = forms.CharField(
        label="Dasar hukum",
        max_length=160,
        help_text="Misalnya UU 29/2022 atau Kepmendagri 300.2.2-2138/2025",
    )
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
    )
    revision = forms.IntegerField(required=False, **REVISION)

    def clean(self):
        given = super().clean()
        kind, region, target = given.get("kind"), given.get("region"), given.get("target")
        if kind and region and (words := rules.kind_fault(kind, region)):
            self.add_error("region", words)
        if kind in WITH_TARGET and "target" in given and target is None:
            self.add_error("target", "Isi wilayah tujuan")
        elif kind in WITH_TARGET and region and target:
            if words := rules.target_fault(kind, region, target):
                self.add_error("target", words)
        elif kind:
            given["target"] = None
        on = given.get("in_force_on")
        if region and on and (words := rules.date_fault([region], on)):
            self.add_error("in_force_on", words)
        return given


class NewForm(BaseForm, forms.Form):
    """Step 2: code, name and level of the new region, or the new ones of the region itself."""

    new_code = forms.CharField(
        label="Kode Kemendagri", max_length=13, widget=forms.TextInput({"class": "w-10"})
    )
    new_name = forms.CharField(label="Nama", max_length=100)
    new_level = forms.ChoiceField(label="Tingkat", widget=forms.Select({"class": "w-20"}))
    revision = forms.IntegerField(**REVISION)

    def __init__(self, *args, change: RegionChange, **kwargs):
        self.change = change
        super().__init__(*args, **kwargs)
        parent = parent_code(change)
        example = f"{parent}.27" if parent else "97"
        self.fields[
            "new_code"
        ].help_text = f"Menurut keputusan Menteri Dalam Negeri, misalnya {example}"
        if change.kind == ChangeKind.MOVE:
            del self.fields["new_name"], self.fields["new_level"]
        elif change.region.is_province:
            del self.fields["new_level"]
            self.fields["new_name"].help_text = "Tanpa kata “Provinsi”"
        else:
            self.fields["new_name"].help_text = "Tanpa kata “Kabupaten” atau “Kota”"
            self.fields["new_level"].choices = [
                (each, Level(each).label) for each in KABKOTA_LEVELS
            ]

    def clean_new_code(self):
        code, change = self.cleaned_data["new_code"].strip(), self.change
        own = None if change.makes_region else change.region_id
        revived = change.region_id if change.makes_region else None
        words = rules.shape_fault(code, parent_code(change)) or rules.taken_fault(
            code, rules.holders_of([code]), own=own, revived=revived
        )
        if words:
            raise ValidationError(words)
        return code

    def clean_new_name(self):
        name = " ".join(self.cleaned_data["new_name"].split())
        for word in ("Provinsi", "Kabupaten", "Kota"):
            if name.lower().startswith(f"{word.lower()} "):
                name = name[len(word) + 1 :]
        return name

    def clean(self):
        given = super().clean()
        given.setdefault("new_level", self.change.new_level)
        if "new_name" not in self.fields:
            given["new_name"] = self.change.new_name
        if (
            self.change.kind == ChangeKind.RENAME
            and not self.errors
            and self._changes_nothing(given)
        ):
            raise ValidationError("Belum ada yang berubah. Ubah kode, nama, atau tingkatnya")
        if self.change.kind == ChangeKind.MOVE and given.get("new_code") == self.change.region.code:
            self.add_error("new_code", "Isi kode baru di provinsi tujuan")
        return given

    def _changes_nothing(self, given) -> bool:
        region = self.change.region
        trial = RegionChange(new_name=given["new_name"], new_level=given["new_level"])
        return (given["new_code"], trial.official_name, given["new_level"]) == (
            region.code,
            region.name,
            region.level,
        )


class ConfirmForm(BaseForm, forms.Form):
    """Step 5: read, and meant."""

    checked = forms.BooleanField(
        label="Saya sudah memeriksa pratinjau dan dasar hukumnya",
        error_messages={"required": "Centang pernyataan sebelum mengesahkan"},
    )
    word = forms.CharField(
        label=f"Ketik {CONFIRM_WORD}",
        max_length=20,
        error_messages={"required": TYPE_IT},
        widget=forms.TextInput({"class": "w-10", "autocomplete": "off"}),
    )
    revision = forms.IntegerField(**REVISION)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=32)

    def clean_word(self):
        word = self.cleaned_data["word"].strip()
        if word.upper() != CONFIRM_WORD:
            raise ValidationError(TYPE_IT)
        return word


def new_step_label(kind: str) -> str:
    if kind in SPLITS:
        return "Wilayah baru"
    return "Kode baru" if kind == ChangeKind.MOVE else "Nama, kode, tingkat"

"""A draft rubric as forms: its head, its criteria, its maturity points; and its publication."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.forms import BaseForm, IndonesianDateField
from apps.core.rowforms import BaseRowFormSet, DraftForm, RowForm, row_formset
from apps.effectiveness.builtin import POINTS
from apps.effectiveness.criteria import CHECKS
from apps.effectiveness.criteria_points import PREFIX
from apps.effectiveness.enums import Criterion, RegionRule
from apps.effectiveness.rubric_file import FIRST_YEAR, LAST_YEAR
from apps.effectiveness.rubrics import BASE
from apps.pokja.enums import FundSource, PokjaKind
from apps.scoring.parameters import field_for, shown_value, stored_value

PARAMETER = "p_"
LIMITS = ("limit_1", "limit_2", "limit_3")


def whole(label, low=0, high=100, css="w-10", **options):
    """A small whole number; told in words where it is none, or out of bounds."""
    widget = forms.TextInput({"inputmode": "numeric", "class": css, "autocomplete": "off"})
    name = label.replace("%", "%%")  # a per cent sign is no placeholder
    return forms.IntegerField(
        label=label,
        min_value=low,
        max_value=high,
        widget=widget,
        error_messages={
            "min_value": f"{name} paling kecil {low}",
            "max_value": f"{name} paling besar {high}",
        },
        **options,
    )


class RubricForm(DraftForm):
    """What stands in the rubric itself."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Nama rubrik", max_length=160)
    year_from = whole("Berlaku sejak tahun", FIRST_YEAR, LAST_YEAR)
    year_to = whole(
        "Sampai tahun",
        FIRST_YEAR,
        LAST_YEAR,
        required=False,
        help_text="Kosong: berlaku seterusnya, sampai rubrik lain diterbitkan.",
    )
    source = forms.CharField(
        label="Sumber aturan",
        max_length=255,
        required=False,
        help_text="Misalnya nomor keputusan atau nama rapat yang menetapkannya.",
    )
    description = forms.CharField(
        label="Penjelasan", required=False, max_length=10_000, widget=forms.Textarea({"rows": 3})
    )
    accepted_sources = forms.MultipleChoiceField(
        label="Sumber dana yang diterima untuk kriteria anggaran",
        choices=FundSource,
        widget=forms.CheckboxSelectMultiple({"class": "rb-ticks"}),
    )
    region_rule = forms.ChoiceField(
        label="Wilayah dihitung efektif bila", choices=RegionRule, widget=forms.RadioSelect
    )
    expected_kinds = forms.MultipleChoiceField(
        label="Jenis Pokja yang diharapkan ada di setiap wilayah",
        choices=PokjaKind,
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "rb-ticks"}),
    )
    limit_1 = whole("Berkembang mulai dari indeks")
    limit_2 = whole("Mandiri mulai dari indeks")
    limit_3 = whole("Berkelanjutan mulai dari indeks")

    HEAD = ("name", "year_from", "year_to", "source", "description")
    REGION = ("accepted_sources", "region_rule", "expected_kinds")

    def clean_year_from(self):
        """Also in a draft: without its first year a rubric has no place."""
        year = self.cleaned_data.get("year_from")
        if year is None:
            raise ValidationError("Isi tahun awal berlakunya rubrik, misalnya 2026")
        return year

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("year_from"), cleaned.get("year_to")
        if first and last and last < first:
            self.add_error("year_to", f"Tahun akhir tidak boleh sebelum tahun awal, {first}")
        return cleaned

    @property
    def head_fields(self):
        return [self[name] for name in self.HEAD]

    @property
    def region_fields(self):
        return [self[name] for name in self.REGION]

    @property
    def limit_fields(self):
        return [self[name] for name in LIMITS]

    @property
    def limits(self) -> list[int]:
        values = (self.cleaned_data.get(name) for name in LIMITS)
        return [value for value in values if value is not None]


def check_choices():
    """The four base criteria first, then every check over other facts."""
    points = [(c.code, c.label) for c in CHECKS.values() if c.code.startswith(PREFIX)]
    others = [(c.code, c.label) for c in CHECKS.values() if not c.code.startswith(PREFIX)]
    return [
        ("", "Pilih pemeriksaan"),
        ("Kriteria dasar", list(Criterion.choices)),
        ("Fakta lain", others),
        ("Poin kematangan", points),
    ]


class CriterionForm(RowForm):
    """One criterion. The fields of its parameters are those of the check it had when the page was
    made: after another check is chosen and saved, its own fields stand there."""

    code = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)
    check = forms.ChoiceField(label="Pemeriksaan", choices=check_choices)
    name = forms.CharField(
        label="Nama kriteria",
        max_length=160,
        required=False,
        help_text="Kosong: nama yang lazim bagi kriteria dasar.",
    )
    weight = whole("Bobot")
    is_required = forms.BooleanField(label="Wajib agar Pokja efektif", required=False)
    rule = forms.CharField(
        label="Aturan dalam kata-kata",
        max_length=2000,
        required=False,
        help_text="Kosong: disusun portal dari pemeriksaan dan isiannya.",
        widget=forms.Textarea({"rows": 2}),
    )

    def __init__(self, *args, catalogue=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.checked = CHECKS.get(self._chosen())
        for name in self.checked.parameters if self.checked else ():
            self.fields[f"{PARAMETER}{name}"] = field_for(self.checked, name, catalogue)

    def _chosen(self) -> str:
        if self.is_bound:
            return self.data.get(self.add_prefix("check"), "")
        return self.initial.get("check", "")

    @property
    def parameter_fields(self):
        return [self[name] for name in self.fields if name.startswith(PARAMETER)]

    @property
    def main_fields(self):
        return [self[name] for name in ("check", "name", "weight", "is_required", "rule")]

    @property
    def heading(self) -> str:
        """Which criterion this row is, for its legend."""
        name = self["name"].value() or dict(Criterion.choices).get(self._chosen(), "")
        return name or (self.checked.label if self.checked else "")

    @property
    def parameters(self) -> dict:
        """The given parameters as they are stored; those left empty are left out."""
        if self.checked is None:
            return {}
        given = {
            name: stored_value(self.checked, name, self.cleaned_data.get(f"{PARAMETER}{name}"))
            for name in self.checked.parameters
        }
        return {name: value for name, value in given.items() if value not in (None, "", [])}


class BaseCriteria(BaseRowFormSet):
    prefix_name = "kriteria"
    row_word = "kriteria"

    def clean(self):
        super().clean()
        self.refuse_doubles(_base_check, "Kriteria {value} sudah ada pada baris lain")


def _base_check(cleaned):
    check = cleaned.get("check")
    return ("check", Criterion(check).label, check) if check in BASE else None


CriteriaRows = row_formset(CriterionForm, BaseCriteria)


def row_of(plain: dict) -> dict:
    """A criterion of the plain data as the values its row begins with."""
    check = plain["pemeriksaan"]
    found = {
        "code": plain["kode"],
        "check": check,
        "name": plain["nama"],
        "weight": plain["bobot"],
        "is_required": plain["wajib"],
        "rule": plain["aturan"],
    }
    if check in CHECKS:
        for name in CHECKS[check].parameters:
            value = plain["parameter"].get(name)
            found[f"{PARAMETER}{name}"] = shown_value(CHECKS[check], name, value)
    return found


class PointsForm(DraftForm):
    """What each maturity point is worth, and how it is worded; 0 or nothing leaves it out."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, words in POINTS:
            self.fields[f"poin-{code}"] = whole(f"Poin {words}", css="", required=False)
            self.fields[f"bunyi-{code}"] = forms.CharField(
                label=f"Bunyi {words}", max_length=255, required=False
            )

    @property
    def rows(self):
        return [(self[f"poin-{code}"], self[f"bunyi-{code}"]) for code, _ in POINTS]


class UploadForm(BaseForm, forms.Form):
    file = forms.FileField(
        label="Berkas rubrik (JSON)",
        help_text="Berkas yang diunduh dari halaman rubrik, di portal ini atau di portal lain.",
    )


class PublishForm(BaseForm, forms.Form):
    """Publishing is agreed to in so many words; ``overlaps`` each need a tick of their own."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    decided_on = IndonesianDateField(label="Tanggal keputusan")
    reason = forms.CharField(
        label="Alasan",
        max_length=2000,
        help_text="Dicatat dan tampil pada halaman rubrik.",
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args, overlaps=(), span="", **kwargs):
        super().__init__(*args, **kwargs)
        self.overlap_names = []
        for each in overlaps:
            name = f"ends_{each.rubric.pk}"
            self.overlap_names.append(name)
            self.fields[name] = forms.BooleanField(label=each.text, required=False)
        self.fields["agreed"] = forms.BooleanField(
            label=f"Saya sudah membaca pratinjau. Penilaian {span} akan memakai rubrik ini",
            error_messages={"required": "Centang bahwa pratinjau sudah dibaca"},
        )

    def clean_decided_on(self):
        day = self.cleaned_data["decided_on"]
        if day > timezone.localdate():
            raise ValidationError("Tanggal keputusan tidak boleh setelah hari ini")
        return day

    @property
    def ends(self) -> set[int]:
        """Ids of the rubrics that were agreed to give way."""
        return {
            int(name.removeprefix("ends_"))
            for name in self.overlap_names
            if self.cleaned_data.get(name)
        }

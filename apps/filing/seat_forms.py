"""Forms of the members: one seat, who holds it, its end; a whole list; the table copied on."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.cells import fold
from apps.core.forms import BaseForm, IndonesianDateField
from apps.core.rowforms import BaseRowFormSet, RowForm, row_formset
from apps.filing.forms import DATE_HELP
from apps.filing.members import PokjaDecree, gives
from apps.pokja.enums import Sector
from apps.pokja.models import Seat, name_only
from apps.pokja.seat_services import in_order
from apps.pokja.seat_sheet import TEXT_LIMIT

NAME_HELP = "Nama saja, tanpa NIP, NIK, atau nomor telepon"
SECTORS = [("", "Pilih"), *Sector.choices]
POST_WIDGETS = {
    "position": forms.TextInput({"class": "w-20", "list": "kedudukan-lazim"}),
    "home_post": forms.TextInput({"class": "w-30"}),
    "institution": forms.TextInput({"class": "w-30", "list": "instansi-lazim"}),
    "group": forms.TextInput({"class": "w-30", "list": "bidang-lazim"}),
    "sector": forms.Select({"class": "w-20"}),
}


def decree_field(decrees: list[PokjaDecree], *, required: bool) -> forms.ChoiceField:
    """Which SK gives the seats; cleans to a PokjaDecree or None."""
    choices = [("", "Pilih"), *((str(item.evidence.pk), item.label) for item in decrees)]
    known = {str(item.evidence.pk): item for item in decrees}
    return forms.TypedChoiceField(
        label="Ditetapkan dengan SK",
        choices=choices,
        coerce=known.get,
        empty_value=None,
        required=required,
        widget=forms.Select({"class": "w-30"}),
        error_messages={
            "required": "Pilih SK yang memuat susunan ini",
            "invalid_choice": "Pilih SK dari daftar",
        },
    )


def version_of(seat: Seat, decrees: list[PokjaDecree]) -> str:
    """The choice for a seat whose SK may have a newer version by now."""
    return next((str(item.evidence.pk) for item in decrees if gives(item, seat)), "")


class SeatForm(BaseForm, forms.ModelForm):
    """A seat: post, institution, sector, SK, days, and the name of who holds it."""

    name = forms.CharField(
        label="Nama pejabat",
        max_length=150,
        required=False,
        validators=[name_only],
        help_text=NAME_HELP,
        widget=forms.TextInput({"class": "w-30"}),
    )
    started_on = IndonesianDateField(label="Sejak", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (
        "institution",
        "sector",
        "position",
        "home_post",
        "group",
        "name",
        "decree",
        "started_on",
        "revision",
    )

    class Meta:
        model = Seat
        fields = ("institution", "sector", "position", "home_post", "group", "started_on")
        widgets = POST_WIDGETS
        help_texts = {
            "position": "Misalnya Ketua, Sekretaris, Anggota",
            "home_post": "Misalnya Kepala Bappeda",
        }

    def __init__(self, *args, decrees: list[PokjaDecree], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = SECTORS
        self.fields["decree"] = decree_field(decrees, required=False)
        self.fields[
            "started_on"
        ].help_text = f"{DATE_HELP}. Kosongkan untuk memakai tanggal mulai berlaku SK"
        self.order_fields(self.field_order)
        if self.instance.pk:
            self._show(decrees)
        else:
            del self.fields["revision"]

    def _show(self, decrees) -> None:
        holders = in_order(self.instance.holders.all())
        self.initial |= {
            "revision": self.instance.revision,
            "decree": version_of(self.instance, decrees),
            "name": holders[-1].name if holders else "",
        }
        if holders:
            self.fields["name"].help_text = f"Untuk membetulkan tulisan nama. {NAME_HELP}"
            self.fields["name"].required = True

    def values(self) -> dict:
        """What the service wants; without a day of its own a seat begins with its SK."""
        found = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        chosen = found.pop("decree")
        if chosen is not None:
            found["started_on"] = found["started_on"] or chosen.starts_on
        return found | {"decree": chosen.evidence if chosen else None}


class HolderForm(BaseForm, forms.Form):
    """Who holds a seat from a day on."""

    name = forms.CharField(
        label="Nama pejabat baru",
        max_length=150,
        validators=[name_only],
        help_text=NAME_HELP,
        widget=forms.TextInput({"class": "w-30"}),
    )
    started_on = IndonesianDateField(
        label="Mulai menjabat",
        help_text=f"{DATE_HELP}. Pejabat sebelumnya tercatat sampai sehari sebelumnya",
    )
    revision = forms.IntegerField(widget=forms.HiddenInput)


class EndSeatForm(BaseForm, forms.Form):
    """The last day of a member."""

    ended_on = IndonesianDateField(label="Hari terakhir", help_text=DATE_HELP)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, seat: Seat, **kwargs):
        initial = {"ended_on": timezone.localdate(), "revision": seat.revision}
        kwargs.setdefault("initial", initial)
        super().__init__(*args, **kwargs)


class ListForm(BaseForm, forms.Form):
    """The annex of an SK: pasted rows or a file."""

    text = forms.CharField(
        label="Tempel dari lembar kerja",
        required=False,
        max_length=TEXT_LIMIT,
        strip=False,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "class": "font-monospace"}),
        help_text=(
            "Urutan kolom: kedudukan, instansi, unsur, jabatan asal, bidang, nama, mulai, sampai. "
            "Tiga yang pertama wajib. Baris judul boleh ikut"
        ),
    )
    file = forms.FileField(
        label="Atau unggah berkas (XLSX atau CSV)",
        required=False,
        help_text="Paling banyak 300 baris",
    )
    # On the preview: when what the list changes takes effect.
    ends_on = IndonesianDateField(
        label="Hari terakhir mereka",
        required=False,
        help_text="Kosongkan bila mereka tetap menjabat dan daftar ini hanya tambahan",
    )
    changed_on = IndonesianDateField(
        label="Pejabat baru mulai menjabat",
        required=False,
        help_text="Untuk baris tanpa tanggal mulai; pejabat lama tercatat sampai sehari sebelumnya",
    )
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)
    unmarked = frozenset({"text", "file", "changed_on"})

    def __init__(self, *args, decrees: list[PokjaDecree], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["decree"] = decree_field(decrees, required=True)
        self.order_fields(("decree", "text", "file"))

    def clean(self):
        cleaned = super().clean()
        given = cleaned.get("file") or (cleaned.get("text") or "").strip()
        if not given and not {"file", "text"} & set(self.errors):
            self.add_error("text", ValidationError("Tempel baris anggota atau pilih berkas"))
        return cleaned

    def lacks_list(self) -> bool:
        """Whether SK or list are missing or wrong; the days of the preview are another matter."""
        return not self.is_bound or bool({"decree", "text", "file"} & set(self.errors))


class CopiedSeatForm(RowForm):
    """One seat of the SK before, as it goes on under the new one."""

    position = forms.CharField(label="Kedudukan", max_length=100, widget=POST_WIDGETS["position"])
    institution = forms.CharField(
        label="Instansi", max_length=150, widget=forms.TextInput({"list": "instansi-lazim"})
    )
    sector = forms.ChoiceField(label="Unsur", choices=SECTORS)
    home_post = forms.CharField(label="Jabatan asal", max_length=150, required=False)
    group = forms.CharField(
        label="Bidang atau seksi",
        max_length=150,
        required=False,
        widget=forms.TextInput({"list": "bidang-lazim"}),
    )
    name = forms.CharField(
        label="Nama pejabat", max_length=150, required=False, validators=[name_only]
    )
    source = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("position", "institution", "sector"):
            label = self.fields[name].label.lower()
            verb = "Pilih" if name == "sector" else "Isi"
            self.fields[name].error_messages["required"] = f"{verb} {label} anggota {self.place}"


class BaseCopiedSeats(BaseRowFormSet):
    prefix_name = "anggota"
    row_word = "anggota"

    def clean(self):
        super().clean()
        self.refuse_doubles(_identity, "{value} tertulis dua kali. Bedakan jabatan asal atau nama")


def _identity(cleaned: dict):
    names = ("position", "institution", "home_post", "group", "name")
    if not all(cleaned.get(name) for name in ("position", "institution")):
        return None
    key = tuple(fold(cleaned.get(name) or "") for name in names)
    return "institution", f"{cleaned['position']}, {cleaned['institution']}", key


CopiedSeats = row_formset(CopiedSeatForm, BaseCopiedSeats)

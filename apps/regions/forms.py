"""Forms of the admin for reference data."""

from django import forms

from apps.regions.codes import CodeError, parse_kemendagri
from apps.regions.enums import Level
from apps.regions.models import Region

HELP = ("help_name", "help_phone", "help_email")


class RegionForm(forms.ModelForm):
    """A new region, or the names of one that exists (its place and code are then fixed)."""

    class Meta:
        model = Region
        fields = (
            "level",
            "code",
            "name",
            "short_name",
            "parent",
            "administrative",
            "area_km2",
            "iso_3166_2",
            "help_name",
            "help_phone",
            "help_email",
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk and not self.instance.is_province:
            for name in HELP:
                self.fields.pop(name, None)

    def clean_code(self):
        try:
            return parse_kemendagri(self.cleaned_data["code"])
        except CodeError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self):
        cleaned = super().clean()
        if "level" not in self.fields or not cleaned.get("level"):
            return cleaned
        parent, is_province = cleaned.get("parent"), cleaned["level"] == Level.PROVINSI
        if not is_province and any(cleaned.get(name) for name in HELP):
            self.add_error("help_name", "Kontak bantuan diisi pada provinsinya.")
        if is_province and parent:
            self.add_error("parent", "Provinsi tidak punya wilayah induk.")
        elif not is_province and not parent:
            self.add_error("parent", "Pilih wilayah induk.")
        elif parent and "code" in cleaned and not cleaned["code"].startswith(f"{parent.code}."):
            self.add_error("code", f"Kode harus diawali kode wilayah induk, {parent.code}.")
        return cleaned

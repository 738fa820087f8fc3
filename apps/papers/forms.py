from django import forms

from apps.core.forms import BaseForm


class CodeForm(BaseForm, forms.Form):
    """The code of a paper as somebody reads it off; what it means is looked up by the view."""

    kode = forms.CharField(
        label="Kode",
        help_text=(
            "8 huruf dan angka di samping kode QR, misalnya 7F3K-92QD. Huruf kecil, spasi, dan "
            "tanda hubung boleh."
        ),
        error_messages={"required": "Isi kode pada rapor"},
        widget=forms.TextInput(
            {"class": "w-20", "autocomplete": "off", "autocapitalize": "characters"}
        ),
    )

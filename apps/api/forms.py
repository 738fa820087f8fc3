from django import forms

from apps.api.tokens import LIFETIMES
from apps.core.forms import BaseForm

DEFAULT_DAYS = 90


class TokenForm(BaseForm, forms.Form):
    name = forms.CharField(
        label="Nama token",
        max_length=60,
        help_text="Untuk apa token ini dipakai, misalnya “Dasbor Bappeda”",
    )
    days = forms.TypedChoiceField(
        label="Masa berlaku",
        coerce=int,
        choices=[(days, f"{days} hari") for days in LIFETIMES],
        initial=DEFAULT_DAYS,
        help_text="Paling lama setahun; sesudah itu buat token baru",
    )

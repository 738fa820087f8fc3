"""Closing takes an optional note; reopening never goes without a reason and a day to come."""

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import BaseForm, IndonesianDateField

LONGEST = 500


class CloseForm(BaseForm, forms.Form):
    note = forms.CharField(
        label="Catatan",
        required=False,
        max_length=LONGEST,
        help_text="Misalnya nomor berita acara; tercetak pada buku",
        widget=forms.Textarea({"rows": 2}),
    )


class ReopenForm(BaseForm, forms.Form):
    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST,
        help_text="Satu atau dua kalimat; tampil bagi petugas dan tersimpan dalam buku",
        widget=forms.Textarea({"rows": 3}),
    )
    until = IndonesianDateField(
        label="Batas baru", help_text="Misalnya 24 Juli 2026; sampai pukul 23.59"
    )

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise ValidationError("Pilih tanggal sesudah hari ini")
        return until

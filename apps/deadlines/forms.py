"""Locking and reopening: never without a reason."""

from django import forms
from django.core.exceptions import ValidationError

from apps.core.forms import BaseForm, IndonesianDateField
from apps.deadlines.models import KIND_CHOICES

LONGEST_REASON = 500
ALL_KINDS = "Semua jenis"


class ReasonForm(BaseForm, forms.Form):
    """Why something is locked or unlocked, and which state the person saw."""

    reason = forms.CharField(
        label="Alasan",
        max_length=LONGEST_REASON,
        help_text="Satu atau dua kalimat; tampil bagi petugas dan tersimpan dalam riwayat",
        widget=forms.Textarea({"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput)


class ReopenForm(ReasonForm):
    """For one region: of which kind, until when, and why."""

    kind = forms.ChoiceField(
        label="Jenis isian",
        choices=[("", ALL_KINDS), *KIND_CHOICES],
        required=False,
        widget=forms.Select({"class": "w-20"}),
    )
    until = IndonesianDateField(
        label="Dibuka sampai dengan", help_text="Misalnya 24 Juli 2026; sampai pukul 23.59"
    )
    field_order = ("kind", "until", "reason", "seen")
    unmarked = frozenset({"kind"})

    def __init__(self, *args, today, **kwargs):
        self.today = today
        super().__init__(*args, **kwargs)

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError("Tanggal sudah lewat. Pilih hari ini atau sesudahnya")
        return until

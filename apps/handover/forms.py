"""To whom, from when, until when, and why."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.accounts.invitations import same_people
from apps.accounts.models import User
from apps.accounts.people_forms import PersonForm
from apps.core.formats import format_date
from apps.core.forms import IndonesianDateField
from apps.handover.services import Terms

KEEP_AT_MOST = timedelta(days=92)  # a quarter beside the successor
ACTING_AT_MOST = timedelta(days=366)
NOBODY = "Pilih pengganti, atau isi nama lengkap orang baru"


class SuccessorField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        where = f", {user.office}" if user.office else ""
        waits = "" if user.is_active else ", diundang"
        return f"{user.full_name} ({user.username}{where}{waits})"


class HandOverForm(PersonForm):
    """A person of the list, or a new one; then the terms."""

    successor = SuccessorField(
        User.objects.none(),
        label="Pengganti",
        required=False,
        empty_label="Orang baru, isi di bawah",
    )
    is_other = forms.BooleanField(
        label="Orang lain dengan nama atau e-mail yang sama",
        required=False,
    )
    reason = forms.CharField(
        label="Alasan atau dasar",
        max_length=300,
        help_text="Misalnya mutasi, dengan nomor SK pelantikannya.",
    )
    keep_until = IndonesianDateField(
        label="Pemegang lama masih bekerja sampai",
        required=False,
        help_text="Kosongkan agar aksesnya berakhir hari ini.",
    )
    acting_until = IndonesianDateField(
        label="Plt. sampai",
        required=False,
        help_text="Isi hanya bila penggantinya pelaksana tugas; aksesnya berakhir sendiri.",
    )

    field_order = ("successor", "full_name", "office", "email", "channel", "username", "is_other")
    unmarked = frozenset({"successor", "full_name", "channel"})

    def __init__(self, *args, actor, candidates, **kwargs):
        self.actor = actor
        super().__init__(*args, **kwargs)
        self.fields["successor"].queryset = candidates
        self.fields["full_name"].required = False

    def clean_keep_until(self):
        return self._later("keep_until", KEEP_AT_MOST)

    def clean_acting_until(self):
        return self._later("acting_until", ACTING_AT_MOST)

    def _later(self, name, at_most):
        day, today = self.cleaned_data[name], timezone.localdate()
        if day is None:
            return None
        if day <= today:
            raise ValidationError(f"Tulis tanggal setelah hari ini, {format_date(today)}")
        if day > today + at_most:
            raise ValidationError(f"Paling lama sampai {format_date(today + at_most)}")
        return day

    def clean(self):
        if self.data.get("successor"):
            self._forget_newcomer()
        cleaned = super().clean()
        if cleaned.get("successor") or self.has_error("successor"):
            return cleaned
        if not (cleaned.get("full_name") or self.has_error("full_name")):
            self.add_error("successor", NOBODY)
        elif not (self.errors or cleaned.get("is_other")):
            self._ask_for_doubles()
        return cleaned

    def _forget_newcomer(self):
        """With somebody chosen from the list the fields of a new person say nothing."""
        for name in ("full_name", "office", "email", "username", "channel"):
            self._errors.pop(name, None)
            self.cleaned_data.pop(name, None)

    def _ask_for_doubles(self):
        if same := same_people(self.person, actor=self.actor):
            names = ", ".join(f"{user} ({user.username})" for user in same)
            self.add_error(
                "is_other",
                f"Sudah ada akun yang serupa: {names}. Pilih dari daftar pengganti, atau centang "
                "“Orang lain”",
            )

    @property
    def terms(self) -> Terms:
        answers = self.cleaned_data
        return Terms(answers["reason"], answers["acting_until"], answers["keep_until"])

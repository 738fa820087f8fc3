"""Forms of the import pages in the admin."""

import re

from django import forms
from django.core.signing import BadSignature, TimestampSigner
from import_export.forms import ConfirmImportForm, ImportForm

from apps.exchange.admin_resources import PREVIEW_AGE, PreviewStorage
from apps.verification.importing import STATUS_WORDS

GONE = "Pratinjau ini sudah tidak ada. Unggah berkasnya sekali lagi"
STATUS_CHOICES = [(word, word.capitalize()) for word in STATUS_WORDS]


def sign_preview(user, name: str) -> str:
    """The name of a preview, good for this person and half an hour."""
    return _signer(user).sign(name)


def _signer(user) -> TimestampSigner:
    return TimestampSigner(salt=f"pratinjau-impor-{user.pk}")


class FileImportForm(ImportForm):
    """The file; for evidence also the state in which it arrives."""

    def __init__(self, formats, resources, *, asks_status=False, **kwargs):
        super().__init__(formats, resources, **kwargs)
        self.fields["import_file"].label = "Berkas (XLSX atau CSV)"
        self.fields["format"].label = "Format"
        self.fields["format"].widget = forms.HiddenInput()
        self.initial["format"] = "0"
        if asks_status:
            self.fields["status"] = forms.ChoiceField(
                label="Status setelah diimpor", choices=STATUS_CHOICES, initial="draf"
            )

    @property
    def media(self):
        return forms.Media()  # the package's script guesses a format; ours is told by content


class FileConfirmForm(ConfirmImportForm):
    """Carries the preview from one page to the next; worthless to anybody else."""

    format = forms.ChoiceField(choices=[("0", "0")], widget=forms.HiddenInput)
    status = forms.ChoiceField(choices=STATUS_CHOICES, widget=forms.HiddenInput, required=False)

    def __init__(self, *args, user, **kwargs):
        self.user = user
        super().__init__(*args, **kwargs)

    def clean_import_file_name(self):
        signed = self.cleaned_data["import_file_name"]
        try:
            name = _signer(self.user).unsign(signed, max_age=PREVIEW_AGE)
        except BadSignature:
            raise forms.ValidationError(GONE) from None
        if not re.fullmatch(r"[0-9a-f]{32}", name) or not PreviewStorage(name=name).exists():
            raise forms.ValidationError(GONE)
        return name

"""Forms of the import pages in the admin."""

from django import forms
from import_export.forms import ConfirmImportForm, ImportForm

from apps.exchange.previews import GONE, signed_name
from apps.verification.importing import STATUS_WORDS

STATUS_CHOICES = [(word, word.capitalize()) for word in STATUS_WORDS]


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
        name = signed_name(self.user, self.cleaned_data["import_file_name"])
        if not name:
            raise forms.ValidationError(GONE)
        return name

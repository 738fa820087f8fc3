"""The form of the import pages on the portal."""

from django import forms

from apps.accounts.enums import Act
from apps.accounts.scope import PERMISSIONS
from apps.core.forms import BaseForm
from apps.verification.importing import STATUS_WORDS

FILE_HELP = "XLSX atau CSV, paling besar 20 MB"
STATUS_HELP = "Draf masih dapat diubah; yang diajukan langsung masuk antrean verifikasi"
STATUS_LABELS = {
    "draf": "Draf",
    "diajukan": "Diajukan untuk diverifikasi",
    "terverifikasi": "Terverifikasi",
}


class ImportForm(BaseForm, forms.Form):
    """A file, and for evidence the state in which it arrives."""

    file = forms.FileField(label="Berkas", help_text=FILE_HELP)
    status = forms.ChoiceField(
        label="Keadaan setelah diimpor", initial="draf", help_text=STATUS_HELP
    )

    def __init__(self, *args, user, asks_status: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_status:
            self.fields["status"].choices = statuses_for(user)
        else:
            del self.fields["status"]


def statuses_for(user) -> list[tuple[str, str]]:
    """Words of ``STATUS_WORDS`` with their labels: verified only for those who may verify."""
    judges = user.scope.has_role(*PERMISSIONS[Act.VERIFY])
    words = [word for word in STATUS_WORDS if judges or word != "terverifikasi"]
    return [(word, STATUS_LABELS[word]) for word in words]

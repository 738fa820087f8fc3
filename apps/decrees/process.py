"""The folded part of the SK form: "Proses di Bagian Hukum", since when, with which nota dinas.

It is saved with a draft that has no number yet, and stays with the SK once it has one.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from apps.core.formats import format_date
from apps.core.forms import IndonesianDateField
from apps.documents.checks import DocumentRefused, check_pdf
from apps.documents.known_files import usable_documents
from apps.documents.services import store_document

WHAT = "Nota dinas"
FUTURE = "Tanggal masuk Bagian Hukum tidak boleh setelah hari ini, {today}"
SINCE = "Isi sejak kapan SK diproses di Bagian Hukum"


class ProcessFormMixin(forms.Form):
    """``in_process_since``, ``process_file`` and the code of a file kept over an error page.

    The form sets ``region``, ``user`` and ``held_process`` (the nota dinas there is) first.
    """

    held_process = None

    in_process_since = IndonesianDateField(
        label="Di Bagian Hukum sejak",
        required=False,
        help_text="Bila SK sedang diproses di Bagian Hukum: simpan sebagai draf; nomor dan berkas "
        "SK menyusul",
    )
    process_file = forms.FileField(
        label=f"{WHAT} (PDF)",
        required=False,
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
        help_text="Surat pengantar ke Bagian Hukum, bila ada",
    )
    process_document = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_in_process_since(self):
        day, today = self.cleaned_data["in_process_since"], timezone.localdate()
        if day and day > today:
            raise ValidationError(FUTURE.format(today=format_date(today)))
        return day

    def clean_process_file(self):
        upload = self.cleaned_data.get("process_file")
        if upload:
            check_pdf(upload, WHAT)
        return upload or None

    def clean_process_document(self):
        """The file kept on an earlier attempt; one that is foreign or gone is left out."""
        code = self.cleaned_data.get("process_document")
        return code and usable_documents(self.user, self.region).filter(uuid=code).first()

    def clean_process(self) -> None:
        """A nota dinas without a day says nothing of how long it has been there."""
        kept = self.cleaned_data.get("process_file") or self.cleaned_data.get("process_document")
        if kept and not self.cleaned_data.get("in_process_since") and not self.errors:
            self.add_error("in_process_since", SINCE)

    @property
    def kept_process(self):
        """The nota dinas that waits for the rest of the form, to be named on the page."""
        return getattr(self, "cleaned_data", {}).get("process_document")

    def take_process(self, *, actor):
        """The Document to save with the SK, or None to keep the one there is."""
        if upload := self.cleaned_data.get("process_file"):
            return store_document(upload, region=self.region, actor=actor, what=WHAT)
        return self.kept_process

    def keep_process(self, *, actor) -> None:
        """Of an invalid form: store a sound nota dinas, so that it need not be sent again."""
        if not self.cleaned_data.get("process_file"):
            return
        try:
            document = self.take_process(actor=actor)
        except DocumentRefused as refusal:
            self.add_error("process_file", refusal)
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("process_document")] = str(document.uuid)
        self.cleaned_data |= {"process_document": document, "process_file": None}

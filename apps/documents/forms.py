"""The part of a form that takes a PDF and does not lose it when another field is wrong.

A browser cannot keep a chosen file over an error page. So a sound file is stored at once and the
page carries its code along (hidden field ``document``) until the rest is right.
"""

from django import forms

from apps.documents.checks import check_pdf
from apps.documents.models import Document
from apps.documents.services import store_document


class DocumentFormMixin(forms.Form):
    """``file`` and ``document``; put it behind BaseForm or DraftForm.

    The subclass sets ``what`` ("Berkas SK"), and on each form, before ``super().__init__``,
    ``region``, ``user`` and ``held_document``: the file the item has already, which stays unless
    another is chosen.
    """

    what = "Berkas"
    file_help = file_missing = ""
    region = user = held_document = None

    file = forms.FileField(
        label="Berkas (PDF)",
        required=False,
        widget=forms.FileInput({"accept": "application/pdf,.pdf"}),
    )
    document = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        field.label, field.help_text = f"{self.what} (PDF)", self.file_help
        field.required = self.held_document is None
        if self.file_missing:
            field.error_messages["required"] = self.file_missing

    def _clean_fields(self):
        """A file must be there, but not of necessity in this request."""
        field = self.fields["file"]
        required, field.required = field.required, False
        super()._clean_fields()
        field.required = required
        if required and "file" not in self._errors and not self.has_document():
            self.add_error("file", field.error_messages["required"])

    def clean_file(self):
        """A sound PDF or nothing; the sentences are those of ``documents.checks``."""
        upload = self.cleaned_data.get("file")
        if upload:
            check_pdf(upload, self.what)
        return upload or None

    def clean_document(self):
        """The file stored on an earlier attempt; one that is foreign or gone is left out."""
        code = self.cleaned_data.get("document")
        if code is None:
            return None
        return (
            Document.objects.for_user(self.user)
            .filter(uuid=code, region=self.region, uploaded_by=self.user)
            .first()
        )

    @property
    def kept_document(self):
        """The file stored on an earlier attempt, to be named on the page."""
        return getattr(self, "cleaned_data", {}).get("document")

    def has_document(self) -> bool:
        return bool(self.cleaned_data.get("file") or self.kept_document or self.held_document)

    def take_document(self, *, actor):
        """Store what was uploaded; the Document to save, or None to keep the one there is.

        Call inside ``document_transaction`` together with what uses the document.
        """
        if upload := self.cleaned_data.get("file"):
            return store_document(upload, region=self.region, actor=actor, what=self.what)
        return self.kept_document

    def keep_file(self, *, actor) -> None:
        """Of an invalid form: store a sound file, so that it need not be sent again."""
        upload = self.cleaned_data.get("file")
        if not upload:
            return
        document = store_document(upload, region=self.region, actor=actor, what=self.what)
        self.data = self.data.copy()
        self.data[self.add_prefix("document")] = str(document.uuid)
        self.cleaned_data |= {"document": document, "file": None}

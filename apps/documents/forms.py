"""The part of a form that takes a PDF or photos and does not lose them when another field is wrong.

A browser cannot keep a chosen file over an error page. So a sound file is stored at once and the
page carries its code along (``document``) until the rest is right. With JavaScript the file is
sent on its own (static/js/unggah.js) and only the code comes with the form.
"""

import json

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import cached_property

from apps.core.formats import format_size
from apps.documents import photos, refusals
from apps.documents.checks import check_files
from apps.documents.known_files import (
    MOST,
    share_words,
    unfinished_uploads,
    usable_documents,
)
from apps.documents.refusals import DocumentRefused
from apps.documents.services import store_document
from apps.documents.store import StoreUnavailable

KINDS = "PDF, atau foto tiap halaman (JPG, PNG, paling banyak {most}), paling besar {limit}"
# Ending and kind: with the kinds a phone offers its camera. HEIC is chosen only to be advised on.
ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or several uploaded files; cleans to a list, empty where none was chosen."""

    widget = FilesInput

    def clean(self, data, initial=None):
        clean = super().clean
        found = [clean(file, initial) for file in data or [None]]
        return [file for file in found if file]


class DocumentFormMixin(forms.Form):
    """``file`` and ``document``; put it behind BaseForm or DraftForm.

    The subclass sets ``what`` ("Berkas SK"), and on each form, before ``super().__init__``,
    ``region``, ``user`` and ``held_document``: the file the item has already, which stays unless
    another is chosen. ``document`` is the code of a file the portal has: sent on an earlier
    attempt, sent by itself, or chosen from the region's. A file in the same request wins over it.
    """

    what = "Berkas"
    file_help = file_missing = ""
    region = user = held_document = None

    file = FilesField(label="Berkas (PDF atau foto)", required=False)
    document = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["file"]
        kinds = KINDS.format(most=photos.MOST, limit=format_size(settings.UPLOAD_MAX_BYTES))
        field.label = f"{self.what} (PDF atau foto)"
        field.help_text = f"{self.file_help}. {kinds}" if self.file_help else kinds
        field.widget.attrs |= {"accept": ACCEPT, "class": "w-30"}
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

    def clean_file(self) -> list[UploadedFile]:
        """A sound PDF, sound photos in page order, or nothing."""
        files = photos.natural_order(self.cleaned_data.get("file") or [])
        if files:
            try:
                check_files(files, self.what)
            except StoreUnavailable as trouble:
                raise forms.ValidationError(str(trouble)) from None
        return files

    def clean_document(self):
        """The file the code stands for; one that is foreign or gone is left out."""
        code = self.cleaned_data.get("document")
        if code is None:
            return None
        return usable_documents(self.user, self.region).filter(uuid=code).first()

    @property
    def kept_document(self):
        """The file that waits for the rest of the form, to be named on the page."""
        return getattr(self, "cleaned_data", {}).get("document")

    @cached_property
    def known_documents(self) -> list:
        """The region's newest documents to choose from, without those the page names already."""
        named = [document.pk for document in (self.kept_document, self.held_document) if document]
        rows = usable_documents(self.user, self.region).exclude(pk__in=named)
        return list(rows[:MOST])

    @cached_property
    def unfinished(self) -> list:
        """(upload, "12,1 dari 21,4 MB") of what the user can go on with in this region."""
        rows = unfinished_uploads(self.user, self.region)
        return [(upload, share_words(upload)) for upload in rows]

    @property
    def upload_rules(self) -> dict:
        """What the page's script can tell of a choice before it is sent: limits and sentences."""
        limit = settings.UPLOAD_MAX_BYTES
        sentences = {
            "apple": refusals.APPLE.format(what=self.what, format="HEIC"),
            "mixed": refusals.MIXED,
            "pdfs": refusals.TWO_PDFS.format(what=self.what),
            "many": refusals.TOO_MANY_PHOTOS.format(most=photos.MOST),
            "large": refusals.PHOTOS_TOO_LARGE.format(size="{size}", limit=format_size(limit)),
        }
        return {"limit": limit, "most": photos.MOST, "sentences": json.dumps(sentences)}

    def has_document(self) -> bool:
        return bool(self.cleaned_data.get("file") or self.kept_document or self.held_document)

    def take_document(self, *, actor):
        """Store what was uploaded; the Document to save, or None to keep the one there is.

        Call inside ``document_transaction`` together with what uses the document.
        """
        if files := self.cleaned_data.get("file"):
            return store_document(files, region=self.region, actor=actor, what=self.what)
        return self.kept_document

    def keep_file(self, *, actor) -> None:
        """Of an invalid form: store a sound file, so that it need not be sent again."""
        if not self.cleaned_data.get("file"):
            return
        try:
            document = self.take_document(actor=actor)
        except DocumentRefused as refusal:
            self.add_error("file", refusal)
            return
        except StoreUnavailable as trouble:
            self.add_error("file", str(trouble))
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("document")] = str(document.uuid)
        self.cleaned_data |= {"document": document, "file": []}

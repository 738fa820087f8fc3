"""Uploaded files between preview and confirmation; each good for one person and half an hour."""

import re
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.signing import BadSignature, TimestampSigner
from django.utils import timezone
from import_export.tmp_storages import BaseStorage

PREVIEW_FOLDER = "pratinjau"
PREVIEW_AGE = timedelta(minutes=30)
GONE = "Pratinjau ini sudah tidak ada. Unggah berkasnya sekali lagi"


class PreviewStorage(BaseStorage):
    """In the storage all machines share.

    What nobody confirmed is removed by the next upload once it is half an hour old.
    """

    def save(self, data):
        self.remove_old()
        self.name = uuid4().hex
        default_storage.save(self._path(), ContentFile(data))

    def read(self):
        with default_storage.open(self._path(), "rb") as file:
            return file.read()

    def remove(self):
        default_storage.delete(self._path())

    def exists(self) -> bool:
        return default_storage.exists(self._path())

    def _path(self):
        return f"{PREVIEW_FOLDER}/{self.name}"

    @staticmethod
    def remove_old() -> None:
        if not default_storage.exists(PREVIEW_FOLDER):
            return
        for name in default_storage.listdir(PREVIEW_FOLDER)[1]:
            path = f"{PREVIEW_FOLDER}/{name}"
            if timezone.now() - default_storage.get_modified_time(path) > PREVIEW_AGE:
                default_storage.delete(path)


def sign_preview(user, name: str) -> str:
    """The name of a preview, worthless to anybody else."""
    return _signer(user).sign(name)


def signed_name(user, signed: str) -> str:
    """The name behind a signed one; "" where it is another's, too old, or its file is gone."""
    try:
        name = _signer(user).unsign(signed, max_age=PREVIEW_AGE)
    except BadSignature:
        return ""
    known = re.fullmatch(r"[0-9a-f]{32}", name) and PreviewStorage(name=name).exists()
    return name if known else ""


def _signer(user) -> TimestampSigner:
    return TimestampSigner(salt=f"pratinjau-impor-{user.pk}")

"""Files of a form on their way to a temporary file."""

import contextlib
import io

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

from apps.core.database import release_connections
from apps.documents.store import NO_SPACE


class RoomyUploadHandler(TemporaryFileUploadHandler):
    """Where the temporary disk is full the form still arrives, the file empty and ``is_lost``.

    Django would answer 500 before any view runs, and what was typed would be lost with the file.
    """

    is_lost = False

    def new_file(self, field_name, file_name, *args, **kwargs):
        """The name from outside is no part of the temporary file's: with an ending of 250 signs
        the system could not open it. What follows comes as slowly as the line is."""
        release_connections()
        super().new_file(field_name, "unggahan", *args, **kwargs)
        self.file_name = self.file.name = file_name

    def receive_data_chunk(self, raw_data, start):
        if not self.is_lost:
            self._or_lost(super().receive_data_chunk, raw_data, start)

    def file_complete(self, file_size):
        file = None if self.is_lost else self._or_lost(super().file_complete, file_size)
        return file or self._nothing(file_size)

    def _or_lost(self, step, *words):
        try:
            return step(*words)
        except OSError as error:
            if error.errno not in NO_SPACE:
                raise
            self.is_lost = True
            with contextlib.suppress(OSError):  # what it could not write it tries again
                self.file.close()

    def _nothing(self, size):
        """Half a file must never be read as a whole one."""
        file = InMemoryUploadedFile(
            io.BytesIO(), self.field_name, self.file_name, self.content_type, size, self.charset
        )
        file.is_lost = True
        return file

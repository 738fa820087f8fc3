"""A mail server of nobody: each mail is a file in a folder (EMAIL_URL=spool://…).

One file for each Message-ID, put in place whole: a mail sent again overwrites itself. So the
default needs no other server, and holds every mail exactly once whatever dies when.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    """Writes into ``EMAIL_FILE_PATH``; in development the console tells of it."""

    def __init__(self, *args, file_path=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, email_messages) -> int:
        for message in email_messages:
            self._keep(message)
        return len(email_messages)

    def _keep(self, message) -> None:
        written = message.message()
        target = self.folder / file_name(written["Message-ID"])
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        put_whole(target, written.as_bytes())
        if settings.DEBUG:
            _show(message, target)


def _show(message, target: Path) -> None:
    """One line; a mail somebody asked for (a new password, an invitation) with its words, since
    the link in it is needed."""
    print(
        f"Surel untuk {', '.join(message.recipients())}: {message.subject} ({target})", flush=True
    )
    if "Auto-Submitted" not in message.extra_headers:
        print(message.body, flush=True)


def file_name(message_id: str) -> str:
    """The name of a mail's file: a word of our own, whatever the Message-ID holds."""
    return f"{hashlib.sha256(message_id.encode()).hexdigest()[:32]}.eml"


def put_whole(target: Path, content: bytes) -> None:
    """Write a file that is there with all its bytes or not at all, readable by us alone."""
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(target)
    for left in target.parent.glob(f".{target.name}.*"):  # of a process that died while writing
        left.unlink(missing_ok=True)

"""Errors that become a page of their own; see ``middleware`` for how."""


class Conflict(Exception):
    """Somebody was faster: what this person did rests on a state that is no longer there (409).

    ``message`` and ``detail`` are Indonesian sentences for the person; ``url`` leads to the
    newest version (the address that was asked for, when empty). ``typed`` is what the person had
    entered, as (label, text) pairs, so that nothing typed is lost.
    """

    default_message = "Isian ini sudah berubah. Muat ulang untuk melihat versi terbaru."

    def __init__(self, message="", detail="", *, url="", typed=()):
        self.message = message or self.default_message
        self.detail = detail
        self.url = url
        self.typed = tuple(typed)
        super().__init__(self.message)


class Unavailable(Exception):
    """What the portal leans on does not answer for the moment (503): its text is an Indonesian
    sentence for the person; ``status`` may say it more closely."""

    status = 503

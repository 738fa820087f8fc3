from django.db import models


class State(models.TextChoices):
    """What became of a region's reply to a decision."""

    AGREED = "agreed", "Disetujui daerah"
    OPEN = "open", "Menunggu jawaban"
    WITHDRAWN = "withdrawn", "Ditarik kembali"
    UPHELD = "upheld", "Sanggahan diterima"
    REJECTED = "rejected", "Sanggahan tidak diterima"


DISPUTED = (State.OPEN, State.WITHDRAWN, State.UPHELD, State.REJECTED)
ANSWERED = (State.UPHELD, State.REJECTED)


class Outcome(models.TextChoices):
    """What follows from a dispute that was upheld; the sentences stand in words."""

    QUEUED = "queued", "Kembali ke antrean"
    BEGUN = "begun", "Sudah mulai diubah"
    MOVED_ON = "moved_on", "Status sudah berubah"
    TO_CANCEL = "to_cancel", "Menunggu pembatalan"
    TO_SEND = "to_send", "Menunggu versi baru"

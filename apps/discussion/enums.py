from datetime import timedelta

from django.db import models


class State(models.TextChoices):
    """Where a follow-up stands."""

    OPEN = "open", "Belum selesai"
    DONE = "done", "Menunggu penilaian"
    ADEQUATE = "adequate", "Memadai"
    CANCELLED = "cancelled", "Dibatalkan"


class Deed(models.TextChoices):
    """What happened to a follow-up, one row of its story each."""

    CREATED = "created", "Diminta"
    DONE = "done", "Dinyatakan selesai"
    ADEQUATE = "adequate", "Dinilai memadai"
    INADEQUATE = "inadequate", "Dinilai belum memadai"
    CANCELLED = "cancelled", "Dibatalkan"
    HANDED = "handed", "Diserahkan dengan jabatannya"


# How long a comment may be taken back, as long as nobody has answered.
TAKE_BACK_FOR = timedelta(hours=1)
MAX_TEXT = 2000  # letters of a comment
MAX_TASK = 500  # letters of what is to be done, of a note or a reason

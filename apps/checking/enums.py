from django.db import models


class Shown(models.TextChoices):
    """Which part of the queue is shown; the value stands in the address."""

    WAITING = "menunggu", "Menunggu"
    RETURNED = "dikembalikan", "Dikembalikan"
    DONE = "selesai", "Selesai hari ini"


class Mark(models.TextChoices):
    """What the verifier found of one value."""

    RIGHT = "sesuai", "Sesuai"
    WRONG = "tidak", "Tidak"

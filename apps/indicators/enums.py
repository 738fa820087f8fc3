from django.db import models


class Direction(models.TextChoices):
    """Which way is better (spec section 5, "Achievement of an indicator")."""

    UP = "up", "Naik lebih baik"
    DOWN = "down", "Turun lebih baik"
    RANGE = "range", "Dalam kisaran"
    YES_NO = "yes_no", "Ya atau tidak"

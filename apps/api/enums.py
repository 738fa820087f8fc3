from django.db import models


class State(models.TextChoices):
    """What a token is at a moment; the label is what its owner reads."""

    OPEN = "open", "Berlaku"
    EXPIRED = "expired", "Habis masa berlakunya"
    REVOKED = "revoked", "Dicabut"

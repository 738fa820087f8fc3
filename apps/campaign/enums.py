from django.db import models


class Channel(models.TextChoices):
    """How a region was reminded."""

    LETTER = "letter", "Surat"
    WHATSAPP = "whatsapp", "Pesan WhatsApp"
    PORTAL = "portal", "Pemberitahuan portal"


class LetterKind(models.TextChoices):
    """The three kinds of text, from mild to strict; the label is also the heading."""

    COVER = "cover", "Surat pengantar"
    REMINDER = "reminder", "Surat pengingat"
    WARNING = "warning", "Surat teguran"


# The words of the kinds in addresses and file names.
KIND_SLUGS = {
    "pengantar": LetterKind.COVER,
    "pengingat": LetterKind.REMINDER,
    "teguran": LetterKind.WARNING,
}
SLUG_OF = {kind: slug for slug, kind in KIND_SLUGS.items()}


class Addressee(models.TextChoices):
    """Whom the letter addresses; always an office, never a name."""

    OFFICE = "office", "Kepala OPD KB"
    HEAD = "head", "Kepala daerah (Gubernur, Bupati, Wali Kota)"


class State(models.TextChoices):
    """What a region is found in; the value is the word of its filter in the address.

    A region carries every one that fits; the first that fits is shown, in this order.
    """

    COMPLETE = "lengkap", "Lengkap"
    NEVER_IN = "belum-masuk", "Belum pernah masuk"
    NOT_STARTED = "belum-mulai", "Belum mulai"
    LATE = "terlambat", "Terlambat"
    TO_FIX = "perlu-diperbaiki", "Perlu diperbaiki"
    INCOMPLETE = "belum-lengkap", "Belum lengkap"

from django.db import models


class CoverageRole(models.TextChoices):
    """What a decree does to a Pokja."""

    ESTABLISH = "establish", "Membentuk"
    AMEND = "amend", "Mengubah"
    REVOKE = "revoke", "Mencabut"


class SignerStatus(models.TextChoices):
    """How the signer holds the post; acting officials are the rule, not the exception."""

    DEFINITIVE = "definitif", "Definitif"
    PJ = "pj", "Pj."
    PJS = "pjs", "Pjs."
    PLT = "plt", "Plt."
    PLH = "plh", "Plh."
    AN = "an", "a.n."


class ValidityBasis(models.TextChoices):
    """What the end of a decree rests on where no end date is written (spec section 5.1)."""

    WRITTEN = "tertulis", "Tanggal tertulis dalam SK"
    BUDGET_YEAR = "tahun_anggaran", "Satu tahun anggaran"
    UNTIL_REVOKED = "sampai_dicabut", "Sampai dicabut"

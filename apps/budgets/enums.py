from django.db import models


class Stage(models.TextChoices):
    """Stages of a year's budget; a later stage replaces the earlier whole (spec section 5.4)."""

    ORIGINAL = "murni", "Murni"
    SHIFT = "pergeseran", "Pergeseran"
    REVISION = "perubahan", "Perubahan"


STAGE_ORDER = {Stage.ORIGINAL: 1, Stage.SHIFT: 2, Stage.REVISION: 3}


class Basis(models.TextChoices):
    """The document an amount rests on."""

    DPA = "DPA", "DPA"
    DPPA = "DPPA", "DPPA"
    RKA = "RKA", "RKA"
    APBDES = "APBDes", "APBDes"
    DIPA = "DIPA", "DIPA"

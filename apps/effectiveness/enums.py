from django.db import models


class Criterion(models.TextChoices):
    """The four criteria, always in this order; the values are the column names of the files."""

    DECREE = "sk", "SK"
    PLAN = "rencana_kerja", "Rencana kerja"
    INDICATORS = "indikator", "Indikator"
    BUDGET = "anggaran", "Anggaran"


class RegionRule(models.TextChoices):
    """When a region counts as effective (spec section 5, "The official figure")."""

    ANY = "any", "Paling sedikit satu Pokja efektif"
    INTEGRATED = "integrated", "Pokja terintegrasi (Bangga Kencana) efektif"
    ALL = "all", "Semua Pokja efektif"


class RubricStatus(models.TextChoices):
    DRAFT = "draft", "Draf"
    PUBLISHED = "published", "Berlaku"
    REPLACED = "replaced", "Digantikan"

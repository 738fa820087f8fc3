from django.db import models

from apps.core.scoping import ScopedQuerySet


class EffectiveTarget(models.Model):
    """How many regions a province promised to have effective in a year (two numbers)."""

    region_path = "province"

    province = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="provinsi"
    )
    year = models.PositiveSmallIntegerField("tahun")
    provinces = models.PositiveSmallIntegerField("target provinsi", default=1)
    districts = models.PositiveSmallIntegerField("target kab/kota")
    source = models.CharField("sumber", max_length=160, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "target wilayah efektif"
        verbose_name_plural = "target wilayah efektif"
        ordering = ("province__code", "year")
        constraints = (
            models.UniqueConstraint(fields=("province", "year"), name="effective_target_once"),
        )

    def __str__(self):
        return f"{self.province} {self.year}"

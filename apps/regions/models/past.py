"""What regions were called before, and what became of them on which day."""

from django.db import models
from django.db.models import F, Q

from apps.core.scoping import ScopedQuerySet
from apps.regions.enums import Level
from apps.regions.models.region import Region, full_name


class RegionName(models.Model):
    """A name a region no longer bears (or that of one merged into it), until ``valid_to``.

    The name of today stands in ``Region``; ``valid_from`` empty = since before our records.
    """

    region_path = "region"

    region = models.ForeignKey(Region, models.CASCADE, related_name="names", verbose_name="wilayah")
    name = models.CharField("nama resmi", max_length=120)
    short_name = models.CharField("nama pendek", max_length=120)
    level = models.CharField("tingkat", max_length=10, choices=Level.choices)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_to = models.DateField("berlaku sampai")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "nama lama wilayah"
        verbose_name_plural = "nama lama wilayah"
        ordering = ["-valid_to", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_from__lte=F("valid_to")),
                name="region_name_dates_in_order",
            ),
        ]

    def __str__(self):
        return full_name(self.name, self.level)


class RegionEvent(models.Model):
    """What became of a region on a day, in words, for those who read its figures over the years.

    Public like the figures themselves. Written together with the change, never edited.
    """

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="events", verbose_name="wilayah"
    )
    on = models.DateField("berlaku mulai")
    words = models.CharField("yang berubah", max_length=300)

    class Meta:
        verbose_name = "peristiwa wilayah"
        verbose_name_plural = "peristiwa wilayah"
        ordering = ["on", "id"]

    def __str__(self):
        return self.words

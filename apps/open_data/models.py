"""Which closed years a province has opened to everybody, since when, by whom."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from apps.core.scoping import ScopedQuerySet


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class PublicationQuerySet(ScopedQuerySet):
    def standing(self):
        """Those that are open to the public now."""
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """The book of a province's year, open to everybody until it is withdrawn.

    ``editions`` pins what was published: {region id as text: edition of its frozen rows}. A region
    that is closed again later does not move it; a new publication takes its place, and this one
    stays as a record.
    """

    region_path = "province"

    province = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="provinsi"
    )
    year = models.PositiveSmallIntegerField("tahun")
    closing = models.ForeignKey(
        "effectiveness.Closing",
        models.PROTECT,
        related_name="publications",
        verbose_name="buku tahun",
    )
    editions = models.JSONField("edisi tiap wilayah", default=dict)
    contact = models.CharField("kontak untuk umum", max_length=200)
    note = models.TextField("catatan", blank=True)
    published_by = _person("dibuka oleh", null=True)
    published_at = models.DateTimeField("dibuka pada", default=timezone.now)
    withdrawn_by = _person("ditutup oleh", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ditutup pada", null=True, blank=True)
    withdrawal_reason = models.TextField("alasan ditutup", blank=True)

    objects = models.Manager.from_queryset(PublicationQuerySet)()

    class Meta:
        verbose_name = "data terbuka"
        verbose_name_plural = "data terbuka"
        ordering = ("-published_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("province", "year"),
                condition=Q(withdrawn_at=None),
                name="publication_one_standing",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="publication_withdrawn_with_reason",
            ),
        )

    def __str__(self):
        return f"Data terbuka {self.year}, {self.province}"

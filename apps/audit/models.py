from django.conf import settings
from django.db import models

from apps.core.scoping import ScopedManager


class Entry(models.Model):
    """Who did what to which record, from what to what, why and when. Never changed later."""

    region_path = "region"

    at = models.DateTimeField("waktu", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="pelaku"
    )
    role = models.CharField("peran", max_length=20, blank=True)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", verbose_name="wilayah"
    )
    action = models.CharField("tindakan", max_length=60)
    object_type = models.CharField("jenis data", max_length=60)
    object_id = models.CharField("nomor data", max_length=60)
    object_label = models.CharField("data", max_length=255)
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    reason = models.TextField("alasan", blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "catatan audit"
        verbose_name_plural = "jejak audit"
        ordering = ("-id",)
        indexes = (models.Index(fields=("object_type", "object_id"), name="audit_object"),)

    def __str__(self):
        return f"{self.action}: {self.object_label}"

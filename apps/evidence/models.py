from django.conf import settings
from django.db import models

from apps.core.scoping import ScopedQuerySet


class UnsavedForm(models.Model):
    """What somebody has typed into a step and not saved yet, as it was typed: half a date too.

    It is theirs alone and counts nowhere; saving the draft takes it away. ``slot`` is the version
    typed on, 0 for one that does not exist yet; ``revision`` the one the person saw, so that
    saving it later is held against what others did meanwhile.
    """

    region_path = "pokja__region"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pengisi"
    )
    pokja = models.ForeignKey("pokja.Pokja", models.CASCADE, related_name="+", verbose_name="Pokja")
    year = models.PositiveSmallIntegerField("tahun")
    step = models.CharField("langkah", max_length=20)
    slot = models.PositiveBigIntegerField("versi yang diisi", default=0)
    revision = models.PositiveIntegerField("perubahan yang dilihat", default=0)
    pairs = models.JSONField("isian")
    saved_at = models.DateTimeField("tersimpan pada")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "isian belum disimpan"
        verbose_name_plural = "isian belum disimpan"
        constraints = (
            models.UniqueConstraint(
                fields=("user", "pokja", "year", "step", "slot"), name="unsaved_form_once"
            ),
        )

    def __str__(self):
        return f"{self.step} {self.year}: {self.pokja_id}"

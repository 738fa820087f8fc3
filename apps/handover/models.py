from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.accounts.enums import Role
from apps.core.scoping import ScopedQuerySet


class HandoverQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Those who manage the region's accounts, and the two people it is about."""
        scope = getattr(user, "scope", None)
        if scope is None:
            return self.none()
        if scope.sees_all:
            return self
        managed = [post.region_id for post in scope.posts if post.role == Role.COORDINATOR]
        mine = Q(successor__user=user) | Q(post__user=user)
        return self.filter(
            mine & Q(region__in=scope.operator_ids) | Q(region__province__in=managed)
        )


class Handover(models.Model):
    """A post that passed from one person to another: what moved, on whose word, and why.

    A post is handed over once, which the database holds: of two people at once one wins.
    """

    region_path = "region"

    post = models.OneToOneField(
        "accounts.Assignment",
        models.PROTECT,
        related_name="handover",
        verbose_name="penugasan yang diserahkan",
    )
    successor = models.ForeignKey(
        "accounts.Assignment",
        models.PROTECT,
        related_name="received",
        verbose_name="penugasan pengganti",
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", verbose_name="wilayah"
    )
    reason = models.CharField("alasan", max_length=300)
    handed_on = models.DateField("sejak")
    follow_ups = models.PositiveIntegerField("tindak lanjut yang pindah", default=0)
    freed = models.PositiveIntegerField("berkas yang dilepas", default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="diserahkan oleh"
    )
    at = models.DateTimeField("dicatat pada", auto_now_add=True)

    objects = models.Manager.from_queryset(HandoverQuerySet)()

    class Meta:
        verbose_name = "serah terima"
        verbose_name_plural = "serah terima"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.post} kepada {self.successor.user}"

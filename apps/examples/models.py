"""What regions let others learn from: verified items shared of the region's own accord."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence

# A declaration of "tidak ada" is nothing to learn from.
SHAREABLE = (Kind.DECREE, Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET)


class ShareQuerySet(models.QuerySet):
    def running(self):
        """Shares that nobody stopped and that did not end by themselves.

        One ends by itself once the item is no longer the verified version it was when it was
        shared: cancelled or taken back (its revision moved on), or replaced by a newer version
        that was verified since. It does not come back when that newer version falls.
        """
        later = Evidence.objects.filter(
            Q(status=Status.VERIFIED)
            | Q(status=Status.CANCELLED, decided_at__gte=OuterRef("shared_at")),
            family=OuterRef("evidence__family"),
            version__gt=OuterRef("evidence__version"),
        )
        return self.filter(
            ~Exists(later),
            ended_at=None,
            evidence__status=Status.VERIFIED,
            evidence__revision=F("revision"),
        )

    def for_user(self, user):
        """Running shares, to whoever may read them: no region's scope, but that of the share."""
        scope = getattr(user, "scope", None)
        return self.running() if scope and scope.may_read_shared else self.none()


class Share(models.Model):
    """A region lets the officers of other regions read one verified item of its own.

    ``revision`` is that of the evidence when it was shared. Ended shares stay on record.
    """

    region_path = "evidence__region"

    evidence = models.ForeignKey(
        "verification.Evidence", models.PROTECT, related_name="shares", verbose_name="bukti"
    )
    revision = models.PositiveIntegerField("perubahan bukti ke", editable=False)
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dibagikan oleh"
    )
    shared_at = models.DateTimeField("dibagikan pada")
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="dihentikan oleh",
    )
    ended_at = models.DateTimeField("dihentikan pada", null=True, blank=True)

    objects = models.Manager.from_queryset(ShareQuerySet)()

    class Meta:
        verbose_name = "contoh yang dibagikan"
        verbose_name_plural = "contoh yang dibagikan"
        ordering = ("-shared_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("evidence",), condition=Q(ended_at=None), name="share_one_running"
            ),
        )

    def __str__(self):
        return f"Contoh: {self.evidence}"

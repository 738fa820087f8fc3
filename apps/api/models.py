from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.api.enums import State


class Token(models.Model):
    """A key with which a program reads in the name of a person, within what the person may see.

    Of the secret only a hash is kept. Rows stay after their end, so that it can be told later who
    could read, and until when.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tokens", verbose_name="pemilik"
    )
    name = models.CharField("nama", max_length=60)
    # How it begins, so that its owner tells one from another.
    start = models.CharField("awal token", max_length=12)
    secret_hash = models.CharField("sidik rahasia", max_length=64, unique=True)
    created_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")
    last_used_at = models.DateTimeField("terakhir dipakai", null=True)
    revoked_at = models.DateTimeField("dicabut pada", null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dicabut oleh",
    )

    class Meta:
        verbose_name = "token antarmuka data"
        verbose_name_plural = "token antarmuka data"
        ordering = ("-id",)
        indexes = (models.Index(fields=("user", "expires_at"), name="token_user"),)
        constraints = (
            models.CheckConstraint(
                name="token_ends_after_it_begins", condition=Q(expires_at__gt=F("created_at"))
            ),
        )

    def __str__(self):
        return f"{self.name} ({self.start}…)"

    def state(self, now) -> State:
        if self.revoked_at:
            return State.REVOKED
        return State.EXPIRED if now >= self.expires_at else State.OPEN

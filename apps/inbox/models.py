from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.scoping import ScopedQuerySet


class ReminderRule(models.Model):
    """So many days before an SK ends its officers are reminded; edited in the admin."""

    days_before = models.PositiveSmallIntegerField(
        "hari sebelum berakhir",
        unique=True,
        error_messages={"unique": "Pengingat untuk jumlah hari ini sudah ada."},
    )
    is_active = models.BooleanField("dipakai", default=True)

    class Meta:
        verbose_name = "pengingat SK berakhir"
        verbose_name_plural = "pengingat SK berakhir"
        ordering = ("-days_before",)
        constraints = (
            models.CheckConstraint(
                name="reminder_within_a_year",
                condition=Q(days_before__gte=1, days_before__lte=366),
                violation_error_message="Isi 1 sampai 366 hari.",
            ),
        )

    def __str__(self):
        return f"{self.days_before} hari sebelum SK berakhir"


class ReminderMail(models.Model):
    """One line of one mail: this person was told of this end of an SK at this threshold.

    The row is claimed before the mail goes and marked after, so that it goes once. ``family`` is
    the SK whatever its version; another end (extension, revocation) is another row.
    """

    region_path = "pokja__region"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penerima"
    )
    pokja = models.ForeignKey("pokja.Pokja", models.PROTECT, related_name="+", verbose_name="Pokja")
    family = models.UUIDField("SK")
    ends_on = models.DateField("berakhir pada")
    days_before = models.PositiveSmallIntegerField("hari sebelumnya")
    claim = models.UUIDField("proses pengirim", null=True)
    claimed_at = models.DateTimeField("mulai dikirim pada", null=True)
    sent_at = models.DateTimeField("terkirim pada", null=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "surel pengingat"
        verbose_name_plural = "surel pengingat"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "pokja", "family", "ends_on", "days_before"),
                name="reminder_told_once",
            ),
        )

    def __str__(self):
        return f"{self.user_id}: {self.ends_on}, {self.days_before} hari"

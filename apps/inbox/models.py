from django.db import models
from django.db.models import Q


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

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.notices.enums import Event


class NoticeQuerySet(models.QuerySet):
    def of(self, user):
        """A person's own notices: nobody reads those of others, whatever their role."""
        return self.filter(user=user)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing one person is told: a sentence and the page it leads to.

    ``key`` names the occasion; a person is told of one occasion once, which the database holds.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name="penerima"
    )
    event = models.CharField("peristiwa", max_length=20, choices=Event)
    text = models.CharField("kalimat", max_length=400)
    url = models.CharField("halaman", max_length=200, blank=True)
    key = models.CharField("kejadian", max_length=120, blank=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    read_at = models.DateTimeField("dibaca pada", null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "pemberitahuan"
        verbose_name_plural = "pemberitahuan"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "key"), condition=~Q(key=""), name="notice_told_once"
            ),
        )
        indexes = (models.Index(fields=("user",), condition=Q(read_at=None), name="notice_unread"),)

    def __str__(self):
        return self.text

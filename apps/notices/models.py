import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.notices.enums import GROUP_OF, Channel, Event, Group, MailState


class NoticeQuerySet(models.QuerySet):
    def of(self, user):
        """A person's own notices: nobody reads those of others, whatever their role."""
        return self.filter(user=user)

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing one person is told: a sentence and the page it leads to.

    ``key`` names the occasion; a person is told of one occasion once, which the database holds.
    ``digest_after`` is set while the notice waits for the person's daily mail: it goes with the
    first one made up at or after that moment.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name="penerima"
    )
    event = models.CharField("peristiwa", max_length=20, choices=Event)
    text = models.CharField("kalimat", max_length=400)
    url = models.CharField("halaman", max_length=200, blank=True)
    key = models.CharField("kejadian", max_length=120, blank=True, db_index=True)
    uid = models.UUIDField("tanda", default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    read_at = models.DateTimeField("dibaca pada", null=True)
    digest_after = models.DateTimeField("menunggu ringkasan sejak", null=True)

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
        indexes = (
            models.Index(fields=("user",), condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=("digest_after",),
                condition=Q(digest_after__isnull=False),
                name="notice_for_digest",
            ),
        )

    def __str__(self):
        return self.text


class Preference(models.Model):
    """Somebody's choice of channel for each group of events; without a row all come at once."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pengguna"
    )
    decisions = models.CharField(
        Group.DECISIONS.label, max_length=10, choices=Channel, default=Channel.AT_ONCE
    )
    deadlines = models.CharField(
        Group.DEADLINES.label, max_length=10, choices=Channel, default=Channel.AT_ONCE
    )
    talk = models.CharField(
        Group.TALK.label, max_length=10, choices=Channel, default=Channel.AT_ONCE
    )

    class Meta:
        verbose_name = "pilihan surel"
        verbose_name_plural = "pilihan surel"

    def __str__(self):
        return str(self.user)

    def channel(self, event: str) -> str:
        return getattr(self, GROUP_OF.get(event, Group.DECISIONS))


class MailQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(state=MailState.WAITING, due_at__lte=now)


class Mail(models.Model):
    """One mail on its way: written with what it tells of, sent by whoever claims it first.

    The row is the truth. ``claim`` is the process that sends it, from ``claimed_at`` on; a claim
    that is too old belongs to a process that died. ``uid`` gives the Message-ID, the same at
    every try. ``notice`` and ``digest_on`` hold that nothing is mailed twice: at most one mail
    for a notice, and one digest for a person and local day.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penerima"
    )
    uid = models.UUIDField("tanda", default=uuid.uuid4, unique=True, editable=False)
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, related_name="mail", verbose_name="pemberitahuan"
    )
    digest_on = models.DateField("ringkasan hari", null=True)
    subject = models.CharField("perihal", max_length=200)
    body = models.TextField("isi")
    state = models.CharField("keadaan", max_length=10, choices=MailState, default=MailState.WAITING)
    due_at = models.DateTimeField("dikirim mulai")
    attempts = models.PositiveSmallIntegerField("percobaan", default=0)
    claim = models.UUIDField("proses pengirim", null=True)
    claimed_at = models.DateTimeField("diambil pada", null=True)
    sent_at = models.DateTimeField("terkirim pada", null=True)
    trouble = models.CharField("kendala", max_length=255, blank=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "surel"
        verbose_name_plural = "surel"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user", "digest_on"),
                condition=Q(digest_on__isnull=False),
                name="mail_digest_once_a_day",
            ),
        )
        indexes = (
            models.Index(
                fields=("due_at",), condition=Q(state=MailState.WAITING), name="mail_waiting"
            ),
        )

    def __str__(self):
        return self.subject


class DoneOnce(models.Model):
    """What is done once and for all, e.g. once a day in a zone: the row goes with the doing."""

    name = models.CharField("nama", max_length=120, unique=True)
    at = models.DateTimeField("pada", auto_now_add=True)

    class Meta:
        verbose_name = "pekerjaan berkala"
        verbose_name_plural = "pekerjaan berkala"

    def __str__(self):
        return self.name

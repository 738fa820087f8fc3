"""Talk about a piece of evidence, and what is to be done about it.

Kept apart from the notes of a decision: nothing here changes a status or a score.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import Role
from apps.core.scoping import ScopedQuerySet
from apps.discussion.enums import MAX_TASK, MAX_TEXT, Deed, State

USER = settings.AUTH_USER_MODEL


class TalkQuerySet(ScopedQuerySet):
    """In scope for those who work on the region: observers see verified things, never talk."""

    def for_user(self, user):
        rows = super().for_user(user)
        scope = getattr(user, "scope", None)
        if scope is None or scope.sees_all or not scope.observer_ids:
            return rows
        region = self.model.region_path
        return rows.filter(
            Q(**{f"{region}__in": scope.operator_ids})
            | Q(**{f"{region}__province__in": scope.province_ids})
        )


class FollowUpQuerySet(TalkQuerySet):
    def open(self):
        return self.filter(state=State.OPEN)


class Thread(models.Model):
    """One matter talked about; ``about`` names the field of the item, empty for the whole."""

    region_path = "evidence__region"

    evidence = models.ForeignKey(
        "verification.Evidence", models.PROTECT, related_name="threads", verbose_name="bukti"
    )
    about = models.CharField("tentang isian", max_length=120, blank=True)
    opened_by = models.ForeignKey(
        USER, models.PROTECT, related_name="+", verbose_name="dibuka oleh"
    )
    opened_at = models.DateTimeField("dibuka pada", auto_now_add=True)
    resolved_by = models.ForeignKey(
        USER,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diselesaikan oleh",
    )
    resolved_at = models.DateTimeField("diselesaikan pada", null=True, blank=True)

    objects = models.Manager.from_queryset(TalkQuerySet)()

    class Meta:
        verbose_name = "pembicaraan"
        verbose_name_plural = "pembicaraan"
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("evidence",), condition=Q(resolved_at=None), name="discussion_open_thread"
            ),
        )
        constraints = (
            models.CheckConstraint(
                name="thread_resolved_by_somebody",
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
            ),
        )

    def __str__(self):
        return self.about or f"Pembicaraan {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None


class Comment(models.Model):
    """What one person wrote. Never edited; taken back, its text is gone and the line stays.

    ``token`` comes with the form, so that one sent twice makes one comment.
    """

    region_path = "thread__evidence__region"

    thread = models.ForeignKey(
        Thread, models.PROTECT, related_name="comments", verbose_name="pembicaraan"
    )
    author = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="penulis")
    role = models.CharField("peran saat itu", max_length=20, choices=Role)
    text = models.TextField("komentar", max_length=MAX_TEXT, blank=True)
    at = models.DateTimeField("ditulis pada", auto_now_add=True)
    taken_back_at = models.DateTimeField("ditarik pada", null=True, blank=True)
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    mentioned = models.ManyToManyField(
        USER, through="Mention", related_name="+", verbose_name="menyebut"
    )

    objects = models.Manager.from_queryset(TalkQuerySet)()

    class Meta:
        verbose_name = "komentar"
        verbose_name_plural = "komentar"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="comment_says_something",
                condition=(Q(taken_back_at=None) & ~Q(text=""))
                | Q(taken_back_at__isnull=False, text=""),
                violation_error_message="Tulis komentar.",
            ),
            models.UniqueConstraint(fields=("author", "token"), name="comment_sent_once"),
        )

    def __str__(self):
        return self.text[:60] or "Komentar ditarik kembali"


class Mention(models.Model):
    """A person named in a comment."""

    region_path = "comment__thread__evidence__region"

    comment = models.ForeignKey(
        Comment, models.PROTECT, related_name="mentions", verbose_name="komentar"
    )
    user = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="yang disebut")

    objects = models.Manager.from_queryset(TalkQuerySet)()

    class Meta:
        verbose_name = "sebutan"
        verbose_name_plural = "sebutan"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("comment", "user"), name="mention_person_once"),
        )

    def __str__(self):
        return f"@{self.user}"


class FollowUp(models.Model):
    """What somebody is to do by a day, about an item or a region (tindak lanjut).

    ``revision`` counts every change, so that nobody judges what they have not seen.
    """

    region_path = "region"

    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    evidence = models.ForeignKey(
        "verification.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="bukti",
    )
    pokja = models.ForeignKey(
        "pokja.Pokja",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name="Pokja",
    )
    task = models.TextField("yang perlu dilakukan", max_length=MAX_TASK)
    owner = models.ForeignKey(
        USER, models.PROTECT, related_name="follow_ups", verbose_name="penanggung jawab"
    )
    due_on = models.DateField("paling lambat")
    state = models.CharField("keadaan", max_length=12, choices=State, default=State.OPEN)
    revision = models.PositiveIntegerField(default=1, editable=False)
    created_by = models.ForeignKey(
        USER, models.PROTECT, related_name="+", verbose_name="diminta oleh"
    )
    created_at = models.DateTimeField("diminta pada", auto_now_add=True)
    done_at = models.DateTimeField("selesai pada", null=True, blank=True)
    judged_by = models.ForeignKey(
        USER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="dinilai oleh"
    )
    token = models.UUIDField(default=uuid.uuid4, editable=False)

    objects = models.Manager.from_queryset(FollowUpQuerySet)()

    class Meta:
        verbose_name = "tindak lanjut"
        verbose_name_plural = "tindak lanjut"
        ordering = ("due_on", "id")
        indexes = (
            models.Index(fields=("owner", "state", "due_on"), name="follow_up_owner"),
            models.Index(fields=("region", "state"), name="follow_up_region"),
        )
        constraints = (
            models.CheckConstraint(
                name="follow_up_state_known", condition=Q(state__in=State.values)
            ),
            models.CheckConstraint(
                name="follow_up_done_with_day",
                condition=~Q(state__in=(State.DONE, State.ADEQUATE)) | Q(done_at__isnull=False),
            ),
            models.CheckConstraint(
                name="follow_up_judged_by_another",
                condition=~Q(state=State.ADEQUATE)
                | (Q(judged_by__isnull=False) & ~Q(judged_by=F("owner"))),
                violation_error_message="Tindak lanjut dinilai oleh orang lain.",
            ),
            models.UniqueConstraint(fields=("created_by", "token"), name="follow_up_sent_once"),
        )

    def __str__(self):
        return self.task[:100]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def is_done(self) -> bool:
        """Done, and waiting for somebody's word."""
        return self.state == State.DONE

    def late_days(self, today) -> int:
        """Days past the due day while it is not done; 0 otherwise."""
        return max((today - self.due_on).days, 0) if self.is_open else 0


class FollowUpEvent(models.Model):
    """One line of a follow-up's story. Never changed."""

    region_path = "follow_up__region"

    follow_up = models.ForeignKey(
        FollowUp, models.PROTECT, related_name="events", verbose_name="tindak lanjut"
    )
    at = models.DateTimeField("waktu", auto_now_add=True)
    actor = models.ForeignKey(USER, models.PROTECT, related_name="+", verbose_name="pelaku")
    role = models.CharField("peran", max_length=20, choices=Role, blank=True)
    deed = models.CharField("tindakan", max_length=12, choices=Deed)
    note = models.TextField("catatan", max_length=MAX_TASK, blank=True)

    objects = models.Manager.from_queryset(TalkQuerySet)()

    class Meta:
        verbose_name = "riwayat tindak lanjut"
        verbose_name_plural = "riwayat tindak lanjut"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.get_deed_display()}: {self.follow_up_id}"

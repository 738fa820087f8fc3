import uuid

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from apps.core.scoping import ScopedQuerySet
from apps.verification.enums import EDITABLE, OPEN, Action, Kind, Status


class EvidenceQuerySet(ScopedQuerySet):
    def counting(self):
        """Verified versions that no later verified version of the same family replaces."""
        newer = Evidence.objects.filter(
            family=OuterRef("family"), status=Status.VERIFIED, version__gt=OuterRef("version")
        )
        return self.filter(Q(status=Status.VERIFIED), ~Exists(newer))

    def open(self):
        return self.filter(status__in=OPEN)

    def waiting(self):
        return self.filter(status=Status.SUBMITTED)


class Evidence(models.Model):
    """The case file of one piece of evidence: where it stands in the workflow, in which version.

    What it says (an SK, a plan, indicators, a budget) stands in the app of its kind, one to one.
    A verified version is never overwritten: a change opens the next version of the same family.
    ``revision`` counts every saved edit and step, so that two people cannot overwrite each other.
    """

    region_path = "region"
    status_path = "status"

    kind = models.CharField("jenis", max_length=20, choices=Kind)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    year = models.PositiveSmallIntegerField("tahun", null=True, blank=True)
    title = models.CharField("judul", max_length=255)
    status = models.CharField("status", max_length=12, choices=Status, default=Status.DRAFT)
    family = models.UUIDField("keluarga versi", default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField("versi", default=1)
    revision = models.PositiveIntegerField("perubahan ke", default=1)

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dibuat oleh",
    )
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diubah oleh",
    )
    edited_at = models.DateTimeField("diubah pada", auto_now_add=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dikirim oleh",
    )
    submitted_at = models.DateTimeField("dikirim pada", null=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dibuka oleh",
    )
    opened_at = models.DateTimeField("dibuka pada", null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diputuskan oleh",
    )
    # Of the last decision that stands; nothing but undoing the last one leads back to an earlier.
    decided_at = models.DateTimeField("diputuskan pada", null=True)

    objects = models.Manager.from_queryset(EvidenceQuerySet)()

    class Meta:
        verbose_name = "bukti"
        verbose_name_plural = "bukti"
        constraints = (
            models.UniqueConstraint(fields=("family", "version"), name="evidence_version_once"),
            models.UniqueConstraint(
                fields=("family",), condition=Q(status__in=OPEN), name="evidence_one_open_version"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="evidence_status_known"
            ),
        )
        indexes = (
            models.Index(
                fields=("region", "submitted_at"),
                name="evidence_waiting",
                condition=Q(status=Status.SUBMITTED),
            ),
            models.Index(
                fields=("family", "version"),
                name="evidence_verified",
                condition=Q(status=Status.VERIFIED),
            ),
            models.Index(fields=("region", "kind", "status"), name="evidence_region_kind"),
            models.Index(fields=("region", "decided_at"), name="evidence_region_decided"),
        )

    def __str__(self):
        return self.title

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def is_open(self) -> bool:
        return self.status in OPEN


class ReturnReason(models.Model):
    """A coded reason for returning, edited in the admin; also the chips beside the note."""

    code = models.SlugField("kode", unique=True)
    kind = models.CharField("jenis bukti", max_length=20, choices=Kind, blank=True)
    label = models.CharField("alasan", max_length=160)
    advice = models.CharField("cara memperbaiki", max_length=255, blank=True)
    is_active = models.BooleanField("dipakai", default=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "alasan pengembalian"
        verbose_name_plural = "alasan pengembalian"
        ordering = ("kind", "order", "label")

    def __str__(self):
        return self.label


class HistoryQuerySet(ScopedQuerySet):
    def standing(self):
        """Without the decisions that were undone."""
        return self.filter(undone_at=None)

    def returns(self):
        """Returns that stand, the last one first."""
        return self.standing().filter(action=Action.RETURN).order_by("-id")


class History(models.Model):
    """What happened to a piece of evidence. Written with the step; only ``undone_at`` comes later.

    ``snapshot`` holds the facts as text at submission, so that a later submission can be shown
    as a difference against the version that was returned. A decision that was undone stays on
    record with ``undone_at``, and counts nowhere: ask for ``standing()`` ones. ``left_pins`` are
    the unsent pins an approval took away, for an undo to bring back.
    """

    region_path = "evidence__region"
    status_path = "evidence__status"

    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="history", verbose_name="bukti"
    )
    at = models.DateTimeField("waktu", auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="pelaku"
    )
    role = models.CharField("peran", max_length=20, blank=True)
    action = models.CharField("tindakan", max_length=12, choices=Action)
    from_status = models.CharField("status asal", max_length=12, choices=Status, blank=True)
    to_status = models.CharField("status tujuan", max_length=12, choices=Status, blank=True)
    note = models.TextField("catatan", blank=True)
    snapshot = models.JSONField("isi saat itu", default=dict)
    undone_at = models.DateTimeField("diurungkan pada", null=True, editable=False)
    left_pins = models.JSONField("pin yang dihapus", default=list, editable=False)

    objects = models.Manager.from_queryset(HistoryQuerySet)()

    class Meta:
        verbose_name = "riwayat"
        verbose_name_plural = "riwayat"
        ordering = ("-id",)
        indexes = (models.Index(fields=("evidence", "action"), name="history_evidence_action"),)

    def __str__(self):
        return f"{self.get_action_display()}: {self.evidence_id}"

    def strike(self) -> None:
        """This decision was undone, and counts nowhere from now on."""
        self.undone_at = timezone.now()
        self.save(update_fields=["undone_at"])


class Note(models.Model):
    """One remark of a verifier on one field of a returned item."""

    history = models.ForeignKey(
        History, models.PROTECT, related_name="notes", verbose_name="pengembalian"
    )
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="notes", verbose_name="bukti"
    )
    field = models.CharField("isian", max_length=60, blank=True)
    reason = models.ForeignKey(
        ReturnReason, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="alasan"
    )
    text = models.TextField("catatan", blank=True)

    class Meta:
        verbose_name = "catatan pengembalian"
        verbose_name_plural = "catatan pengembalian"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="note_says_something",
                condition=Q(reason__isnull=False) | ~Q(text=""),
                violation_error_message="Tulis catatan atau pilih alasan.",
            ),
        )

    def __str__(self):
        return self.sentence

    @property
    def sentence(self) -> str:
        """What the officer reads: the coded reason, then the free text."""
        parts = [self.reason.label if self.reason else "", self.text]
        return ". ".join(part.rstrip(". ") for part in parts if part) + "."

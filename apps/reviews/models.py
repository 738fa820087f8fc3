"""What a region says to a decision, and verified items looked at a second time."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from apps.accounts.enums import Role
from apps.core.formats import format_date
from apps.core.scoping import ScopedManager
from apps.reviews.enums import ANSWERED, Outcome, State
from apps.verification.enums import Kind

DEFAULT_DAYS = 14
MOST_DAYS = 90
MOST_DRAWN = 50


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class ReplyRule(models.Model):
    """For how many days after a decision a province's regions may reply; without a province:
    the default for all."""

    region_path = "province"

    province = models.OneToOneField(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"level": "provinsi"},
        verbose_name="provinsi",
        help_text="Kosong = bawaan untuk semua.",
    )
    days = models.PositiveSmallIntegerField(
        "hari kalender",
        default=DEFAULT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text="Dihitung setelah hari keputusan, menurut jam provinsi.",
    )

    objects = ScopedManager()

    class Meta:
        verbose_name = "masa sanggah"
        verbose_name_plural = "masa sanggah"
        ordering = (F("province__code").asc(nulls_first=True),)
        constraints = (
            models.UniqueConstraint(
                fields=("days",), condition=Q(province=None), name="reply_rule_one_default"
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=MOST_DAYS),
                name="reply_rule_days_sensible",
                violation_error_message=f"Masa sanggah berada di antara 1 dan {MOST_DAYS} hari.",
            ),
        )

    def __str__(self):
        return f"{self.province or 'Bawaan'}: {self.days} hari"


class Objection(models.Model):
    """The region's one reply to one decision: agreed, or disputed with a reason and answered.

    ``decision`` is the return, verification or cancellation meant; ``notes`` those of its
    remarks that are disputed, none for the decision as a whole.
    """

    region_path = "evidence__region"
    closed_to = (Role.OBSERVER,)

    evidence = models.ForeignKey(
        "verification.Evidence", models.PROTECT, related_name="objections", verbose_name="bukti"
    )
    decision = models.OneToOneField(
        "verification.History",
        models.PROTECT,
        related_name="objection",
        verbose_name="keputusan",
    )
    state = models.CharField("keadaan", max_length=10, choices=State)
    reason = models.TextField("alasan", blank=True)
    notes = models.ManyToManyField(
        "verification.Note", blank=True, related_name="+", verbose_name="catatan yang disanggah"
    )
    by = _person("oleh")
    at = models.DateTimeField("waktu")
    withdrawn_by = _person("ditarik oleh", null=True)
    withdrawn_at = models.DateTimeField("ditarik pada", null=True)
    answer = models.TextField("jawaban", blank=True)
    answered_by = _person("dijawab oleh", null=True)
    answered_at = models.DateTimeField("dijawab pada", null=True)
    outcome = models.CharField("akibat", max_length=10, choices=Outcome, blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "tanggapan daerah"
        verbose_name_plural = "tanggapan daerah"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="objection_has_reason", condition=Q(state=State.AGREED) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="objection_answer_has_reason",
                condition=~Q(state__in=ANSWERED)
                | (~Q(answer="") & Q(answered_by__isnull=False) & Q(answered_at__isnull=False)),
            ),
        )
        indexes = (
            models.Index(fields=("evidence",), condition=Q(state="open"), name="objection_open"),
        )

    def __str__(self):
        return f"{self.get_state_display()}: {self.evidence}"

    @property
    def is_dispute(self) -> bool:
        return self.state != State.AGREED

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN


class Sample(models.Model):
    """A draw of verified items for a second look, kept so that it can be repeated and explained.

    ``pool`` holds the numbers of all items it was drawn from. Without a region: the Pokja of the
    provinces themselves, in the whole country.
    """

    region_path = "region"
    closed_to = (Role.OPERATOR, Role.OBSERVER)

    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", verbose_name="provinsi"
    )
    kind = models.CharField("jenis bukti", max_length=20, choices=Kind, blank=True)
    since = models.DateField("diputuskan mulai")
    until = models.DateField("diputuskan sampai")
    asked = models.PositiveSmallIntegerField("jumlah diminta")
    seed = models.PositiveIntegerField("benih acak")
    pool = models.JSONField("berkas yang dapat terpilih", default=list)
    drawn_by = _person("ditarik oleh")
    drawn_at = models.DateTimeField("ditarik pada")
    closed_by = _person("ditutup oleh", null=True)  # nobody where the last mark closed it
    closed_at = models.DateTimeField("selesai pada", null=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "tinjauan kedua"
        verbose_name_plural = "tinjauan kedua"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="sample_size_sensible", condition=Q(asked__gte=1, asked__lte=MOST_DRAWN)
            ),
            models.CheckConstraint(
                name="sample_period_in_order", condition=Q(since__lte=F("until"))
            ),
        )

    def __str__(self):
        return f"Tinjauan kedua {self.place} sejak {format_date(self.since)}"

    @property
    def place(self) -> str:
        return self.region.full_name if self.region else "Pokja tingkat provinsi"

    @property
    def zone(self) -> str:
        return self.region.timezone_label if self.region else "WIB"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class SampleItem(models.Model):
    """One drawn item, and what the second verifier found; ``decision`` is the first one's."""

    region_path = "evidence__region"
    closed_to = (Role.OPERATOR, Role.OBSERVER)

    sample = models.ForeignKey(
        Sample, models.PROTECT, related_name="items", verbose_name="tinjauan"
    )
    evidence = models.ForeignKey(
        "verification.Evidence", models.PROTECT, related_name="+", verbose_name="bukti"
    )
    decision = models.ForeignKey(
        "verification.History", models.PROTECT, related_name="+", verbose_name="keputusan pertama"
    )
    verifier = _person("pemeriksa kedua")
    number = models.PositiveSmallIntegerField("nomor")
    marked_at = models.DateTimeField("ditandai pada", null=True)
    agrees = models.BooleanField("setuju diverifikasi", null=True)
    reason = models.ForeignKey(
        "verification.ReturnReason",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="alasan",
    )
    text = models.TextField("catatan", blank=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "berkas tinjauan kedua"
        verbose_name_plural = "berkas tinjauan kedua"
        ordering = ("sample", "number")
        constraints = (
            models.UniqueConstraint(fields=("sample", "evidence"), name="sample_item_once"),
            models.CheckConstraint(
                name="sample_item_marked_whole",
                condition=Q(marked_at=None, agrees=None)
                | Q(marked_at__isnull=False, agrees=True)
                | (
                    Q(marked_at__isnull=False, agrees=False)
                    & (Q(reason__isnull=False) | ~Q(text=""))
                ),
            ),
        )
        indexes = (
            models.Index(
                fields=("verifier",), condition=Q(marked_at=None), name="sample_item_to_mark"
            ),
        )

    def __str__(self):
        return f"{self.number}. {self.evidence}"

    @property
    def finding(self) -> str:
        """Why it should have been returned: the coded reason, then the free text."""
        parts = [self.reason.label if self.reason else "", self.text]
        return ". ".join(part.rstrip(". ") for part in parts if part)


class SampleMark(models.Model):
    """One value as the second verifier found it. ``topic`` is what like values of other items
    are counted under: the label, or what the rows of a table are called."""

    region_path = "item__evidence__region"
    closed_to = (Role.OPERATOR, Role.OBSERVER)

    item = models.ForeignKey(
        SampleItem, models.PROTECT, related_name="marks", verbose_name="berkas"
    )
    number = models.PositiveSmallIntegerField("nomor")
    field = models.CharField("isian", max_length=60, blank=True)
    label = models.CharField("nama isian", max_length=255)
    topic = models.CharField("kelompok", max_length=120)
    is_right = models.BooleanField("sesuai")

    objects = ScopedManager()

    class Meta:
        verbose_name = "tanda tinjauan kedua"
        verbose_name_plural = "tanda tinjauan kedua"
        ordering = ("item", "number")
        constraints = (models.UniqueConstraint(fields=("item", "number"), name="sample_mark_once"),)

    def __str__(self):
        return f"{self.label}: {'Sesuai' if self.is_right else 'Tidak'}"

"""Holidays, periods with their deadlines, locks, reopened regions, and what was sent late."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from apps.core.formats import format_date
from apps.core.scoping import ScopedQuerySet
from apps.verification.enums import Kind

FIRST_YEAR, LAST_YEAR = 2000, 2100
# A declaration of nothing keeps to the deadline of the kind it stands for.
PERIOD_KINDS = (Kind.DECREE, Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET)
KIND_CHOICES = [(kind.value, kind.label) for kind in PERIOD_KINDS]
DEFAULT_TARGET = 3


def _year_field():
    limits = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    return models.PositiveSmallIntegerField("tahun", validators=limits)


def _kind_field():
    return models.CharField(
        "jenis bukti",
        max_length=20,
        choices=KIND_CHOICES,
        blank=True,
        help_text="Kosong = semua jenis.",
    )


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class Holiday(models.Model):
    """A day on which offices are closed: a national holiday or joint leave (SKB 3 Menteri)."""

    date = models.DateField("tanggal", unique=True)
    name = models.CharField("nama", max_length=120)
    is_joint_leave = models.BooleanField("cuti bersama", default=False)

    class Meta:
        verbose_name = "hari libur"
        verbose_name_plural = "hari libur"
        ordering = ("date",)

    def __str__(self):
        return f"{format_date(self.date)}: {self.name}"


class Period(models.Model):
    """The deadlines of a year: for one kind or all, for one province or the whole country.

    The most specific holds: province and kind, then province, then kind, then all.
    """

    year = _year_field()
    kind = _kind_field()
    province = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"level": "provinsi"},
        verbose_name="provinsi",
        help_text="Kosong = seluruh Indonesia.",
    )
    opens_on = models.DateField("dibuka pada")
    due_on = models.DateField("batas pengisian")
    grace_until = models.DateField(
        "masa tenggang sampai",
        null=True,
        blank=True,
        help_text="Hari terakhir tanpa tanda terlambat.",
    )
    locks_on = models.DateField(
        "dikunci setelah",
        null=True,
        blank=True,
        help_text="Hari terakhir kiriman diterima. Kosong = tidak dikunci.",
    )

    class Meta:
        verbose_name = "periode"
        verbose_name_plural = "periode"
        ordering = ("-year", F("province__code").asc(nulls_first=True), "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("year", "kind", "province"),
                name="period_once_for_province",
                violation_error_message="Periode untuk tahun, jenis, dan provinsi ini sudah ada.",
            ),
            models.UniqueConstraint(
                fields=("year", "kind"),
                condition=Q(province=None),
                name="period_once_for_country",
                violation_error_message="Periode nasional untuk tahun dan jenis ini sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("due_on")),
                name="period_opens_before_due",
                violation_error_message="Batas pengisian tidak boleh sebelum tanggal dibuka.",
            ),
            models.CheckConstraint(
                condition=Q(grace_until=None) | Q(due_on__lte=F("grace_until")),
                name="period_due_before_grace",
                violation_error_message="Masa tenggang tidak boleh sebelum batas pengisian.",
            ),
            models.CheckConstraint(
                condition=Q(locks_on=None)
                | (
                    Q(due_on__lte=F("locks_on"))
                    & (Q(grace_until=None) | Q(grace_until__lte=F("locks_on")))
                ),
                name="period_grace_before_lock",
                violation_error_message=(
                    "Tanggal kunci tidak boleh sebelum batas pengisian atau masa tenggang."
                ),
            ),
        )

    def __str__(self):
        return f"{self.get_kind_display() or 'Semua jenis'} {self.year}, {self.place}"

    @property
    def place(self) -> str:
        return self.province.full_name if self.province else "seluruh Indonesia"


class PeriodSwitch(models.Model):
    """Somebody locked or unlocked one kind of a province's year by hand; the last one holds.

    Never changed. ``number`` counts the switches of one kind from 1: of two people who saw the
    same state, one gets the next number and the other is told.
    """

    region_path = "province"

    province = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="provinsi"
    )
    year = _year_field()
    kind = models.CharField("jenis bukti", max_length=20, choices=KIND_CHOICES)
    number = models.PositiveIntegerField("urutan")
    is_locked = models.BooleanField("dikunci")
    day = models.DateField("hari setempat")
    reason = models.TextField("alasan")
    by = _person("oleh", null=True)
    at = models.DateTimeField("waktu", auto_now_add=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "kunci periode"
        verbose_name_plural = "kunci periode"
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("province", "year", "kind", "number"), name="period_switch_number_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="period_switch_has_reason"),
        )

    def __str__(self):
        word = "Dikunci" if self.is_locked else "Kunci dibuka"
        return f"{word}: {self.get_kind_display()} {self.year}, {self.province}"


class Reopening(models.Model):
    """One region may send again until a date although its period is locked."""

    region_path = "region"

    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    year = _year_field()
    kind = _kind_field()
    until = models.DateField("sampai dengan")
    reason = models.TextField("alasan")
    by = _person("oleh", null=True)
    at = models.DateTimeField("waktu", auto_now_add=True)
    ended_at = models.DateTimeField("diakhiri pada", null=True, blank=True)
    ended_by = _person("diakhiri oleh", null=True, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "pembukaan kembali"
        verbose_name_plural = "pembukaan kembali"
        ordering = ("-at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "year", "kind"),
                condition=Q(ended_at=None),
                name="reopening_one_running",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason"),
        )

    def __str__(self):
        kind = self.get_kind_display() or "semua jenis"
        return f"{self.region}, {kind} {self.year}"


class ServiceTarget(models.Model):
    """Within how many working days a province answers; without a province: the default."""

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
        "hari kerja",
        default=DEFAULT_TARGET,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        verbose_name = "target pemeriksaan"
        verbose_name_plural = "target pemeriksaan"
        ordering = (F("province__code").asc(nulls_first=True),)
        constraints = (
            models.UniqueConstraint(
                Coalesce("province", Value(0), output_field=models.BigIntegerField()),
                name="service_target_once",
                violation_error_message="Target untuk provinsi ini (atau bawaan) sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(days__gte=1, days__lte=60),
                name="service_target_days_sensible",
                violation_error_message="Target berada di antara 1 dan 60 hari kerja.",
            ),
        )

    def __str__(self):
        return f"{self.province or 'Bawaan'}: {self.days} hari kerja"


class LateMark(models.Model):
    """A submission that came late, kept as it was on that day: later edits do not move it.

    ``due_on`` is the due day that held then, ``standing_days`` the days the item had lain with
    the province, which do not count.
    """

    region_path = "history__evidence__region"
    status_path = "history__evidence__status"

    history = models.OneToOneField(
        "verification.History", models.PROTECT, related_name="late_mark", verbose_name="pengiriman"
    )
    due_on = models.DateField("batas pengisian")
    standing_days = models.PositiveIntegerField("hari di provinsi", default=0)
    days = models.PositiveIntegerField("hari terlambat")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "tanda terlambat"
        verbose_name_plural = "tanda terlambat"
        constraints = (models.CheckConstraint(condition=Q(days__gte=1), name="late_mark_is_late"),)

    def __str__(self):
        return f"Terlambat {self.days} hari"

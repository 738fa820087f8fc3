from django.db import models
from django.db.models import Q

from apps.core.fields import RupiahField
from apps.core.scoping import ScopedQuerySet
from apps.pokja.enums import FundSource


class WorkPlan(models.Model):
    """A Pokja's plan for one year; one version of it."""

    region_path = "pokja__region"
    status_path = "evidence__status"

    evidence = models.OneToOneField(
        "verification.Evidence", models.PROTECT, related_name="work_plan", verbose_name="bukti"
    )
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="work_plans", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "rencana kerja"
        verbose_name_plural = "rencana kerja"
        indexes = (models.Index(fields=("year", "pokja"), name="work_plan_year"),)

    def __str__(self):
        return f"Rencana kerja {self.year}"


class Activity(models.Model):
    """One activity of a plan. ``months`` is a bit mask: bit 0 January … bit 11 December."""

    region_path = "plan__pokja__region"
    status_path = "plan__evidence__status"

    plan = models.ForeignKey(
        WorkPlan, models.CASCADE, related_name="activities", verbose_name="rencana kerja"
    )
    no = models.PositiveSmallIntegerField("no")
    strategic_issue = models.CharField("isu strategis", max_length=255, blank=True)
    objective = models.CharField("sasaran", max_length=255, blank=True)
    name = models.CharField("kegiatan", max_length=255)
    output = models.CharField("keluaran", max_length=255, blank=True)
    target = models.DecimalField("target", max_digits=20, decimal_places=4, null=True, blank=True)
    unit = models.CharField("satuan", max_length=60, blank=True)
    months = models.PositiveSmallIntegerField("waktu", default=0)
    location = models.CharField("lokasi", max_length=160, blank=True)
    person_in_charge = models.CharField("penanggung jawab", max_length=160, blank=True)
    partners = models.CharField("mitra", max_length=255, blank=True)
    indicator = models.ForeignKey(
        "indicators.Indicator",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name="indikator",
    )
    budget = RupiahField("anggaran kegiatan (Rp)", null=True, blank=True)
    fund_source = models.CharField("sumber dana", max_length=20, choices=FundSource, blank=True)
    physical_progress = models.DecimalField(
        "realisasi fisik (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "kegiatan"
        verbose_name_plural = "kegiatan"
        ordering = ("no", "id")
        constraints = (
            models.UniqueConstraint(fields=("plan", "no"), name="activity_no_once"),
            models.CheckConstraint(
                name="activity_months_within_year", condition=Q(months__gte=0, months__lt=4096)
            ),
            models.CheckConstraint(
                name="activity_progress_is_percent",
                condition=Q(physical_progress=None)
                | Q(physical_progress__gte=0, physical_progress__lte=100),
                violation_error_message="Realisasi fisik antara 0 dan 100.",
            ),
            models.CheckConstraint(
                name="activity_budget_not_negative",
                condition=Q(budget=None) | Q(budget__gte=0),
                violation_error_message="Anggaran tidak boleh negatif.",
            ),
        )

    def __str__(self):
        return self.name

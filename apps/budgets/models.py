from django.db import models
from django.db.models import Q

from apps.budgets.enums import Basis, Stage
from apps.core.fields import RupiahField
from apps.core.scoping import ScopedQuerySet
from apps.pokja.enums import FundSource


class Budget(models.Model):
    """The operational budget of a Pokja for one year and stage; one version of it."""

    region_path = "pokja__region"
    status_path = "evidence__status"

    evidence = models.OneToOneField(
        "verification.Evidence", models.PROTECT, related_name="budget", verbose_name="bukti"
    )
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="budgets", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")
    stage = models.CharField("tahap", max_length=12, choices=Stage, default=Stage.ORIGINAL)
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="budgets",
        verbose_name="bukti anggaran",
    )

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "anggaran"
        verbose_name_plural = "anggaran"
        indexes = (models.Index(fields=("year", "pokja"), name="budget_year"),)

    def __str__(self):
        return f"Anggaran {self.year} ({self.get_stage_display()})"


class BudgetLine(models.Model):
    """The share of one line of an official budget that belongs to the Pokja."""

    region_path = "budget__pokja__region"
    status_path = "budget__evidence__status"

    budget = models.ForeignKey(
        Budget, models.CASCADE, related_name="lines", verbose_name="anggaran"
    )
    fund_source = models.CharField("sumber dana", max_length=20, choices=FundSource)
    sub_activity_code = models.CharField("kode sub kegiatan", max_length=40, blank=True)
    sub_activity_name = models.CharField("nama sub kegiatan", max_length=255, blank=True)
    sub_activity_ceiling = RupiahField("pagu sub kegiatan (Rp)", null=True, blank=True)
    ceiling = RupiahField("pagu Pokja (Rp)", null=True)
    spent = RupiahField("realisasi (Rp)", null=True, blank=True)
    as_of = models.DateField("tanggal data", null=True, blank=True)
    basis = models.CharField("dasar", max_length=10, choices=Basis, blank=True)
    page = models.CharField("halaman", max_length=20, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "baris anggaran"
        verbose_name_plural = "baris anggaran"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("budget", "fund_source", "sub_activity_code"),
                name="budget_line_once",
                violation_error_message="Baris ini sudah ada.",
            ),
            models.CheckConstraint(
                name="budget_line_not_negative",
                condition=(Q(ceiling=None) | Q(ceiling__gte=0))
                & (Q(spent=None) | Q(spent__gte=0))
                & (Q(sub_activity_ceiling=None) | Q(sub_activity_ceiling__gte=0)),
                violation_error_message="Nilai tidak boleh negatif.",
            ),
        )
        # All that the money of a province asks of a line: no row need be looked up for it.
        indexes = (
            models.Index(fields=("budget", "fund_source", "ceiling"), name="budget_line_money"),
        )

    def __str__(self):
        return f"{self.get_fund_source_display()} {self.sub_activity_code}".strip()

from django.db import models
from django.db.models import Q

from apps.core.scoping import ScopedQuerySet
from apps.indicators.enums import Direction

VALUE = {"max_digits": 20, "decimal_places": 4, "null": True, "blank": True}


class Indicator(models.Model):
    """An entry of the Bangga Kencana catalogue (reference data, edited in the admin)."""

    code = models.SlugField("kode indikator", max_length=60, unique=True)
    name = models.CharField("nama", max_length=255)
    short_name = models.CharField("nama singkat", max_length=100, blank=True)
    definition = models.TextField("definisi", blank=True)
    unit = models.CharField("satuan", max_length=60)
    direction = models.CharField("arah", max_length=10, choices=Direction)
    band_low = models.DecimalField("batas bawah kisaran", **VALUE)
    band_high = models.DecimalField("batas atas kisaran", **VALUE)
    source = models.CharField("sumber data", max_length=160, blank=True)
    pillar = models.CharField("pilar", max_length=100, blank=True)
    note = models.TextField("catatan", blank=True)
    is_active = models.BooleanField("dipakai", default=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "indikator"
        verbose_name_plural = "katalog indikator"
        ordering = ("order", "code")
        constraints = (
            models.CheckConstraint(
                name="indicator_band_in_order",
                condition=Q(band_low=None)
                | Q(band_high=None)
                | Q(band_high__gt=models.F("band_low")),
                violation_error_message="Batas atas harus lebih besar daripada batas bawah.",
            ),
        )

    def __str__(self):
        return self.short_name or self.name


class IndicatorSet(models.Model):
    """The indicators a Pokja works on in one year, with targets; one version of it."""

    region_path = "pokja__region"
    status_path = "evidence__status"

    evidence = models.OneToOneField(
        "verification.Evidence", models.PROTECT, related_name="indicator_set", verbose_name="bukti"
    )
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="indicator_sets", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "himpunan indikator"
        verbose_name_plural = "himpunan indikator"
        indexes = (models.Index(fields=("year", "pokja"), name="indicator_set_year"),)

    def __str__(self):
        return f"Indikator {self.year}"


class Target(models.Model):
    """One indicator of a set: baseline, target, and what was reached by quarter and year."""

    region_path = "indicator_set__pokja__region"
    status_path = "indicator_set__evidence__status"

    indicator_set = models.ForeignKey(
        IndicatorSet, models.CASCADE, related_name="targets", verbose_name="himpunan indikator"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name="indikator"
    )
    baseline = models.DecimalField("capaian awal (baseline)", **VALUE)
    baseline_year = models.PositiveSmallIntegerField("tahun baseline", null=True, blank=True)
    target = models.DecimalField("target", **VALUE)
    source = models.CharField("sumber data", max_length=160, blank=True)
    q1 = models.DecimalField("capaian TW I", **VALUE)
    q2 = models.DecimalField("capaian TW II", **VALUE)
    q3 = models.DecimalField("capaian TW III", **VALUE)
    q4 = models.DecimalField("capaian TW IV", **VALUE)
    annual = models.DecimalField("capaian tahunan", **VALUE)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "target indikator"
        verbose_name_plural = "target indikator"
        ordering = ("indicator__order", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator_set", "indicator"),
                name="target_indicator_once",
                violation_error_message="Indikator ini sudah dipilih.",
            ),
        )

    def __str__(self):
        return str(self.indicator)


class RegionTarget(models.Model):
    """A target of a region (or of the nation) for a year, with the document that sets it."""

    region_path = "region"

    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="indicator_targets",
        verbose_name="wilayah",
    )
    year = models.PositiveSmallIntegerField("tahun")
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="region_targets", verbose_name="indikator"
    )
    value = models.DecimalField("target", max_digits=20, decimal_places=4)
    document = models.CharField("dokumen", max_length=160, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "target wilayah"
        verbose_name_plural = "target wilayah"
        ordering = ("year", "region__code", "indicator__order")
        constraints = (
            # "all but target" is the key of the file (spec section 7)
            models.UniqueConstraint(
                fields=("region", "year", "indicator", "document"), name="region_target_once"
            ),
            models.UniqueConstraint(
                fields=("year", "indicator", "document"),
                condition=Q(region=None),
                name="national_target_once",
            ),
        )

    def __str__(self):
        return f"{self.indicator} {self.year}"

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.effectiveness.enums import Criterion, RegionRule, RubricStatus


def default_limits() -> list[int]:
    return [40, 60, 80]


class Rubric(models.Model):
    """The rules by which the years ``year_from`` to ``year_to`` are scored, as data.

    Each row is one version: what was published is never changed, it ends or is replaced. No two
    published ones share a year (``effectiveness.publishing`` holds it).
    """

    code = models.SlugField("kode", unique=True)
    name = models.CharField("nama", max_length=160)
    year_from = models.PositiveSmallIntegerField("berlaku sejak tahun")
    year_to = models.PositiveSmallIntegerField("sampai tahun", null=True, blank=True)
    status = models.CharField(
        "status", max_length=10, choices=RubricStatus, default=RubricStatus.DRAFT
    )
    region_rule = models.CharField(
        "aturan wilayah", max_length=12, choices=RegionRule, default=RegionRule.ANY
    )
    accepted_sources = models.JSONField("sumber dana yang diterima", default=list)
    class_limits = models.JSONField("batas kelas kematangan", default=default_limits)
    expected_kinds = models.JSONField("jenis Pokja yang diharapkan ada", default=list, blank=True)
    published_at = models.DateTimeField("diterbitkan pada", null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="diterbitkan oleh",
    )
    replaced_at = models.DateTimeField("digantikan pada", null=True, blank=True)
    based_on = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="disusun dari",
    )
    source = models.CharField("sumber aturan", max_length=255, blank=True)
    description = models.TextField("penjelasan", blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "rubrik"
        verbose_name_plural = "rubrik"
        ordering = ("-year_from",)
        constraints = (
            models.CheckConstraint(
                name="rubric_years_in_order",
                condition=Q(year_to=None) | Q(year_to__gte=F("year_from")),
                violation_error_message="Tahun akhir tidak boleh sebelum tahun awal.",
            ),
        )

    def __str__(self):
        return self.name or f"Rubrik {self.code}"  # a draft may have none yet


class RubricCriterion(models.Model):
    """One criterion: which check decides it (see ``criteria.CHECKS``), with what parameters.

    The four base criteria carry the code of their check and need no parameters.
    """

    rubric = models.ForeignKey(
        Rubric, models.CASCADE, related_name="criteria", verbose_name="rubrik"
    )
    criterion = models.SlugField("kode kriteria", max_length=40)
    name = models.CharField("nama", max_length=160, blank=True)
    check_code = models.CharField("pemeriksaan", max_length=40, blank=True)
    parameters = models.JSONField("parameter", default=dict, blank=True)
    weight = models.PositiveSmallIntegerField("bobot")
    is_required = models.BooleanField("wajib", default=True)
    rule = models.TextField("aturan dalam kata-kata", blank=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "kriteria rubrik"
        verbose_name_plural = "kriteria rubrik"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("rubric", "criterion"), name="rubric_criterion_once"),
        )

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.name or dict(Criterion.choices).get(self.criterion, self.criterion)

    @property
    def checked_by(self) -> str:
        """The code of the check: that of the criterion itself where none is named."""
        return self.check_code or self.criterion


class RubricPoint(models.Model):
    """One maturity point: which check (see ``maturity.CHECKS``) and what it is worth."""

    rubric = models.ForeignKey(Rubric, models.CASCADE, related_name="points", verbose_name="rubrik")
    check_code = models.CharField("pemeriksaan", max_length=40)
    points = models.PositiveSmallIntegerField("poin", default=1)
    words = models.CharField("bunyi", max_length=255)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "poin kematangan"
        verbose_name_plural = "poin kematangan"
        ordering = ("order", "id")
        constraints = (
            models.UniqueConstraint(fields=("rubric", "check_code"), name="rubric_point_once"),
        )

    def __str__(self):
        return self.words

"""Closed years: the book of a province, frozen with its rules and its evidence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.scoping import ScopedQuerySet


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class Closing(models.Model):
    """The year of a province was closed: who, when, seen on which day, by which rules.

    ``rules`` repeats the rubric as it was, in plain data, so that the book can be read even when
    the rubric is gone. ``regions`` are the regions of that day, with a Pokja or without:
    [{id, code, name, level}] in the order of their codes. Never changed.
    """

    region_path = "province"

    province = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="provinsi"
    )
    year = models.PositiveSmallIntegerField("tahun")
    on = models.DateField("tanggal acuan")
    rubric = models.ForeignKey(
        "effectiveness.Rubric", models.PROTECT, related_name="+", verbose_name="rubrik"
    )
    rules = models.JSONField("aturan saat ditutup", default=dict)
    regions = models.JSONField("wilayah saat ditutup", default=list)
    note = models.TextField("catatan", blank=True)
    closed_by = _person("ditutup oleh", null=True)
    closed_at = models.DateTimeField("ditutup pada", auto_now_add=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "buku tahun"
        verbose_name_plural = "buku tahun"
        ordering = ("-year", "province__code")
        constraints = (
            models.UniqueConstraint(
                fields=("province", "year"),
                name="closing_once",
                violation_error_message="Tahun ini sudah ditutup untuk provinsi tersebut.",
            ),
        )

    def __str__(self):
        return f"Buku {self.year}, {self.province}"


class RegionReopening(models.Model):
    """One region of a closed year is open again until a day, with a reason.

    While it runs (``closed_at`` empty) the figures of that region are those of today; closing it
    again writes the next edition of its rows, and the earlier ones stay.
    """

    region_path = "region"

    closing = models.ForeignKey(
        Closing, models.PROTECT, related_name="reopenings", verbose_name="buku tahun"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    reason = models.TextField("alasan")
    until = models.DateField("batas baru")
    opened_by = _person("dibuka oleh", null=True)
    opened_at = models.DateTimeField("dibuka pada", auto_now_add=True)
    closed_by = _person("ditutup lagi oleh", null=True, blank=True)
    closed_at = models.DateTimeField("ditutup lagi pada", null=True, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "wilayah dibuka kembali"
        verbose_name_plural = "wilayah dibuka kembali"
        ordering = ("-opened_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("closing", "region"),
                condition=Q(closed_at=None),
                name="region_reopening_one_running",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="region_reopening_has_reason"),
        )

    def __str__(self):
        return f"{self.region}, {self.closing.year}"


class FrozenScore(models.Model):
    """One Pokja of a book: what it was worth, and what that rested on.

    ``results``: {criterion: {status, reason, evidence, version, item, until, decree}};
    ``points``: {check: given or not}. Name, code, kinds and region are those of that day. Rows are
    never changed; a later ``edition`` (after a reopening) takes their place and they stay.
    """

    region_path = "region"

    closing = models.ForeignKey(
        Closing, models.PROTECT, related_name="scores", verbose_name="buku tahun"
    )
    edition = models.PositiveSmallIntegerField("edisi", default=1)
    is_current = models.BooleanField("edisi terakhir", default=True)
    year = models.PositiveSmallIntegerField("tahun")
    province = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="provinsi"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    region_code = models.CharField("kode wilayah", max_length=13, default="")
    region_name = models.CharField("nama wilayah", max_length=120, default="")
    region_level = models.CharField("tingkat wilayah", max_length=10, default="")
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="frozen_scores", verbose_name="Pokja"
    )
    code = models.CharField("kode Pokja", max_length=60)
    name = models.CharField("nama", max_length=200)
    kinds = models.JSONField("jenis", default=list)
    results = models.JSONField("hasil kriteria", default=dict)
    points = models.JSONField("poin", default=dict)
    effective = models.BooleanField("efektif", null=True)
    score = models.PositiveSmallIntegerField("skor", null=True)
    index = models.DecimalField("indeks", max_digits=6, decimal_places=2, null=True)
    frozen_at = models.DateTimeField("dibekukan pada", auto_now_add=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "nilai beku"
        verbose_name_plural = "nilai beku"
        ordering = ("closing", "region__code", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("closing", "pokja", "edition"), name="frozen_score_once"
            ),
        )
        indexes = (
            models.Index(
                fields=("year", "province"),
                name="frozen_current",
                condition=Q(is_current=True),
            ),
        )

    def __str__(self):
        return f"{self.name} {self.year}"

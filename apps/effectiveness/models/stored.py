"""Figures kept beside the raw rows, so that a page costs what it shows (see ``stored``).

They can be thrown away at any time: everything in them follows from the raw rows. No constraint
ties them to those, so that nothing is ever kept from being written or deleted because of them.
"""

from django.db import models


class StaleMark(models.Model):
    """Something a region's figures rest on was written; put here by the database itself.

    ``province_id`` is the one it then lay in. Gone once the stored rows are right again. Marks
    are only ever added, so writers never wait for each other (see ``triggers``).
    """

    region = models.ForeignKey(
        "regions.Region", models.DO_NOTHING, related_name="+", db_constraint=False
    )
    province_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "tanda hitung ulang"
        verbose_name_plural = "tanda hitung ulang"

    def __str__(self):
        return f"wilayah {self.region_id}"


class ChangeStamp(models.Model):
    """That something a dashboard shows was written; put here by the database itself.

    The sum of ``number`` over all rows names the state of the data (see ``stamps``): one row on
    SQLite, which writes one transaction at a time; on PostgreSQL a row for each statement, so that
    writers never wait for each other.
    """

    number = models.BigIntegerField()

    class Meta:
        verbose_name = "cap perubahan"
        verbose_name_plural = "cap perubahan"

    def __str__(self):
        return str(self.number)


class StoredScore(models.Model):
    """What a Pokja of a province is worth from ``start`` to ``end``, days of the year ``year``.

    ``cells`` has a letter for each of the four criteria, ``details`` their reasons, evidence,
    item ids and last days (see ``spans``); ``kinds`` is separated by commas. ``rules`` is the
    fingerprint of the rubric it was made with, empty where the year has none.
    """

    pokja = models.ForeignKey(
        "pokja.Pokja",
        models.DO_NOTHING,
        related_name="stored_scores",
        db_constraint=False,
        db_index=False,
    )
    year = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField()
    region_id = models.BigIntegerField()
    province_id = models.BigIntegerField()
    cells = models.CharField(max_length=4)
    details = models.CharField(max_length=400)
    kinds = models.CharField(max_length=200, blank=True)
    effective = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    rules = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "nilai tersimpan"
        verbose_name_plural = "nilai tersimpan"
        constraints = (
            models.UniqueConstraint(
                fields=("province_id", "year", "pokja", "start"), name="stored_score_once"
            ),
        )
        indexes = (models.Index(fields=("province_id", "region_id"), name="stored_score_region"),)

    def __str__(self):
        return f"Pokja {self.pokja_id}, {self.year}: {self.cells}"


class Tallied(models.Model):
    """Counts over Pokja in a year from ``start`` to ``end``.

    ``effective_provinces`` and ``effective_districts`` count regions by the rubric's rule.
    """

    province_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField()
    pokja = models.PositiveIntegerField()
    effective = models.PositiveIntegerField()
    rated = models.PositiveIntegerField()
    sent = models.PositiveIntegerField()
    met_sk = models.PositiveIntegerField()
    met_plan = models.PositiveIntegerField()
    met_indicators = models.PositiveIntegerField()
    met_budget = models.PositiveIntegerField()
    waiting_sk = models.PositiveIntegerField()
    waiting_plan = models.PositiveIntegerField()
    waiting_indicators = models.PositiveIntegerField()
    waiting_budget = models.PositiveIntegerField()
    effective_provinces = models.PositiveIntegerField()
    effective_districts = models.PositiveIntegerField()
    rules = models.CharField(max_length=16, blank=True)

    class Meta:
        abstract = True


class StoredTally(Tallied):
    """Counts over the Pokja of a province."""

    class Meta:
        verbose_name = "jumlah tersimpan"
        verbose_name_plural = "jumlah tersimpan"
        constraints = (
            models.UniqueConstraint(
                fields=("year", "province_id", "start"), name="stored_tally_once"
            ),
        )

    def __str__(self):
        return f"provinsi {self.province_id}, {self.year}"


class RegionTally(Tallied):
    """Counts over the Pokja of a region's own level; none where it has no Pokja in that year."""

    region_id = models.BigIntegerField()

    class Meta:
        verbose_name = "jumlah daerah tersimpan"
        verbose_name_plural = "jumlah daerah tersimpan"
        constraints = (
            models.UniqueConstraint(
                fields=("province_id", "year", "region_id", "start"), name="region_tally_once"
            ),
        )

    def __str__(self):
        return f"wilayah {self.region_id}, {self.year}"

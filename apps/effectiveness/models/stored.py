"""Figures kept beside the raw rows, so that a page costs what it shows (see ``stored``).

They can be thrown away at any time: everything in them follows from the raw rows.
"""

from django.db import models


class StaleMark(models.Model):
    """Something a region's figures rest on was written; put here by the database itself.

    ``province_id`` is the one it then lay in. Gone once the stored rows are right again.
    """

    region_id = models.BigIntegerField()
    province_id = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = "tanda hitung ulang"
        verbose_name_plural = "tanda hitung ulang"

    def __str__(self):
        return f"wilayah {self.region_id}"


class StoredScore(models.Model):
    """What a Pokja is worth from ``start`` to ``end`` (days of the year ``year``).

    ``cells`` has a letter for each of the four criteria (t, m, p, x, b); ``details`` their
    reasons, evidence and item ids. ``rules`` is the fingerprint of the rubric it was made with.
    """

    pokja = models.ForeignKey("pokja.Pokja", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField()
    start = models.DateField()
    end = models.DateField()
    region_id = models.BigIntegerField()
    province_id = models.BigIntegerField()
    cells = models.CharField(max_length=4)
    details = models.TextField(blank=True)
    kinds = models.CharField(max_length=120, blank=True)
    effective = models.BooleanField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    rules = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "nilai tersimpan"
        verbose_name_plural = "nilai tersimpan"
        constraints = (
            models.UniqueConstraint(fields=("pokja", "year", "start"), name="stored_score_once"),
        )
        indexes = (
            models.Index(fields=("year", "province_id", "start"), name="stored_score_province"),
            models.Index(fields=("region_id",), name="stored_score_region"),
        )

    def __str__(self):
        return f"Pokja {self.pokja_id}, {self.year}: {self.cells}"


class StoredTally(models.Model):
    """Counts over the Pokja of a province in a year from ``start`` to ``end``.

    ``kind`` is a type of Pokja, or empty for all of them. ``effective_provinces`` and
    ``effective_districts`` count regions by the rubric's rule (rows of all types only).
    """

    province_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, blank=True)
    start = models.DateField()
    end = models.DateField()
    pokja = models.PositiveIntegerField(default=0)
    effective = models.PositiveIntegerField(default=0)
    rated = models.PositiveIntegerField(default=0)
    sent = models.PositiveIntegerField(default=0)
    met = models.JSONField(default=list)
    waiting = models.JSONField(default=list)
    effective_provinces = models.PositiveIntegerField(default=0)
    effective_districts = models.PositiveIntegerField(default=0)
    rules = models.CharField(max_length=16, blank=True)

    class Meta:
        verbose_name = "jumlah tersimpan"
        verbose_name_plural = "jumlah tersimpan"
        constraints = (
            models.UniqueConstraint(
                fields=("year", "province_id", "kind", "start"), name="stored_tally_once"
            ),
        )

    def __str__(self):
        return f"provinsi {self.province_id}, {self.year} {self.kind}"

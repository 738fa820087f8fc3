"""Stored words of the regions. The loanwords of the law are the values (house rules, "Names")."""

from django.db import models


class Level(models.TextChoices):
    PROVINSI = "provinsi", "Provinsi"
    KABUPATEN = "kabupaten", "Kabupaten"
    KOTA = "kota", "Kota"
    KECAMATAN = "kecamatan", "Kecamatan"
    DESA = "desa", "Desa"
    KELURAHAN = "kelurahan", "Kelurahan"


class CodeSystem(models.TextChoices):
    KEMENDAGRI = "kemendagri", "Kemendagri"
    BPS = "bps", "BPS"


KABKOTA_LEVELS = (Level.KABUPATEN, Level.KOTA)
# Levels that have a Pokja of their own today; kecamatan and desa are reference.
POKJA_LEVELS = (Level.PROVINSI, *KABKOTA_LEVELS)
VILLAGE_LEVELS = (Level.DESA, Level.KELURAHAN)

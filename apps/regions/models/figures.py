"""Figures about regions from outside (yearly profiles, published facts), and about this portal."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from apps.core.scoping import ScopedQuerySet
from apps.regions.models.region import Region

# Column of a `profil` file (spec section 7) -> field of RegionProfile, in the order of the file.
PROFILE_FIELDS = {
    "desa": "villages",
    "kelurahan": "urban_villages",
    "pkb": "pkb",
    "plkb_pns": "plkb_civil_servants",
    "plkb_non_pns": "plkb_non_civil_servants",
    "pppk": "pppk",
    "ppkbd": "ppkbd",
    "bkb": "bkb",
    "bkr": "bkr",
    "bkl": "bkl",
    "uppka": "uppka",
    "pik_r": "pik_r",
    "kampung_kb": "kampung_kb",
    "lokus_stunting": "stunting_focus_villages",
    "prevalensi_stunting": "stunting_prevalence",
    "pus": "couples",
    "penduduk": "population",
    "sumber": "source",
}


def _count(label, help_text=""):
    return models.PositiveIntegerField(label, null=True, blank=True, help_text=help_text)


class RegionProfile(models.Model):
    """Figures of a region in one year; null = not known, which is not zero."""

    region_path = "region"

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="profiles", verbose_name="wilayah"
    )
    year = models.PositiveSmallIntegerField("tahun")
    villages = _count("desa")
    urban_villages = _count("kelurahan")
    pkb = _count("PKB", "Penyuluh Keluarga Berencana (pegawai pusat).")
    plkb_civil_servants = _count("PLKB PNS")
    plkb_non_civil_servants = _count("PLKB non-PNS")
    pppk = _count("PPPK")
    ppkbd = _count("PPKBD")
    bkb = _count("BKB", "Kelompok Bina Keluarga Balita.")
    bkr = _count("BKR", "Kelompok Bina Keluarga Remaja.")
    bkl = _count("BKL", "Kelompok Bina Keluarga Lansia.")
    uppka = _count("UPPKA", "Sampai 2020 bernama UPPKS.")
    pik_r = _count("PIK-R")
    kampung_kb = _count("Kampung KB")
    stunting_focus_villages = _count("lokus stunting", "Jumlah desa/kelurahan lokus.")
    stunting_prevalence = models.DecimalField(
        "prevalensi stunting (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    couples = _count("PUS", "Pasangan usia subur.")
    population = _count("penduduk")
    source = models.CharField("sumber", max_length=300, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "profil wilayah"
        verbose_name_plural = "profil wilayah"
        ordering = ["region__code", "-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year"],
                name="region_profile_one_per_year",
                violation_error_message="Profil wilayah ini untuk tahun itu sudah ada.",
            ),
            models.CheckConstraint(
                condition=Q(stunting_prevalence__isnull=True)
                | Q(stunting_prevalence__gte=0, stunting_prevalence__lte=100),
                name="region_profile_prevalence_percent",
                violation_error_message="Prevalensi stunting berada di antara 0 dan 100 persen.",
            ),
        ]

    def __str__(self):
        return f"{self.region}, {self.year}"


class PublishedFact(models.Model):
    """A figure or event as the press or an agency published it; region null = the nation.

    Public by nature, so it has no region path: everybody who is signed in may read it.
    """

    # Those of the data files speak; a fact typed in by hand gets a random one.
    key = models.CharField("kunci", max_length=100, unique=True, editable=False, default=uuid4)
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="facts",
        verbose_name="wilayah",
        help_text="Kosong = nasional.",
    )
    year = models.PositiveSmallIntegerField("tahun")
    date_from = models.DateField("tanggal mulai", null=True, blank=True)
    date_to = models.DateField("tanggal selesai", null=True, blank=True)
    subject = models.CharField("pokok", max_length=120)
    value = models.DecimalField("nilai", max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField("satuan", max_length=40, blank=True)
    text = models.TextField("keterangan", blank=True)
    source = models.CharField("sumber", max_length=200)
    url = models.URLField("alamat sumber", max_length=300, blank=True)

    class Meta:
        verbose_name = "fakta terbitan"
        verbose_name_plural = "fakta terbitan"
        ordering = ["region__code", "-year", "subject"]

    def __str__(self):
        return f"{self.subject}, {self.region or 'Nasional'} {self.year}"


class InstallationFlag(models.Model):
    """A fact about this installation; ``sample`` = "1" once sample data were loaded."""

    key = models.CharField("kunci", max_length=40, primary_key=True)
    value = models.CharField("nilai", max_length=200)

    class Meta:
        verbose_name = "penanda instalasi"
        verbose_name_plural = "penanda instalasi"

    def __str__(self):
        return f"{self.key} = {self.value}"

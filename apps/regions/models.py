"""The tree of wilayah, their codes over time, yearly profiles and published facts.

Codes change (pemekaran) and Kemendagri and BPS codes collide, so no code is a primary key
(spec section 2). ``Region.code`` repeats the open Kemendagri code of ``RegionCode`` because
every list sorts by it and every address carries it; only ``services`` writes either of them.
"""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from apps.core.scoping import ScopedQuerySet
from apps.regions.codes import timezone_label, timezone_name
from apps.regions.enums import KABKOTA_LEVELS, POKJA_LEVELS, VILLAGE_LEVELS, CodeSystem, Level


class RegionQuerySet(ScopedQuerySet):
    def provinces(self):
        return self.filter(level=Level.PROVINSI)

    def kabkota(self):
        return self.filter(level__in=KABKOTA_LEVELS)

    def with_pokja_level(self):
        """Provinces, kabupaten and kota: the levels that have Pokja of their own."""
        return self.filter(level__in=POKJA_LEVELS)

    def villages(self):
        return self.filter(level__in=VILLAGE_LEVELS)


class Region(models.Model):
    region_path = ""

    name = models.CharField("nama resmi", max_length=120)
    short_name = models.CharField("nama pendek", max_length=120)
    level = models.CharField("tingkat", max_length=10, choices=Level.choices)
    code = models.CharField(
        "kode Kemendagri", max_length=13, unique=True, help_text="Dengan titik, contoh 73.71."
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="wilayah induk",
    )
    # Null only between the insert of a province and the update that points it to itself.
    province = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="members",
        verbose_name="provinsi",
    )
    administrative = models.BooleanField(
        "wilayah administrasi",
        default=False,
        help_text="Kabupaten/kota administrasi (DKI Jakarta), bukan daerah otonom.",
    )
    area_km2 = models.DecimalField(
        "luas (km²)", max_digits=10, decimal_places=3, null=True, blank=True
    )
    iso_3166_2 = models.CharField("kode ISO 3166-2", max_length=6, blank=True)

    objects = models.Manager.from_queryset(RegionQuerySet)()

    class Meta:
        verbose_name = "wilayah"
        verbose_name_plural = "wilayah"
        ordering = ["code"]
        indexes = [models.Index(fields=["level", "code"], name="region_level_code")]
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="region_level_known"),
            models.CheckConstraint(
                condition=Q(level=Level.PROVINSI, parent__isnull=True)
                | (~Q(level=Level.PROVINSI) & Q(parent__isnull=False, province__isnull=False)),
                name="region_below_province_has_parent",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def is_province(self) -> bool:
        return self.level == Level.PROVINSI

    @property
    def is_kabkota(self) -> bool:
        return self.level in KABKOTA_LEVELS

    @property
    def full_name(self) -> str:
        """Name with its level: "Provinsi Aceh", "Kabupaten Bone", "Kota Makassar"."""
        if self.is_kabkota:
            return self.name
        if self.is_province and self.name.startswith("Daerah "):
            return self.name
        return f"{self.get_level_display()} {self.name}"

    @property
    def label(self) -> str:
        """Name for tables and charts: "Sulawesi Selatan", "Bone", "Kota Makassar".

        Kota keep their level since 28 pairs of kabupaten and kota share one short name.
        """
        return f"Kota {self.short_name}" if self.level == Level.KOTA else self.short_name

    @property
    def timezone_label(self) -> str:
        """WIB, WITA or WIT; of the province the region lies in."""
        return timezone_label(self.code)

    @property
    def timezone_name(self) -> str:
        """IANA name of the same zone, for zoneinfo."""
        return timezone_name(self.code)


class RegionCode(models.Model):
    """A code of a region in one system; ``valid_from`` empty = since before our records."""

    region_path = "region"

    region = models.ForeignKey(Region, models.CASCADE, related_name="codes", verbose_name="wilayah")
    system = models.CharField("sistem", max_length=10, choices=CodeSystem.choices)
    code = models.CharField("kode", max_length=13)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    basis = models.CharField("dasar", max_length=160, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "kode wilayah"
        verbose_name_plural = "kode wilayah"
        ordering = ["system", "code", "valid_to"]
        indexes = [models.Index(fields=["system", "code"], name="region_code_system_code")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "system"],
                condition=Q(valid_to__isnull=True),
                name="region_code_one_open_per_system",
                violation_error_message="Wilayah ini sudah punya kode yang berlaku di sistem itu.",
            ),
            models.UniqueConstraint(
                fields=["system", "code"],
                condition=Q(valid_to__isnull=True),
                name="region_code_open_code_unique",
                violation_error_message="Kode ini sedang dipakai wilayah lain.",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lte=F("valid_to")),
                name="region_code_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(system__in=CodeSystem.values), name="region_code_system_known"
            ),
        ]

    def __str__(self):
        return f"{self.code} ({self.get_system_display()})"


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

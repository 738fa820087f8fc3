"""The tree of wilayah and their codes over time.

Codes change (pemekaran) and Kemendagri and BPS codes collide, so no code is a primary key
(spec section 2). ``Region.code`` repeats the open Kemendagri code of ``RegionCode`` because
every list sorts by it and every address carries it; only ``services`` writes either of them.
"""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from apps.core.scoping import ScopedQuerySet
from apps.regions.codes import timezone_label, timezone_name
from apps.regions.enums import KABKOTA_LEVELS, POKJA_LEVELS, VILLAGE_LEVELS, CodeSystem, Level

PHONE = RegexValidator(
    r"^\+?[\d (),.-]{5,}$", "Tulis nomor telepon dengan angka, misalnya 0411 123456."
)


class RegionQuerySet(ScopedQuerySet):
    """Levels are asked for without the regions that were merged into another one."""

    def existing(self):
        return self.filter(ended_on=None)

    def provinces(self):
        return self.existing().filter(level=Level.PROVINSI)

    def kabkota(self):
        return self.existing().filter(level__in=KABKOTA_LEVELS)

    def with_pokja_level(self):
        """Provinces, kabupaten and kota: the levels that have Pokja of their own."""
        return self.existing().filter(level__in=POKJA_LEVELS)

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
    # Of a province: who helps its people, at the foot of every page they open.
    help_name = models.CharField(
        "kontak bantuan",
        max_length=120,
        blank=True,
        help_text="Hanya untuk provinsi, misalnya Perwakilan BKKBN Provinsi Sulawesi Selatan.",
    )
    help_phone = models.CharField(
        "telepon bantuan", max_length=40, blank=True, validators=[PHONE], help_text="+62 411 123456"
    )
    help_email = models.EmailField("pos-el bantuan", blank=True)
    # Both or neither. Nullable and without a constraint, so that SQLite adds them in place.
    ended_on = models.DateField("digabung pada", null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name="digabung ke",
    )

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
        return full_name(self.name, self.level)

    @property
    def label(self) -> str:
        """Name for tables and charts: "Sulawesi Selatan", "Bone", "Kota Makassar".

        Kota keep their level since 28 pairs of kabupaten and kota share one short name.
        """
        return label_of(self.short_name, self.level)

    @property
    def timezone_label(self) -> str:
        """WIB, WITA or WIT; of the province the region lies in."""
        return timezone_label(self.code)

    @property
    def timezone_name(self) -> str:
        """IANA name of the same zone, for zoneinfo."""
        return timezone_name(self.code)


def label_of(short_name: str, level: str) -> str:
    return f"Kota {short_name}" if level == Level.KOTA else short_name


def full_name(name: str, level: str) -> str:
    """A stored name as sentences say it; those of kabupaten and kota carry their level already."""
    if level in KABKOTA_LEVELS or (level == Level.PROVINSI and name.startswith("Daerah ")):
        return name
    return f"{Level(level).label} {name}"


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

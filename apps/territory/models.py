"""Changes of regions: a draft changes nothing; confirming applies all of it at once."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.formats import format_date
from apps.regions.enums import Level
from apps.regions.models import full_name
from apps.territory.enums import OPEN, SPLITS, ChangeKind, ChangeStatus, Way


def _person(label, **options):
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=label, **options
    )


class RegionChange(models.Model):
    """One change by one law, from the day it is in force. For the national office only.

    ``region`` is the one that is split, merged into ``target``, moved to ``target`` or renamed.
    ``new_*`` tell of the region to be made by a split, else of ``region`` itself (short name,
    without its level). ``revision`` counts every change, so that nobody confirms what they have
    not seen. ``result`` keeps what was done, for the record and for a change back.
    """

    kind = models.CharField("jenis", max_length=20, choices=ChangeKind)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    target = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="wilayah tujuan",
    )
    in_force_on = models.DateField("berlaku mulai")
    basis = models.CharField("dasar hukum", max_length=160)
    note = models.TextField("catatan", blank=True)
    new_code = models.CharField("kode baru", max_length=13, blank=True)
    new_name = models.CharField("nama baru", max_length=100, blank=True)
    new_level = models.CharField("tingkat baru", max_length=10, choices=Level.choices, blank=True)
    status = models.CharField(
        "status", max_length=10, choices=ChangeStatus, default=ChangeStatus.DRAFT
    )
    revision = models.PositiveIntegerField(default=1, editable=False)
    reverses = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reversals",
        verbose_name="kebalikan dari",
    )
    result = models.JSONField("yang dilakukan", default=dict, editable=False)
    created_by = _person("dibuat oleh", null=True)
    created_at = models.DateTimeField("dibuat pada", auto_now_add=True)
    edited_by = _person("diubah oleh", null=True)
    edited_at = models.DateTimeField("diubah pada", auto_now=True)
    decided_by = _person("diputuskan oleh", null=True, blank=True)
    decided_at = models.DateTimeField("diputuskan pada", null=True, blank=True)

    class Meta:
        verbose_name = "perubahan wilayah"
        verbose_name_plural = "perubahan wilayah"
        ordering = ("-in_force_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="region_change_decided_by_somebody",
                condition=Q(status__in=OPEN, decided_at=None)
                | (~Q(status__in=OPEN) & Q(decided_at__isnull=False)),
            ),
        )

    def __str__(self):
        return f"{self.title}, {format_date(self.in_force_on)}"

    @property
    def title(self) -> str:
        """What happens, as a heading: "Pemekaran Provinsi Papua"."""
        if self.kind == ChangeKind.MERGE:
            return f"Penggabungan {self.region} ke {self.target}"
        if self.kind == ChangeKind.MOVE:
            return f"{self.region} pindah ke {self.target}"
        if self.kind == ChangeKind.RENAME:
            return f"Ganti nama, kode, atau tingkat {self.region}"
        return f"Pemekaran {self.region}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def makes_region(self) -> bool:
        return self.kind in SPLITS

    @property
    def official_name(self) -> str:
        """The new name as it is stored: "Kabupaten Bone Selatan", but "Sulawesi Tenggara"."""
        if not self.new_name or self.new_level == Level.PROVINSI:
            return self.new_name
        return f"{Level(self.new_level).label} {self.new_name}"

    @property
    def new_full_name(self) -> str:
        return full_name(self.official_name, self.new_level) if self.new_name else ""


class RegionChangeItem(models.Model):
    """One thing that goes along: a region with its new code, a Pokja, or somebody's post."""

    change = models.ForeignKey(
        RegionChange, models.CASCADE, related_name="items", verbose_name="perubahan"
    )
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="wilayah",
    )
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, null=True, related_name="+", verbose_name="Pokja"
    )
    post = models.ForeignKey(
        "accounts.Assignment",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="penugasan",
    )
    code = models.CharField("kode baru", max_length=13, blank=True)
    way = models.CharField("menjadi", max_length=5, choices=Way, blank=True)

    class Meta:
        verbose_name = "yang ikut berubah"
        verbose_name_plural = "yang ikut berubah"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("change", "region"), name="change_item_region_once"),
            models.UniqueConstraint(fields=("change", "pokja"), name="change_item_pokja_once"),
            models.UniqueConstraint(fields=("change", "post"), name="change_item_post_once"),
            models.CheckConstraint(
                name="change_item_is_one_thing",
                condition=Q(region__isnull=False, pokja=None, post=None)
                | Q(region=None, pokja__isnull=False, post=None)
                | Q(region=None, pokja=None, post__isnull=False),
            ),
        )

    def __str__(self):
        return str(self.region or self.pokja or self.post)

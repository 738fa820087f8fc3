"""What a region's work rests on: regulations, agreements, and the office that handles PPKB.

They are no evidence: nobody verifies them, and observers see them too. Rows without a region hold
for the nation and are seen by everybody who is signed in.
"""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from apps.core.formats import decree_key
from apps.regulations.codes import regulation_name
from apps.regulations.enums import AgreementKind, InstitutionForm, RegulationKind
from apps.regulations.register import Register, WithPaper

FIRST_YEAR, LAST_YEAR = 1945, 2100
UNTIL_FIRST = "Tanggal akhir tidak boleh sebelum tanggal mulai berlaku."


class Regulation(WithPaper):
    """A law, regulation, decision, instruction or circular of the nation or of a region."""

    kind = models.CharField("jenis", max_length=20, choices=RegulationKind)
    issuer = models.CharField(
        "penetap",
        max_length=120,
        blank=True,
        help_text="Bila jenisnya belum menyebut, misalnya Menteri Dalam Negeri.",
    )
    number = models.CharField("nomor", max_length=60)
    number_key = models.CharField(max_length=60, editable=False)
    year = models.PositiveSmallIntegerField(
        "tahun", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    subject = models.CharField("tentang", max_length=500)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="regulations",
        verbose_name="wilayah",
        help_text="Kosong = berlaku nasional.",
    )
    enacted_on = models.DateField("tanggal ditetapkan", null=True, blank=True)
    valid_from = models.DateField("berlaku mulai", null=True, blank=True)
    revoked_by = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="revokes",
        verbose_name="dicabut oleh",
    )

    class Meta:
        verbose_name = "regulasi"
        verbose_name_plural = "regulasi"
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(
                Coalesce("region", Value(0), output_field=models.BigIntegerField()),
                "kind",
                "issuer",
                "year",
                "number_key",
                name="regulation_once",
                violation_error_message="Regulasi dengan jenis, nomor, dan tahun ini sudah "
                "tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(valid_from=None)
                | Q(valid_until__gte=F("valid_from")),
                name="regulation_until_after_from",
                violation_error_message=UNTIL_FIRST,
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None)
                | Q(enacted_on=None)
                | Q(valid_until__gte=F("enacted_on")),
                name="regulation_until_after_enacted",
                violation_error_message="Tanggal akhir tidak boleh sebelum tanggal ditetapkan.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_by=None) | Q(valid_until__isnull=False),
                name="regulation_revoked_has_end",
                violation_error_message="Regulasi yang dicabut harus punya hari terakhir berlaku.",
            ),
        )
        indexes = (models.Index(fields=("region", "kind"), name="regulation_region_kind"),)

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.number_key = decree_key(self.number)

    def validate_constraints(self, exclude=None):
        """The folded number is in no form, but follows from the one that is."""
        super().validate_constraints(exclude=set(exclude or ()) - {"number_key"})

    @property
    def name(self) -> str:
        place = self.region.full_name if self.region else self.issuer
        return regulation_name(self.kind, self.number, self.year, place)

    @classmethod
    def started_by(cls, day: date) -> Q:
        """Also of rows without a date: they began within their year, as far as is known."""
        by_decision = Q(valid_from=None, enacted_on__lte=day)
        unknown = Q(valid_from=None, enacted_on=None, year__lt=day.year)
        return super().started_by(day) | by_decision | unknown

    @property
    def starts_on(self) -> date:
        """The first day it counts (see ``RegisterQuerySet.in_force_on``)."""
        return self.valid_from or self.enacted_on or date(self.year + 1, 1, 1)

    @property
    def has_date(self) -> bool:
        return bool(self.valid_from or self.enacted_on)


class Agreement(WithPaper):
    """An MoU, or a PKS under one, with a number for each party."""

    kind = models.CharField("jenis", max_length=10, choices=AgreementKind)
    title = models.CharField("judul", max_length=300)
    parties = models.TextField("para pihak", help_text="Satu pihak pada tiap baris.")
    own_number = models.CharField("nomor pihak daerah", max_length=120, blank=True)
    own_key = models.CharField(max_length=120, blank=True, editable=False)
    other_number = models.CharField("nomor pihak lain", max_length=120, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="wilayah",
        help_text="Kosong = berlaku nasional.",
    )
    valid_from = models.DateField("berlaku mulai")
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="nota kesepahaman induk",
    )

    class Meta:
        verbose_name = "kesepakatan"
        verbose_name_plural = "kesepakatan"
        ordering = ("-valid_from", "-id")
        constraints = (
            models.UniqueConstraint(
                Coalesce("region", Value(0), output_field=models.BigIntegerField()),
                "kind",
                "own_key",
                "valid_from",
                condition=~Q(own_key=""),
                name="agreement_once",
                violation_error_message="Kesepakatan dengan jenis, nomor, dan tanggal ini sudah "
                "tercatat.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="agreement_until_after_from",
                violation_error_message=UNTIL_FIRST,
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(kind=AgreementKind.PKS),
                name="agreement_parent_of_pks",
                violation_error_message="Hanya PKS yang punya nota kesepahaman induk.",
            ),
        )

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.own_key = decree_key(self.own_number)

    def validate_constraints(self, exclude=None):
        """As for a regulation."""
        super().validate_constraints(exclude=set(exclude or ()) - {"own_key"})

    @property
    def name(self) -> str:
        return f"{self.kind.upper() if self.kind == AgreementKind.PKS else 'MoU'} {self.title}"

    @property
    def party_list(self) -> list[str]:
        return [line.strip() for line in self.parties.splitlines() if line.strip()]

    @property
    def outlives_parent(self) -> bool:
        """Does a PKS run longer than the MoU it rests on? Told, never refused."""
        if self.parent is None or self.parent.valid_until is None:
            return False
        return self.valid_until is None or self.valid_until > self.parent.valid_until


class Institution(Register):
    """The office of a region that handles PPKB: its name and form over time."""

    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="institutions", verbose_name="wilayah"
    )
    name = models.CharField("nama perangkat daerah", max_length=255)
    short_name = models.CharField("singkatan", max_length=40, blank=True)
    form = models.CharField("bentuk", max_length=20, choices=InstitutionForm)
    other_affairs = models.CharField(
        "urusan lain",
        max_length=300,
        blank=True,
        help_text="Urusan yang digabung, misalnya pemberdayaan perempuan.",
    )
    valid_from = models.DateField("sejak")
    basis = models.CharField("dasar", max_length=200, blank=True)

    class Meta:
        verbose_name = "kelembagaan PPKB"
        verbose_name_plural = "kelembagaan PPKB"
        ordering = ("region__code", "-valid_from", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "name", "valid_from"),
                name="institution_once",
                violation_error_message="Perangkat daerah dengan nama dan tanggal ini sudah "
                "tercatat.",
            ),
            models.UniqueConstraint(
                fields=("region",),
                condition=Q(valid_until=None),
                name="institution_one_running",
                violation_error_message="Masih ada perangkat daerah yang belum diakhiri. Akhiri "
                "yang lama lebih dahulu.",
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="institution_until_after_from",
                violation_error_message=UNTIL_FIRST,
            ),
        )

    def __str__(self):
        return self.short_name or self.name

"""Letterhead, signers and texts of an office, and the record of who was reminded of what.

An office is the province whose letters it writes; no province is the national office.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from apps.campaign import words
from apps.campaign.codes import format_nip, nip_digits, unknown_placeholders
from apps.campaign.enums import Channel, LetterKind, OnBehalf, Paper
from apps.core.scoping import ScopedQuerySet

NUMBER_LENGTH = 80


class OfficeQuerySet(ScopedQuerySet):
    def of_offices(self, user):
        """Rows of the offices this person writes for: the own province, or the national office.

        Narrower than ``for_user``: a signer's NIP is for those of the same office only.
        """
        scope = getattr(user, "scope", None)
        if scope is None:
            return self.none()
        if scope.is_admin:
            return self
        path = self.model.region_path
        if scope.sees_all:
            return self.filter(**{path: None})
        return self.filter(**{f"{path}__in": scope.province_ids})


def _office(**options):
    return models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        limit_choices_to={"level": "provinsi"},
        verbose_name="provinsi",
        help_text="Kosong = kantor pusat.",
        **options,
    )


class Letterhead(models.Model):
    """The kop surat of an office from a day on: agencies change their names, old letters do not."""

    region_path = "province"

    province = _office()
    valid_from = models.DateField("berlaku mulai")
    institution = models.TextField(
        "nama instansi",
        max_length=400,
        help_text="Satu baris untuk setiap tingkat; baris terakhir dicetak paling besar.",
    )
    address = models.CharField("alamat", max_length=200)
    phone = models.CharField("telepon", max_length=60, blank=True)
    website = models.CharField("laman", max_length=100, blank=True)
    email = models.CharField("pos-el", max_length=100, blank=True)
    place = models.CharField(
        "tempat", max_length=60, help_text="Kota di depan tanggal surat, misalnya Makassar."
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(OfficeQuerySet)()

    class Meta:
        verbose_name = "kop surat"
        verbose_name_plural = "kop surat"
        ordering = ("province__code", "-valid_from")
        constraints = (
            models.UniqueConstraint(
                fields=("province", "valid_from"),
                name="letterhead_once_a_day",
                violation_error_message="Kop surat yang berlaku mulai tanggal itu sudah ada.",
            ),
            models.UniqueConstraint(
                fields=("valid_from",),
                condition=Q(province=None),
                name="letterhead_national_once_a_day",
                violation_error_message="Kop surat yang berlaku mulai tanggal itu sudah ada.",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.institution.splitlines() if line.strip()]

    @property
    def name(self) -> str:
        """The office itself: the last line."""
        return self.lines[-1] if self.lines else ""

    @property
    def contact(self) -> str:
        parts = (
            ("Telepon", self.phone),
            ("Laman", self.website),
            ("Pos-el", self.email),
        )
        return "; ".join(f"{word} {value}" for word, value in parts if value)


class Signer(models.Model):
    """Who signs for an office, typed once. The NIP is shown to people of that office only."""

    region_path = "province"

    province = _office()
    position = models.CharField(
        "jabatan", max_length=150, help_text="Misalnya Kepala Perwakilan, tanpa a.n., Plt., Plh."
    )
    on_behalf = models.CharField(
        "menandatangani sebagai", max_length=5, choices=OnBehalf, blank=True, default=OnBehalf.OWN
    )
    principal = models.CharField(
        "atas nama jabatan",
        max_length=150,
        blank=True,
        help_text="Hanya untuk a.n.: jabatan yang diwakili.",
    )
    name = models.CharField("nama dan gelar", max_length=150)
    rank = models.CharField("pangkat", max_length=60, blank=True)
    nip = models.CharField(
        "NIP", max_length=18, blank=True, help_text="18 angka, boleh dengan spasi."
    )
    is_active = models.BooleanField("dipakai", default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(OfficeQuerySet)()

    class Meta:
        verbose_name = "penanda tangan"
        verbose_name_plural = "penanda tangan"
        ordering = ("province__code", "-is_active", "id")
        constraints = (
            models.CheckConstraint(
                name="signer_principal_for_on_behalf",
                condition=Q(on_behalf=OnBehalf.ON_BEHALF) ^ Q(principal=""),
                violation_error_message=words.PRINCIPAL_ONLY_ON_BEHALF,
            ),
        )

    def __str__(self):
        return f"{self.name}, {self.title}"

    def clean(self):
        if self.nip:
            try:
                self.nip = nip_digits(self.nip)
            except ValueError as error:
                raise ValidationError({"nip": str(error)}) from error

    @property
    def title(self) -> str:
        """Plt. Kepala Perwakilan; a.n. shows on a line of its own on the letter."""
        if self.on_behalf == OnBehalf.ON_BEHALF:
            return f"a.n. {self.principal}, {self.position}"
        return f"{self.on_behalf} {self.position}".strip()

    @property
    def nip_text(self) -> str:
        return format_nip(self.nip)


class LetterTemplate(models.Model):
    """The text of one kind of letter and of the WhatsApp message that goes with it."""

    kind = models.CharField("jenis surat", max_length=10, choices=LetterKind, unique=True)
    subject = models.CharField("hal", max_length=200)
    nature = models.CharField("sifat", max_length=40, default="Biasa")
    opening = models.TextField("pembuka", max_length=3000)
    closing = models.TextField("penutup", max_length=3000)
    copies = models.TextField(
        "tembusan", max_length=1000, blank=True, help_text="Satu baris untuk setiap tembusan."
    )
    message = models.TextField("pesan WhatsApp", max_length=3000)

    class Meta:
        verbose_name = "naskah surat"
        verbose_name_plural = "naskah surat"
        ordering = ("id",)

    def __str__(self):
        return self.get_kind_display()

    def clean(self):
        faults = {}
        for name in ("subject", "opening", "closing", "copies", "message"):
            known = words.MESSAGE_PLACEHOLDERS if name == "message" else words.PLACEHOLDERS
            if unknown := unknown_placeholders(getattr(self, name), known):
                faults[name] = words.unknown_sentence(unknown, known)
        if faults:
            raise ValidationError(faults)


class Mailing(models.Model):
    """One go at reminding: whom, by what, for which year. What was made stays as it was made."""

    region_path = "office"

    office = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="kantor provinsi",
    )
    channel = models.CharField("cara", max_length=10, choices=Channel)
    kind = models.CharField("jenis", max_length=10, choices=LetterKind)
    year = models.PositiveSmallIntegerField("tahun")
    letter_date = models.DateField("tanggal surat", null=True)
    paper = models.CharField("kertas", max_length=2, choices=Paper, default=Paper.A4)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="oleh"
    )
    at = models.DateTimeField("waktu", auto_now_add=True)

    objects = models.Manager.from_queryset(OfficeQuerySet)()

    class Meta:
        verbose_name = "pengiriman pengingat"
        verbose_name_plural = "pengiriman pengingat"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.label} {self.year}"

    @property
    def label(self) -> str:
        """Surat pengingat; Pesan WhatsApp; Pemberitahuan portal."""
        if self.channel == Channel.LETTER:
            return self.get_kind_display()
        return self.get_channel_display()


class CampaignMessage(models.Model):
    """What one region was sent: the letter as it was set, the message, the notice.

    ``day`` is that of the region's zone: by messenger and portal a region is reminded of a kind
    once a day, which the database holds.
    """

    region_path = "region"

    mailing = models.ForeignKey(
        Mailing, models.PROTECT, related_name="messages", verbose_name="pengiriman"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    year = models.PositiveSmallIntegerField("tahun")
    channel = models.CharField("cara", max_length=10, choices=Channel)
    kind = models.CharField("jenis", max_length=10, choices=LetterKind)
    number = models.CharField("nomor surat", max_length=NUMBER_LENGTH, blank=True)
    day = models.DateField("hari")
    missing = models.PositiveSmallIntegerField("butir yang kurang")
    content = models.JSONField("isi", default=dict)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "pengingat"
        verbose_name_plural = "pengingat"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("mailing", "region"), name="campaign_message_once_in_mailing"
            ),
            models.UniqueConstraint(
                fields=("region", "year", "channel", "kind", "day"),
                condition=~Q(channel=Channel.LETTER),
                name="campaign_message_once_a_day",
            ),
        )
        indexes = (models.Index(fields=("region", "year"), name="campaign_region_year"),)

    def __str__(self):
        return f"{self.mailing.label}, {self.region}"

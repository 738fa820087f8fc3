"""Texts of letters, and the record of who was reminded of what.

An office is the province whose letters it writes; no province is the national office. Its
letterhead and signers are those of ``apps.papers``.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from apps.campaign import words
from apps.campaign.codes import unknown_placeholders
from apps.campaign.enums import Channel, LetterKind
from apps.core.scoping import ScopedQuerySet
from apps.papers.enums import Paper
from apps.papers.models import OfficeQuerySet

NUMBER_LENGTH = 80


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

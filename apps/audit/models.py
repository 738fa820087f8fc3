from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, Max, Min, OuterRef, Q
from django.utils import timezone

from apps.core.scoping import ScopedQuerySet

DIGEST = 64  # hexadecimal digits of a SHA-256


# What a verifier put down and has not sent yet.
UNSENT = (
    "Menaruh pin pada halaman",
    "Mengubah pin pada halaman",
    "Menghapus pin pada halaman",
    "Menghapus pin yang tidak dikirim",
)


@cache
def closed_kinds() -> list[str]:
    """Kinds of data that the officers of a region never see (``closed_to`` of their models)."""
    kept = [model for model in apps.get_models() if "operator" in getattr(model, "closed_to", ())]
    return sorted(model._meta.label_lower for model in kept)


class EntryQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Rows of one's regions, without what is for others there: accounts are their
        coordinators', pins not sent yet and second looks the province's."""
        rows = super().for_user(user)
        scope = getattr(user, "scope", None)
        if scope is None or scope.sees_all:
            return rows
        provinces = Q(region__province__in=scope.province_ids)
        leading = [post.region_id for post in scope.posts if post.role == "coordinator"]
        inner = Q(object_type__startswith="accounts.")
        judging = (
            Q(action__in=UNSENT)
            | Q(object_type__in=closed_kinds())
            | Q(object_type__startswith="campaign.")
        )
        return rows.filter(~inner | Q(region__province__in=leading), ~judging | provinces)

    def of_time(self, since, until):
        """Those whose clock stood at ``since`` or later and before ``until``; None for no border.
        Their numbers are bounded as well (1 query): numbers are the order of lists, and whoever
        goes by them need not pass all that was written later, nor sort."""
        told = {"at__gte": since, "at__lt": until}
        told = {border: moment for border, moment in told.items() if moment is not None}
        if not told:
            return self
        # The count keeps PostgreSQL from looking for the ends along the primary key.
        ends = Entry.objects.filter(**told).aggregate(
            first=Min("pk"), last=Max("pk"), count=Count("pk")
        )
        if not ends["count"]:
            return self.none()
        return self.filter(**told, pk__gte=ends["first"], pk__lte=ends["last"])

    def unlinked(self):
        """Entries that the chain does not hold yet."""
        return self.filter(~Exists(Link.objects.filter(entry=OuterRef("pk"))))


class Entry(models.Model):
    """Who did what to which record, from what to what, why and when. Never changed later: the
    database refuses it (``triggers``), and the chain (``Link``) shows it.

    ``zone`` is the clock of the person: WIB, WITA or WIT. No address of a machine is kept.
    The order of entries is that of their numbers: the clock may jump back.
    """

    region_path = "region"
    closed_to = ("observer",)  # names, notes and drafts of a region are not for observers

    at = models.DateTimeField("waktu", default=timezone.now, editable=False, db_index=True)
    zone = models.CharField("zona waktu", max_length=4, default="WIB", db_default="WIB")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="pelaku",
    )
    role = models.CharField("peran", max_length=20, blank=True)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        db_index=False,
        related_name="+",
        verbose_name="wilayah",
    )
    action = models.CharField("tindakan", max_length=60)
    object_type = models.CharField("jenis data", max_length=60)
    object_id = models.CharField("nomor data", max_length=60)
    object_label = models.CharField("data", max_length=255)
    before = models.JSONField("sebelum", default=dict)
    after = models.JSONField("sesudah", default=dict)
    reason = models.TextField("alasan", blank=True)

    objects = models.Manager.from_queryset(EntryQuerySet)()

    class Meta:
        verbose_name = "catatan audit"
        verbose_name_plural = "jejak audit"
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("object_type", "object_id"), name="audit_object"),
            models.Index(fields=("object_type", "id"), name="audit_kind"),
            models.Index(fields=("region", "id"), name="audit_region"),
            models.Index(fields=("actor", "id"), name="audit_actor"),
            models.Index(fields=("action", "id"), name="audit_action"),
        )

    def __str__(self):
        return f"{self.action}: {self.object_label}"


class Link(models.Model):
    """The place of an entry in the chain, given right after the entry was committed.

    ``content`` is the SHA-256 of the entry as text, ``digest`` that of the link before it, the
    place, the entry's number and ``content``. Never changed later.
    """

    seq = models.BigIntegerField("mata rantai", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="link", verbose_name="catatan")
    content = models.CharField("sidik catatan", max_length=DIGEST)
    digest = models.CharField("sidik rantai", max_length=DIGEST)

    class Meta:
        verbose_name = "mata rantai audit"
        verbose_name_plural = "rantai audit"
        ordering = ("seq",)

    def __str__(self):
        return f"{self.seq}:{self.digest}"


class Head(models.Model):
    """The one row that says where the chain ends; who lengthens the chain holds it.

    ``checked_at``, ``checked_seq`` and ``faults`` tell what the last check of everything found.
    """

    seq = models.BigIntegerField("mata rantai terakhir", default=0)
    digest = models.CharField("sidik rantai", max_length=DIGEST, default="0" * DIGEST)
    checked_at = models.DateTimeField("diperiksa pada", null=True)
    checked_seq = models.BigIntegerField("diperiksa sampai", default=0)
    faults = models.PositiveIntegerField("temuan", default=0)

    class Meta:
        verbose_name = "kepala rantai audit"
        verbose_name_plural = "kepala rantai audit"

    def __str__(self):
        return f"{self.seq}:{self.digest}"


class Refusal(models.Model):
    """Somebody who was signed in asked for what they may not: one row each, and of what comes too
    often only a count. Apart from the trail, which is of what was done, and never shortened.

    ``address`` is the path asked for, without what was typed; ``count`` how many this row stands
    for.
    """

    at = models.DateTimeField("waktu", default=timezone.now, db_index=True)
    zone = models.CharField("zona waktu", max_length=4)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        db_index=False,
        related_name="+",
        verbose_name="pelaku",
    )
    role = models.CharField("peran", max_length=20, blank=True)
    method = models.CharField("metode", max_length=10)
    address = models.CharField("alamat", max_length=200)
    status = models.PositiveSmallIntegerField("jawaban")
    reason = models.CharField("alasan", max_length=300, blank=True)
    count = models.PositiveIntegerField("kali", default=1)

    class Meta:
        verbose_name = "penolakan"
        verbose_name_plural = "penolakan"
        ordering = ("-id",)
        indexes = (models.Index(fields=("actor", "at"), name="audit_refusal_actor"),)

    def __str__(self):
        return f"{self.method} {self.address}: {self.status}"

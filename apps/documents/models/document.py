import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.accounts.scope import VERIFIED
from apps.core.scoping import ScopedQuerySet


def stored_name(document, filename) -> str:
    """Generated, so that a name from outside never becomes a path."""
    return f"{document.uuid.hex[:2]}/{document.uuid}.pdf"


class DocumentQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Rows this user may see. A document has no status of its own: observers see it once an
        item that is verified uses it, or the register of regulations, which is no evidence. What
        uses documents stands above, hence the paths."""
        rows = super().for_user(user)
        scope = getattr(user, "scope", None)
        if scope is None or scope.sees_all or not scope.observer_ids:
            return rows
        used = self.model.objects.filter(
            Q(decrees__evidence__status=VERIFIED)
            | Q(budgets__evidence__status=VERIFIED)
            | Q(regulations__isnull=False)
            | Q(agreements__isnull=False)
        )
        whole = Q(region__in=scope.operator_ids) | Q(region__province__in=scope.province_ids)
        return rows.filter(whole | Q(pk__in=used.values("pk")))


class Document(models.Model):
    """An uploaded PDF, kept byte for byte (spec section 8). A new file is a new row."""

    region_path = "region"

    uuid = models.UUIDField("kode berkas", default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    file = models.FileField("berkas", upload_to=stored_name)
    original_name = models.CharField("nama asli", max_length=255)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("ukuran (byte)")
    pages = models.PositiveIntegerField("jumlah halaman")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="diunggah oleh",
    )
    uploaded_at = models.DateTimeField("diunggah pada", auto_now_add=True)

    objects = models.Manager.from_queryset(DocumentQuerySet)()

    class Meta:
        verbose_name = "dokumen"
        verbose_name_plural = "dokumen"
        ordering = ("-id",)

    def __str__(self):
        return self.original_name


def original_name(original, filename) -> str:
    uuid = original.document.uuid
    return f"asli/{uuid.hex[:2]}/{uuid}/{original.number}.{original.format}"


class Original(models.Model):
    """One photo of a page, kept byte for byte; the document is put together from them in order,
    for reading only (spec section 8)."""

    region_path = "document__region"

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="originals", verbose_name="dokumen"
    )
    number = models.PositiveSmallIntegerField("halaman")
    file = models.FileField("berkas", upload_to=original_name)
    original_name = models.CharField("nama asli", max_length=255)
    format = models.CharField("jenis", max_length=4, choices=[("jpg", "JPEG"), ("png", "PNG")])
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    size = models.PositiveIntegerField("ukuran (byte)")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "foto asli"
        verbose_name_plural = "foto asli"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="original_number_once"),
        )

    def __str__(self):
        return self.original_name

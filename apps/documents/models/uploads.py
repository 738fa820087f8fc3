import uuid

from django.conf import settings
from django.db import models

from apps.core.scoping import ScopedQuerySet


class UploadQuerySet(ScopedQuerySet):
    def for_user(self, user):
        """Nobody but the person who sends a file has business with it on its way."""
        return super().for_user(user).filter(user_id=user.pk)


class Upload(models.Model):
    """A file on its way: how much has arrived. The parts lie in the store until it is whole.

    ``received`` only grows, by one conditional UPDATE for each part, so that a part sent twice
    (a line that broke before the answer) is taken once.
    """

    region_path = "region"

    uuid = models.UUIDField("kode unggahan", default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pengunggah"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="+", verbose_name="wilayah"
    )
    name = models.CharField("nama berkas", max_length=255)
    size = models.PositiveIntegerField("ukuran (byte)")
    received = models.PositiveIntegerField("sudah diterima (byte)", default=0)
    document = models.ForeignKey(
        "documents.Document",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name="dokumen",
    )
    created_at = models.DateTimeField("dimulai", auto_now_add=True)
    touched_at = models.DateTimeField("terakhir diterima", auto_now_add=True, db_index=True)

    objects = models.Manager.from_queryset(UploadQuerySet)()

    class Meta:
        verbose_name = "unggahan"
        verbose_name_plural = "unggahan"
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="upload_within_size", condition=models.Q(received__lte=models.F("size"))
            ),
        )

    def __str__(self):
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.size


class Chunk(models.Model):
    """One part of an upload, lying in the store under ``name``."""

    region_path = "upload__region"

    upload = models.ForeignKey(
        Upload, models.CASCADE, related_name="chunks", verbose_name="unggahan"
    )
    offset = models.PositiveIntegerField("mulai pada byte")
    size = models.PositiveIntegerField("ukuran (byte)")
    name = models.CharField("nama di penyimpanan", max_length=120)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "bagian unggahan"
        verbose_name_plural = "bagian unggahan"
        ordering = ("offset",)
        constraints = (
            models.UniqueConstraint(fields=("upload", "offset"), name="chunk_offset_once"),
        )

    def __str__(self):
        return self.name

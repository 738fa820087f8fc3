from django.db import models

from apps.core.scoping import ScopedQuerySet


class Reading(models.Model):
    """What the portal has made of a document so far: its text and its electronic signatures.

    Made once, off the request where it takes long; everything here can be made again.
    """

    region_path = "document__region"

    class State(models.TextChoices):
        WAITING = "menunggu", "Sedang dibaca"
        TEXT = "teks", "Dibaca dari teks PDF"
        OCR = "ocr", "Dibaca dari hasil pindai"
        UNREADABLE = "tidak_terbaca", "Tidak terbaca"
        FAILED = "gagal", "Gagal dibaca"

    document = models.OneToOneField(
        "documents.Document", models.CASCADE, related_name="reading", verbose_name="dokumen"
    )
    state = models.CharField("keadaan", max_length=14, choices=State, default=State.WAITING)
    # The whole text folded for searching (case, blanks); pages hold it as written.
    search_text = models.TextField("teks untuk pencarian", blank=True)
    read_at = models.DateTimeField("dibaca pada", null=True, blank=True)
    signatures_checked_at = models.DateTimeField("tanda tangan diperiksa", null=True, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "pembacaan dokumen"
        verbose_name_plural = "pembacaan dokumen"

    def __str__(self):
        return f"{self.get_state_display()}: {self.document_id}"


class PageText(models.Model):
    """The text of one page, line by line with its place.

    ``lines`` holds [x0, y0, x1, y1, text] for each line, from top to bottom; the numbers are
    parts (0 to 1) of the page's width and height, from its upper left corner.
    """

    region_path = "document__region"

    document = models.ForeignKey(
        "documents.Document", models.CASCADE, related_name="page_texts", verbose_name="dokumen"
    )
    number = models.PositiveIntegerField("halaman")
    lines = models.JSONField("baris", default=list)
    ratio = models.FloatField("tinggi dibanding lebar", default=1.414)  # A4

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "teks halaman"
        verbose_name_plural = "teks halaman"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="page_text_once"),
        )

    def __str__(self):
        return f"{self.document_id}, halaman {self.number}"

    @property
    def text(self) -> str:
        return "\n".join(line[4] for line in self.lines)


class Signature(models.Model):
    """One electronic signature (TTE) found in a document, in words no stronger than what was
    checked: is the signed part unchanged, was something added later, is the chain known here."""

    region_path = "document__region"

    class Integrity(models.TextChoices):
        INTACT = "utuh", "Utuh sejak ditandatangani"
        EXTENDED = "ditambah", "Ditambah setelah ditandatangani (misalnya tanda tangan berikutnya)"
        CHANGED = "berubah", "Berubah setelah ditandatangani"
        UNKNOWN = "tidak_diketahui", "Tidak dapat diperiksa"

    document = models.ForeignKey(
        "documents.Document", models.CASCADE, related_name="signatures", verbose_name="dokumen"
    )
    number = models.PositiveSmallIntegerField("urutan")
    signer = models.CharField("nama pada sertifikat", max_length=255, blank=True)
    issuer = models.CharField("penerbit sertifikat", max_length=255, blank=True)
    signed_at = models.DateTimeField("waktu menurut tanda tangan", null=True, blank=True)
    integrity = models.CharField("keutuhan", max_length=16, choices=Integrity)
    chain_known = models.BooleanField("rantai sertifikat dikenal portal", default=False)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "tanda tangan elektronik"
        verbose_name_plural = "tanda tangan elektronik"
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("document", "number"), name="signature_number_once"),
        )

    def __str__(self):
        return f"{self.signer or 'Tanpa nama'}: {self.get_integrity_display()}"

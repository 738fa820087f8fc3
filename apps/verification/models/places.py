from django.conf import settings
from django.db import models
from django.db.models import Q

from apps.core.scoping import ScopedQuerySet
from apps.verification.models.evidence import Evidence, History


class Pin(models.Model):
    """A remark at a spot of a page ("di mana salahnya?").

    Put down while checking; it goes out with the return it belongs to (``history``), and the
    officer then sees it at the spot. ``x`` and ``y`` are parts (0 to 1) of the page's width and
    height, from its upper left corner.
    """

    region_path = "evidence__region"
    status_path = "evidence__status"

    evidence = models.ForeignKey(
        Evidence, models.PROTECT, related_name="pins", verbose_name="bukti"
    )
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="dokumen"
    )
    page = models.PositiveIntegerField("halaman")
    x = models.FloatField("dari kiri")
    y = models.FloatField("dari atas")
    text = models.TextField("catatan")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="penulis"
    )
    created_at = models.DateTimeField("ditulis pada", auto_now_add=True)
    history = models.ForeignKey(
        History,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="pins",
        verbose_name="pengembalian",
    )

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "pin pada halaman"
        verbose_name_plural = "pin pada halaman"
        ordering = ("page", "y", "id")
        constraints = (
            models.CheckConstraint(
                name="pin_on_the_page",
                condition=Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1, page__gte=1),
                violation_error_message="Pin harus berada pada halaman.",
            ),
            models.CheckConstraint(
                name="pin_says_something",
                condition=~Q(text=""),
                violation_error_message="Tulis catatan untuk pin ini.",
            ),
        )

    def __str__(self):
        return f"Halaman {self.page}: {self.text[:60]}"

    @property
    def left(self) -> str:
        """Its place as a length of SVG, whatever the size of the image."""
        return f"{self.x * 100:.2f}%"

    @property
    def top(self) -> str:
        return f"{self.y * 100:.2f}%"


class Citation(models.Model):
    """Where in the document a value stands: page and a short quote (spec section 8).

    One for each field of a piece of evidence; the person who looked last has the word. It speaks
    of one file: once another is uploaded it no longer holds.
    """

    region_path = "evidence__region"
    status_path = "evidence__status"

    evidence = models.ForeignKey(
        Evidence, models.CASCADE, related_name="citations", verbose_name="bukti"
    )
    document = models.ForeignKey(
        "documents.Document", models.PROTECT, related_name="+", verbose_name="dokumen"
    )
    field = models.CharField("isian", max_length=60)
    page = models.PositiveIntegerField("halaman")
    quote = models.CharField("kutipan", max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="dicatat oleh",
    )
    created_at = models.DateTimeField("dicatat pada", auto_now=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "letak pada dokumen"
        verbose_name_plural = "letak pada dokumen"
        ordering = ("page", "id")
        constraints = (
            models.UniqueConstraint(fields=("evidence", "field"), name="citation_field_once"),
            models.CheckConstraint(name="citation_page_counts", condition=Q(page__gte=1)),
        )

    def __str__(self):
        return f"{self.field}: halaman {self.page}"

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from apps.core.scoping import ScopedQuerySet
from apps.decrees.enums import CoverageRole, SignerStatus, ValidityBasis


class Decree(models.Model):
    """An SK: it establishes, amends or revokes one or more Pokja of one region.

    Dates may be missing in a draft; submission waits until they are filled in.
    """

    region_path = "evidence__region"
    status_path = "evidence__status"

    evidence = models.OneToOneField(
        "verification.Evidence", models.PROTECT, related_name="decree", verbose_name="bukti"
    )
    number = models.CharField("nomor SK", max_length=160)
    # The number folded for matching (spaces, case, separators, leading zeros): 188.45/97.
    number_key = models.CharField(max_length=160, db_index=True, editable=False)
    issued_on = models.DateField("tanggal ditetapkan", null=True)
    title = models.TextField("tentang")
    signer_position = models.CharField("jabatan penanda tangan", max_length=160, blank=True)
    signer_status = models.CharField(
        "status penanda tangan", max_length=12, choices=SignerStatus, blank=True
    )
    signer_name = models.CharField("nama penanda tangan", max_length=160, blank=True)
    valid_from = models.DateField("berlaku mulai", null=True)
    valid_until = models.DateField("berlaku sampai dengan", null=True, blank=True)
    validity_basis = models.CharField(
        "dasar masa berlaku", max_length=20, choices=ValidityBasis, default=ValidityBasis.WRITTEN
    )
    document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decrees",
        verbose_name="berkas SK",
    )
    # "Proses di Bagian Hukum": a successor on its way, before it has its number and file.
    in_process_since = models.DateField("di Bagian Hukum sejak", null=True, blank=True)
    process_document = models.ForeignKey(
        "documents.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decree_processes",
        verbose_name="nota dinas",
    )

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "SK"
        verbose_name_plural = "SK"
        constraints = (
            models.CheckConstraint(
                name="decree_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="Tanggal akhir berlaku harus setelah tanggal mulai.",
            ),
        )

    def __str__(self):
        return f"SK {self.number}"


class DecreeCoverage(models.Model):
    """What a decree does to one Pokja, and which decree (by number) it amends or revokes.

    The parent is named by its number, as the paper does: it may be entered later than its child,
    and a corrected version of the parent keeps its children.
    """

    region_path = "pokja__region"
    status_path = "decree__evidence__status"

    decree = models.ForeignKey(Decree, models.CASCADE, related_name="coverage", verbose_name="SK")
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="decree_coverage", verbose_name="Pokja"
    )
    role = models.CharField(
        "peran", max_length=12, choices=CoverageRole, default=CoverageRole.ESTABLISH
    )
    parent_number = models.CharField("SK induk", max_length=160, blank=True)
    parent_key = models.CharField(max_length=160, blank=True, editable=False)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "cakupan SK"
        verbose_name_plural = "cakupan SK"
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("decree", "pokja"), name="coverage_pokja_once"),
            models.CheckConstraint(
                name="coverage_change_names_parent",
                condition=Q(role=CoverageRole.ESTABLISH) | ~Q(parent_number=""),
                violation_error_message="Isi nomor SK yang diubah atau dicabut.",
            ),
        )

    def __str__(self):
        return f"{self.get_role_display()} {self.pokja_id}"


class DecreeReuse(models.Model):
    """ "Gunakan kembali": in a new year somebody looked, and the SK still holds.

    It never touches the score, which follows from the SK alone; it says who looked, and when.
    """

    region_path = "pokja__region"
    status_path = "evidence__status"

    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, related_name="decree_reuses", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")
    evidence = models.ForeignKey(
        "verification.Evidence", models.PROTECT, related_name="decree_reuses", verbose_name="SK"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dipastikan oleh"
    )
    confirmed_at = models.DateTimeField("dipastikan pada", auto_now_add=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "SK digunakan kembali"
        verbose_name_plural = "SK digunakan kembali"
        ordering = ("-year", "id")
        constraints = (
            models.UniqueConstraint(fields=("pokja", "year"), name="decree_reuse_once_a_year"),
        )

    def __str__(self):
        return f"{self.evidence.title} untuk {self.year}"

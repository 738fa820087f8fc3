from django.db import models
from django.db.models import F, Q

from apps.core.scoping import ScopedQuerySet
from apps.pokja.enums import PokjaKind, Sector


class PokjaQuerySet(ScopedQuerySet):
    def active_on(self, day):
        """Pokja that exist on a day: formed by then, not dissolved or merged by then."""
        return self.filter(
            Q(formed_on=None) | Q(formed_on__lte=day),
            Q(dissolved_on=None) | Q(dissolved_on__gt=day),
        )


class Pokja(models.Model):
    """A working group of one region. Merged or dissolved ones stay, for the years they lived."""

    region_path = "region"

    code = models.CharField(
        "kode Pokja",
        max_length=60,
        unique=True,
        error_messages={"unique": "Kode Pokja ini sudah dipakai."},
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, related_name="pokja", verbose_name="wilayah"
    )
    name = models.CharField("nama", max_length=200)
    formed_on = models.DateField("dibentuk", null=True, blank=True)
    dissolved_on = models.DateField("bubar atau dilebur pada", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="dilebur ke",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(PokjaQuerySet)()

    class Meta:
        verbose_name = "Pokja"
        verbose_name_plural = "Pokja"
        ordering = ("region__code", "code")
        constraints = (
            models.CheckConstraint(
                name="pokja_formed_before_dissolved",
                condition=Q(formed_on=None)
                | Q(dissolved_on=None)
                | Q(dissolved_on__gte=F("formed_on")),
                violation_error_message="Tanggal bubar tidak boleh sebelum tanggal dibentuk.",
            ),
            models.CheckConstraint(
                name="pokja_merged_with_date",
                condition=Q(merged_into=None) | Q(dissolved_on__isnull=False),
                violation_error_message="Isi tanggal peleburan.",
            ),
            models.CheckConstraint(
                name="pokja_not_merged_into_itself",
                condition=~Q(merged_into=F("id")),
                violation_error_message="Pokja tidak dapat dilebur ke dirinya sendiri.",
            ),
        )

    def __str__(self):
        return self.name

    @property
    def kinds(self) -> list[str]:
        return [row.kind for row in self.kind_rows.all()]

    @property
    def kind_labels(self) -> str:
        return ", ".join(row.get_kind_display() for row in self.kind_rows.all())


class PokjaType(models.Model):
    """One type that a Pokja carries."""

    region_path = "pokja__region"

    pokja = models.ForeignKey(Pokja, models.CASCADE, related_name="kind_rows", verbose_name="Pokja")
    kind = models.CharField("jenis", max_length=20, choices=PokjaKind)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "jenis Pokja"
        verbose_name_plural = "jenis Pokja"
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("pokja", "kind"), name="pokja_kind_once"),)

    def __str__(self):
        return self.get_kind_display()


class Seat(models.Model):
    """A seat in a Pokja: members are posts, persons rotate through them."""

    region_path = "pokja__region"

    pokja = models.ForeignKey(Pokja, models.CASCADE, related_name="seats", verbose_name="Pokja")
    position = models.CharField("kedudukan dalam Pokja", max_length=100)
    institution = models.CharField("instansi", max_length=150)
    sector = models.CharField("unsur", max_length=20, choices=Sector)
    holder = models.CharField("nama pejabat", max_length=150, blank=True)
    started_on = models.DateField("sejak", null=True, blank=True)
    ended_on = models.DateField("sampai", null=True, blank=True)

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "anggota"
        verbose_name_plural = "anggota"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="seat_dates_in_order",
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="Tanggal akhir harus setelah tanggal mulai.",
            ),
        )

    def __str__(self):
        return f"{self.position}, {self.institution}"


class NilDeclaration(models.Model):
    """ "Tidak ada", declared with a reason for one criterion and year; not the same as silence."""

    region_path = "pokja__region"
    status_path = "evidence__status"

    evidence = models.OneToOneField(
        "verification.Evidence", models.PROTECT, related_name="nil", verbose_name="bukti"
    )
    pokja = models.ForeignKey(
        Pokja, models.PROTECT, related_name="nil_declarations", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")
    criterion = models.CharField("kriteria", max_length=20)
    reason = models.TextField("alasan")

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "pernyataan tidak ada"
        verbose_name_plural = "pernyataan tidak ada"

    def __str__(self):
        return self.reason[:60]

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from apps.accounts.scope import VERIFIED
from apps.core.scoping import ScopedQuerySet
from apps.pokja.enums import PokjaKind, RequiredSector, Sector
from apps.pokja.seat_words import name_fault
from apps.verification.enums import Kind


def name_only(name: str) -> None:
    """ValidationError for a name that carries an identity number or a phone number."""
    if fault := name_fault(name):
        raise ValidationError(fault)


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
        indexes = (
            # How many there are in each region on a day, without reading the rows.
            models.Index(fields=("region", "formed_on", "dissolved_on"), name="pokja_region_days"),
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


class SeatQuerySet(ScopedQuerySet):
    """An observer sees verified things only: a seat whose SK is not verified is not there yet."""

    decree_path = "decree"

    def for_user(self, user):
        rows = super().for_user(user)
        scope = getattr(user, "scope", None)
        if scope is None or scope.sees_all or not scope.observer_ids:
            return rows
        region = self.model.region_path
        whole = Q(**{f"{region}__in": scope.operator_ids}) | Q(
            **{f"{region}__province__in": scope.province_ids}
        )
        shown = Q(**{self.decree_path: None}) | Q(**{f"{self.decree_path}__status": VERIFIED})
        return rows.filter(whole | shown)

    def held_on(self, day):
        """Seats that exist on a day; the first and the last day count."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day)
        )


class HolderQuerySet(SeatQuerySet):
    decree_path = "seat__decree"


class Seat(models.Model):
    """A seat in a Pokja, given by an SK: members are posts, persons rotate through them.

    ``previous`` is the same post under the SK before, so that its holders can be told in one row.
    """

    region_path = "pokja__region"

    pokja = models.ForeignKey(Pokja, models.CASCADE, related_name="seats", verbose_name="Pokja")
    position = models.CharField("kedudukan dalam Pokja", max_length=100)
    home_post = models.CharField("jabatan asal", max_length=150, blank=True)
    institution = models.CharField("instansi", max_length=150)
    sector = models.CharField("unsur", max_length=20, choices=Sector)
    group = models.CharField("bidang atau seksi", max_length=150, blank=True)
    decree = models.ForeignKey(
        "verification.Evidence",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        limit_choices_to={"kind": Kind.DECREE},
        verbose_name="SK",
    )
    started_on = models.DateField("sejak", null=True, blank=True)
    ended_on = models.DateField("sampai", null=True, blank=True)
    previous = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followers",
        verbose_name="kursi pada SK sebelumnya",
    )
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(SeatQuerySet)()

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

    def is_held_on(self, day) -> bool:
        """The same as ``held_on``, for a row that is here already."""
        return covers(self, day)


class SeatHolder(models.Model):
    """Who holds a seat, from the first day to the last; no phone, no identity number."""

    region_path = "seat__pokja__region"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="holders", verbose_name="kursi")
    name = models.CharField("nama pejabat", max_length=150, validators=[name_only])
    started_on = models.DateField("sejak", null=True, blank=True)
    ended_on = models.DateField("sampai", null=True, blank=True)

    objects = models.Manager.from_queryset(HolderQuerySet)()

    class Meta:
        verbose_name = "pejabat"
        verbose_name_plural = "pejabat"
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="holder_dates_in_order",
                condition=Q(started_on=None) | Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="Tanggal akhir harus setelah tanggal mulai.",
            ),
            models.UniqueConstraint(
                fields=("seat",),
                condition=Q(ended_on=None),
                name="holder_one_at_present",
                violation_error_message="Kursi ini sudah ada pejabatnya.",
            ),
            models.UniqueConstraint(
                fields=("seat", "started_on"),
                name="holder_start_once",
                violation_error_message="Pada tanggal itu sudah ada pejabat yang mulai.",
            ),
        )

    def __str__(self):
        return self.name


def covers(span, day) -> bool:
    """Does a seat or holder hold on this day? Open ends are open."""
    begun = span.started_on is None or span.started_on <= day
    return begun and (span.ended_on is None or span.ended_on >= day)


class RosterRequirement(models.Model):
    """Who must sit in a Pokja: a sector or an institution, edited in the admin."""

    code = models.SlugField("kode", unique=True)
    label = models.CharField("yang harus terwakili", max_length=100)
    sector = models.CharField("unsur", max_length=20, choices=RequiredSector, blank=True)
    institution = models.CharField(
        "instansi",
        max_length=255,
        blank=True,
        help_text="Nama atau bagian nama instansi; beberapa ejaan dipisah dengan titik koma",
    )
    kind = models.CharField("hanya jenis Pokja", max_length=20, choices=PokjaKind, blank=True)
    advice = models.CharField("cara melengkapi", max_length=255, blank=True)
    source = models.CharField("dasar", max_length=160, blank=True)
    is_active = models.BooleanField("dipakai", default=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "unsur yang harus terwakili"
        verbose_name_plural = "unsur yang harus terwakili"
        ordering = ("order", "id")
        constraints = (
            models.CheckConstraint(
                name="requirement_asks_one_thing",
                condition=Q(sector="") ^ Q(institution=""),
                violation_error_message="Isi unsur atau instansi, salah satu.",
            ),
        )

    def __str__(self):
        return self.label


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

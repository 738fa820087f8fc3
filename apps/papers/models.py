"""Letterheads and signers of an office, and the papers issued with a code of authenticity.

An office is the province whose papers it issues; no province is the national office.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from apps.core.formats import format_datetime
from apps.core.scoping import ScopedQuerySet
from apps.papers import words
from apps.papers.codes import format_nip, nip_digits, shown_code
from apps.papers.enums import OnBehalf, PaperKind
from apps.papers.qr import qr_svg


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


class LetterheadQuerySet(OfficeQuerySet):
    def in_force(self, day):
        """Those that held on a day or had ended before it; the one that holds comes first."""
        return self.filter(valid_from__lte=day).order_by("-valid_from")


class SignerQuerySet(OfficeQuerySet):
    def in_force(self, day):
        """Those in use who may sign on a day; who took office last comes first."""
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        not_over = Q(valid_to=None) | Q(valid_to__gte=day)
        return self.filter(begun, not_over, is_active=True).order_by(
            F("valid_from").desc(nulls_last=True), "id"
        )


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
    """The kop surat of an office from a day on: agencies change their names, old papers do not."""

    region_path = "province"

    province = _office()
    valid_from = models.DateField(
        "berlaku mulai",
        help_text="Kop ini dipakai sejak tanggal itu, sampai kop berikutnya berlaku.",
    )
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
    # PNG as base64, drawn anew when uploaded: small, and there for every machine.
    emblem = models.TextField("lambang", blank=True, default="", editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(LetterheadQuerySet)()

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
    valid_from = models.DateField(
        "menjabat mulai", null=True, blank=True, help_text="Kosong = sejak semula."
    )
    valid_to = models.DateField(
        "menjabat sampai dengan",
        null=True,
        blank=True,
        help_text="Kosong = masih menjabat. Hari terakhir ikut dihitung.",
    )
    is_active = models.BooleanField("dipakai", default=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = models.Manager.from_queryset(SignerQuerySet)()

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
            models.CheckConstraint(
                name="signer_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=words.ENDS_BEFORE_IT_BEGINS,
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
        """Plt. Kepala Perwakilan; a.n. shows on a line of its own on the paper."""
        if self.on_behalf == OnBehalf.ON_BEHALF:
            return f"a.n. {self.principal}, {self.position}"
        return f"{self.on_behalf} {self.position}".strip()

    @property
    def nip_text(self) -> str:
        return format_nip(self.nip)

    @property
    def title_lines(self) -> list[str]:
        """The post as it stands above the name: one line, or two for a.n."""
        if self.on_behalf == OnBehalf.ON_BEHALF:
            return [f"a.n. {self.principal}", f"{self.position},"]
        return [f"{self.title},"]


class IssuedPaper(models.Model):
    """A paper that was printed: its code, and what it told on that day.

    ``told`` holds the facts as printed, at least {"status": one sentence}: no person's name and
    nothing the public may not read. ``sha256`` is the print of kind, subject, year, day, title and
    ``told``: the same paper is one row, whoever fetches it and however often.
    """

    region_path = "region"

    kind = models.CharField("jenis", max_length=16, choices=PaperKind)
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="wilayah",
        help_text="Kosong = seluruh Indonesia.",
    )
    pokja = models.ForeignKey(
        "pokja.Pokja", models.PROTECT, null=True, related_name="+", verbose_name="Pokja"
    )
    year = models.PositiveSmallIntegerField("tahun")
    per = models.DateField("per tanggal", null=True)
    title = models.CharField("judul", max_length=200)
    told = models.JSONField("isi saat terbit", default=dict)
    sha256 = models.CharField("sidik isi", max_length=64, unique=True)
    code = models.CharField("kode", max_length=8, unique=True)
    issued_at = models.DateTimeField("diterbitkan", auto_now_add=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="oleh"
    )

    objects = models.Manager.from_queryset(ScopedQuerySet)()

    class Meta:
        verbose_name = "rapor terbit"
        verbose_name_plural = "rapor terbit"
        ordering = ("-id",)

    def __str__(self):
        return f"{self.title} ({shown_code(self.code)})"

    @property
    def zone(self) -> str:
        """WITA: the zone of the region the paper is about; WIB for the country."""
        return self.region.timezone_label if self.region else "WIB"

    def mark(self, root: str = "") -> dict:
        """What the paper carries of its authenticity, as JSON can hold it.

        ``root`` is the address of the portal ("https://host/") where the settings name none
        (PORTAL_URL); without either the paper carries the code alone and no QR.
        """
        base = (settings.PORTAL_URL or root).rstrip("/")
        path = reverse("papers:check", args=[self.code])
        return {
            "code": shown_code(self.code),
            "address": f"{base}{path}",
            "form": f"{base}{reverse('papers:form')}".split("://")[-1],
            "qr": qr_svg(f"{base}{path}") if base else "",
            "issued": format_datetime(self.issued_at, self.zone),
        }

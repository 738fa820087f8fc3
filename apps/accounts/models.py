from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper

from apps.accounts.enums import Channel, Ending, InvitationState, Purpose, Role
from apps.accounts.scope import Scope, scope_for
from apps.core.scoping import ScopedManager


class User(AbstractUser):
    """A person with an account. What they may do follows from their assignments alone."""

    first_name = None
    last_name = None
    full_name = models.CharField("nama lengkap", max_length=150)
    office = models.CharField("kantor", max_length=150, blank=True)
    must_change_password = models.BooleanField("wajib ganti kata sandi", default=False)

    REQUIRED_FIELDS = ("full_name", "email")

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        ordering = ("username",)
        constraints = (
            # Upper, as __iexact compares on PostgreSQL: the sign-in look-up uses this index.
            models.UniqueConstraint(
                Upper("username"),
                name="user_username_once_in_any_case",
                violation_error_message="Nama pengguna ini sudah dipakai.",
            ),
        )

    def __str__(self):
        return self.full_name or self.username

    @cached_property
    def scope(self) -> Scope:
        return scope_for(self)

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.full_name


class Assignment(models.Model):
    """A post: one role over one region, held from a day until it is ended."""

    region_path = "region"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="assignments",
        verbose_name="pengguna",
    )
    role = models.CharField(
        "peran", max_length=20, choices=[c for c in Role.choices if c[0] != Role.ADMIN]
    )
    region = models.ForeignKey(
        "regions.Region",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name="wilayah",
    )
    started_on = models.DateField("sejak", null=True, blank=True)
    ended_on = models.DateField("sampai", null=True, blank=True)
    # Planned ends bite by themselves (scope_for); the nightly run then writes ended_on.
    until = models.DateField("paling lama sampai", null=True, blank=True)
    acting = models.BooleanField("Plt.", default=False)

    objects = ScopedManager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        constraints = (
            models.CheckConstraint(
                name="assignment_region_unless_national",
                condition=models.Q(role=Role.NATIONAL, region=None)
                | (~models.Q(role=Role.NATIONAL) & models.Q(region__isnull=False)),
                violation_error_message="Pilih wilayah; hanya peran Pusat yang tanpa wilayah.",
            ),
            models.UniqueConstraint(
                fields=("user", "role", "region"),
                condition=models.Q(ended_on=None),
                name="assignment_held_once",
                violation_error_message="Penugasan ini sudah ada.",
            ),
            models.CheckConstraint(
                name="assignment_acting_until",
                condition=models.Q(acting=False) | models.Q(until__isnull=False),
                violation_error_message="Plt. memerlukan tanggal akhir.",
            ),
        )

    def __str__(self):
        plt = "Plt. " if self.acting else ""
        return f"{plt}{self.get_role_display()} {self.region or ''}".strip()


class Invitation(models.Model):
    """A way in that works once: a link or a printed code, for a first or a new password.

    Of the secret only a keyed hash is kept. At most one of a person is open; the row of a used,
    withdrawn or replaced one stays, so that whoever comes with it is told what became of it.
    """

    region_path = "region"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name="akun"
    )
    purpose = models.CharField("untuk", max_length=10, choices=Purpose)
    channel = models.CharField("cara", max_length=10, choices=Channel)
    # The post given together with it: withdrawn together with it, too.
    assignment = models.ForeignKey(
        Assignment, models.PROTECT, null=True, related_name="invitations", verbose_name="penugasan"
    )
    region = models.ForeignKey(
        "regions.Region", models.PROTECT, null=True, related_name="+", verbose_name="wilayah"
    )
    secret_hash = models.CharField("sidik rahasia", max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="dibuat oleh"
    )
    created_at = models.DateTimeField("dibuat pada")
    expires_at = models.DateTimeField("berlaku sampai")
    used_at = models.DateTimeField("dipakai pada", null=True)
    withdrawn_at = models.DateTimeField("dicabut pada", null=True)

    objects = ScopedManager()

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("user",),
                condition=models.Q(used_at=None, withdrawn_at=None),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                name="invitation_used_or_withdrawn",
                condition=models.Q(used_at=None) | models.Q(withdrawn_at=None),
            ),
        )

    def __str__(self):
        return f"{self.get_purpose_display()} {self.user}"

    @property
    def channel_word(self) -> str:
        return "Kode" if self.channel == Channel.CODE else "Tautan"

    def state(self, now) -> InvitationState:
        """What it is at a moment; its last moment itself still counts as open."""
        if self.used_at:
            return InvitationState.USED
        if self.withdrawn_at:
            return InvitationState.WITHDRAWN
        return InvitationState.EXPIRED if now > self.expires_at else InvitationState.OPEN


class LoginAttempt(models.Model):
    """A sign-in that has not succeeded; kept briefly, so that all processes count the same.

    ``username`` is the folded account name, or the folded text entered where there is none.
    """

    username = models.CharField("nama pengguna", max_length=150)
    address = models.CharField("alamat", max_length=45)
    at = models.DateTimeField("waktu", db_index=True)

    class Meta:
        verbose_name = "percobaan masuk"
        verbose_name_plural = "percobaan masuk"
        indexes = (models.Index(fields=("username", "address", "at"), name="login_attempt_pair"),)

    def __str__(self):
        return f"{self.username} dari {self.address}"


class SecondFactor(models.Model):
    """The app on somebody's phone that makes codes (TOTP, RFC 6238); at most one a person.

    ``last_step`` is the 30-second step of the last code taken: none up to it is taken again.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="second_factor",
        verbose_name="pengguna",
    )
    secret = models.TextField("rahasia (terenkripsi)")
    last_step = models.BigIntegerField("langkah terakhir")
    created_at = models.DateTimeField("dipasang pada")

    class Meta:
        verbose_name = "verifikasi dua langkah"
        verbose_name_plural = "verifikasi dua langkah"

    def __str__(self):
        return str(self.user)


class RecoveryCode(models.Model):
    """A code that stands in for the phone once. Of it only a keyed hash is kept."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="recovery_codes",
        verbose_name="pengguna",
    )
    code_hash = models.CharField("sidik kode", max_length=64)
    used_at = models.DateTimeField("dipakai pada", null=True)

    class Meta:
        verbose_name = "kode pemulihan"
        verbose_name_plural = "kode pemulihan"
        constraints = (
            models.UniqueConstraint(fields=("user", "code_hash"), name="recovery_code_once"),
        )

    def __str__(self):
        return f"Kode pemulihan {self.user}"


class SignIn(models.Model):
    """One log-in: from where, with what, since when; kept for SignIn.KEPT days after it began.

    ``session`` is the key of the row in the table of sessions, which itself is a hash of what the
    browser holds: nobody gets in with it. ``seen_at`` is right to some minutes.
    """

    KEPT = 90

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="sign_ins",
        verbose_name="pengguna",
    )
    session = models.CharField("sesi", max_length=40, db_index=True)
    address = models.CharField("alamat", max_length=45, blank=True)
    device = models.CharField("perangkat", max_length=60)
    began_at = models.DateTimeField("masuk pada", db_index=True)
    seen_at = models.DateTimeField("terakhir terlihat")
    ended_at = models.DateTimeField("berakhir pada", null=True)
    end_reason = models.CharField("berakhir karena", max_length=10, choices=Ending, blank=True)

    class Meta:
        verbose_name = "masuk"
        verbose_name_plural = "masuk"
        ordering = ("-seen_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="sign_in_end_has_reason",
                condition=models.Q(ended_at=None, end_reason="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(end_reason="")),
            ),
        )

    def __str__(self):
        return f"{self.user}, {self.device}"

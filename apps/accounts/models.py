from functools import cached_property

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Upper

from apps.accounts.enums import Role
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
        )

    def __str__(self):
        return f"{self.get_role_display()} {self.region or ''}".strip()


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

from django.conf import settings
from django.db import models


class Habit(models.Model):
    """How a person likes to work on the checking screen, wherever they sign in."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name="pengguna"
    )
    has_shortcuts = models.BooleanField("pintasan papan ketik", default=True)

    class Meta:
        verbose_name = "kebiasaan memeriksa"
        verbose_name_plural = "kebiasaan memeriksa"

    def __str__(self):
        return f"Pintasan {'nyala' if self.has_shortcuts else 'mati'}"

    @classmethod
    def has_keys(cls, user) -> bool:
        """Do single-character keys work for this person? They do until turned off."""
        return not cls.objects.filter(user=user, has_shortcuts=False).exists()

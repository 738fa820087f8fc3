from django.apps import AppConfig


class TrailConfig(AppConfig):
    name = "apps.trail"
    label = "trail"
    verbose_name = "jejak"
    default_auto_field = "django.db.models.BigAutoField"

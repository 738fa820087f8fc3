from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "apps.filing"
    label = "filing"
    verbose_name = "Pengisian"
    default_auto_field = "django.db.models.BigAutoField"

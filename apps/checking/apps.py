from django.apps import AppConfig


class CheckingConfig(AppConfig):
    name = "apps.checking"
    label = "checking"
    verbose_name = "Pemeriksaan"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class RecapConfig(AppConfig):
    name = "apps.recap"
    label = "recap"
    verbose_name = "rekap"
    default_auto_field = "django.db.models.BigAutoField"

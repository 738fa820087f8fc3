from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "apps.regulations"
    label = "regulations"
    verbose_name = "Dasar hukum dan kelembagaan"
    default_auto_field = "django.db.models.BigAutoField"

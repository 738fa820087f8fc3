from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "apps.guides"
    label = "guides"
    verbose_name = "Panduan"
    default_auto_field = "django.db.models.BigAutoField"

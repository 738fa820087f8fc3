from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "apps.guides"
    label = "guides"
    verbose_name = "panduan"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "apps.open_data"
    label = "open_data"
    verbose_name = "data terbuka"
    default_auto_field = "django.db.models.BigAutoField"

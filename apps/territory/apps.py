from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "apps.territory"
    label = "territory"
    verbose_name = "Perubahan wilayah"
    default_auto_field = "django.db.models.BigAutoField"

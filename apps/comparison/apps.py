from django.apps import AppConfig


class ComparisonConfig(AppConfig):
    name = "apps.comparison"
    label = "comparison"
    verbose_name = "perbandingan"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class AttainmentConfig(AppConfig):
    name = "apps.attainment"
    label = "attainment"
    verbose_name = "Capaian"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    name = "apps.practice"
    label = "practice"
    verbose_name = "Mode latihan"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "apps.scoring"
    label = "scoring"
    verbose_name = "Rubrik"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class EffectivenessConfig(AppConfig):
    name = "apps.effectiveness"
    label = "effectiveness"
    verbose_name = "Efektivitas"
    default_auto_field = "django.db.models.BigAutoField"

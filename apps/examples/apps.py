from django.apps import AppConfig


class ExamplesConfig(AppConfig):
    name = "apps.examples"
    label = "examples"
    verbose_name = "Contoh antarwilayah"
    default_auto_field = "django.db.models.BigAutoField"

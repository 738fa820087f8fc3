from django.apps import AppConfig


class DecreesConfig(AppConfig):
    name = "apps.decrees"
    label = "decrees"
    verbose_name = "SK"
    default_auto_field = "django.db.models.BigAutoField"

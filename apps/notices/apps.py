from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "apps.notices"
    label = "notices"
    verbose_name = "Pemberitahuan"
    default_auto_field = "django.db.models.BigAutoField"

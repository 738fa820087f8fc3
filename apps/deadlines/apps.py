from django.apps import AppConfig


class DeadlinesConfig(AppConfig):
    name = "apps.deadlines"
    label = "deadlines"
    verbose_name = "Tenggat"
    default_auto_field = "django.db.models.BigAutoField"

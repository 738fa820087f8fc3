from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "apps.operations"
    label = "operations"
    verbose_name = "operasi"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.operations import checks  # noqa: F401  registers the check

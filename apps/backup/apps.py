from django.apps import AppConfig


class BackupConfig(AppConfig):
    name = "apps.backup"
    label = "backup"
    verbose_name = "cadangan"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "apps.library"
    label = "library"
    verbose_name = "Dokumen"
    default_auto_field = "django.db.models.BigAutoField"

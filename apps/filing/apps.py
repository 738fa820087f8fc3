from django.apps import AppConfig


class FilingConfig(AppConfig):
    name = "apps.filing"
    label = "filing"
    verbose_name = "Pengisian"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.filing.rapor_issue import current_told
        from apps.papers.enums import PaperKind
        from apps.papers.registry import register

        register(PaperKind.POKJA, current_told)

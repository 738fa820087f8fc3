from django.apps import AppConfig


class RecapConfig(AppConfig):
    name = "apps.recap"
    label = "recap"
    verbose_name = "rekap"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.papers.enums import PaperKind
        from apps.papers.registry import register
        from apps.recap.papers import current_told

        register(PaperKind.RECAP, current_told)

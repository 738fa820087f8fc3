from django.apps import AppConfig


class ReportCardsConfig(AppConfig):
    name = "apps.report_cards"
    label = "report_cards"
    verbose_name = "rapor daerah"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.papers.enums import PaperKind
        from apps.papers.registry import register
        from apps.report_cards.papers import current_told

        register(PaperKind.DISTRICT, current_told)
        register(PaperKind.PROVINCE, current_told)

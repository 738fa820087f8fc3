from django.apps import AppConfig


class ReportCardsConfig(AppConfig):
    name = "apps.report_cards"
    label = "report_cards"
    verbose_name = "rapor daerah"
    default_auto_field = "django.db.models.BigAutoField"

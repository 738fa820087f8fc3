from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "apps.budgets"
    label = "budgets"
    verbose_name = "Anggaran"
    default_auto_field = "django.db.models.BigAutoField"

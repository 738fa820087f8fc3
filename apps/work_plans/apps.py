from django.apps import AppConfig


class WorkPlansConfig(AppConfig):
    name = "apps.work_plans"
    label = "work_plans"
    verbose_name = "Rencana kerja"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "apps.papers"
    label = "papers"
    verbose_name = "Kop surat dan keaslian"
    default_auto_field = "django.db.models.BigAutoField"

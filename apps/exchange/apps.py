from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "apps.exchange"
    label = "exchange"
    verbose_name = "Berkas masuk dan keluar"
    default_auto_field = "django.db.models.BigAutoField"

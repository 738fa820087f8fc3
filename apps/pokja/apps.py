from django.apps import AppConfig


class PokjaConfig(AppConfig):
    name = "apps.pokja"
    label = "pokja"
    verbose_name = "Pokja"
    default_auto_field = "django.db.models.BigAutoField"

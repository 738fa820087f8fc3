from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Changes of regions. ``contoh`` reaches it by the registry: it stands beside it."""

    name = "apps.territory"
    label = "territory"
    verbose_name = "Perubahan wilayah"
    default_auto_field = "django.db.models.BigAutoField"

    def add_sample(self, people: dict, today) -> None:
        """A draft of the sample installation."""
        from apps.territory.sample import add_sample

        add_sample(people, today)

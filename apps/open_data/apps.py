from django.apps import AppConfig


class OpenDataConfig(AppConfig):
    name = "apps.open_data"
    label = "open_data"
    verbose_name = "Data terbuka"
    default_auto_field = "django.db.models.BigAutoField"

    def add_sample(self, people, today) -> None:
        """The sample book, opened; called by ``contoh``, which may not import what lies above."""
        from apps.open_data.sample import add_sample

        add_sample(people, today)

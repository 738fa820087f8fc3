from django.apps import AppConfig


class CampaignConfig(AppConfig):
    """Campaign. ``siapkan`` and ``contoh`` reach it by the registry: they stand beside it."""

    name = "apps.campaign"
    label = "campaign"
    verbose_name = "Kampanye"
    default_auto_field = "django.db.models.BigAutoField"

    def load_reference(self) -> int:
        """The texts of the letters; returns how many were added."""
        from apps.campaign.builtin import load_letter_templates

        return load_letter_templates()

    def add_sample(self, people: dict) -> None:
        """Officers and reminders of the sample installation."""
        from apps.campaign.sample import add_sample

        add_sample(people)

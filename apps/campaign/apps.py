from django.apps import AppConfig


class CampaignConfig(AppConfig):
    name = "apps.campaign"
    label = "campaign"
    verbose_name = "Kampanye"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class DiscussionConfig(AppConfig):
    name = "apps.discussion"
    label = "discussion"
    verbose_name = "Pembicaraan dan tindak lanjut"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "apps.inbox"
    label = "inbox"
    verbose_name = "Tugas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.evidence.announcing import announce_with
        from apps.inbox.events import prepare

        announce_with(prepare)

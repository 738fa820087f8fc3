from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "apps.evidence"
    label = "evidence"
    verbose_name = "Bukti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from apps.evidence.services import snapshot
        from apps.verification.traces import TELLERS

        TELLERS.append(snapshot)

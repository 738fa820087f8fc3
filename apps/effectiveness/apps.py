from django.apps import AppConfig


class EffectivenessConfig(AppConfig):
    name = "apps.effectiveness"
    label = "effectiveness"
    verbose_name = "Efektivitas"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate, pre_migrate

        from apps.deadlines.keepers import KEEPERS
        from apps.effectiveness import triggers
        from apps.effectiveness.closing import why_closed

        KEEPERS.append(why_closed)
        pre_migrate.connect(triggers.before_migrate, sender=self)
        post_migrate.connect(triggers.after_migrate, sender=self)

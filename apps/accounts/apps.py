from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"
    verbose_name = "Akun dan peran"

    def ready(self):
        from django.contrib.auth.signals import user_logged_in

        from apps.accounts.sign_ins import begin

        user_logged_in.connect(begin, dispatch_uid="accounts.sign_ins.begin")

    default_auto_field = "django.db.models.BigAutoField"

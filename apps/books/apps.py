from django.apps import AppConfig


class BooksConfig(AppConfig):
    name = "apps.books"
    label = "books"
    verbose_name = "Buku tahun"
    default_auto_field = "django.db.models.BigAutoField"

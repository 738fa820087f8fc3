from django.urls import path

from apps.backup import views

app_name = "backup"

urlpatterns = [path("admin/cadangan/", views.backups, name="backups")]

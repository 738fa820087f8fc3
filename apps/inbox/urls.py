from django.urls import path

from apps.inbox import views

app_name = "inbox"

urlpatterns = [path("tugas/", views.tasks, name="tasks")]

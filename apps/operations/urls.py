from django.urls import path

from apps.operations import views

app_name = "operations"

urlpatterns = [
    path("sehat/", views.health, name="health"),
    path("siap/", views.readiness, name="readiness"),
    path("metrik/", views.figures, name="metrics"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security, name="security"),
]

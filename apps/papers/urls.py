from django.urls import path

from apps.papers import views

app_name = "papers"

urlpatterns = [
    path("periksa/", views.form, name="form"),
    path("periksa/<str:paper_code>/", views.check, name="check"),
]

from django.urls import path

from apps.guides import views

app_name = "guides"

urlpatterns = [
    path("panduan/", views.index, name="index"),
    path("panduan/skor/", views.score, name="score"),
    path("panduan/pindai/", views.scanning, name="scanning"),
    path("panduan/aksesibilitas/", views.accessibility, name="accessibility"),
    path("panduan/kriteria/<slug:step>/", views.criterion, name="criterion"),
    path("panduan/langkah/<slug:role>/", views.first_steps, name="first_steps"),
]

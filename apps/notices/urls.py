from django.urls import path

from apps.notices import views

app_name = "notices"

urlpatterns = [
    path("notifikasi/", views.notices, name="list"),
    path("notifikasi/dibaca/", views.read_all, name="read_all"),
    path("notifikasi/pengaturan/", views.preferences, name="preferences"),
    path("notifikasi/<int:notice_pk>/", views.follow, name="follow"),
]

from django.urls import path

from apps.checking import views

app_name = "checking"

urlpatterns = [
    path("verifikasi/", views.queue, name="queue"),
    path("verifikasi/pintasan/", views.shortcuts, name="shortcuts"),
    path("verifikasi/<int:pk>/", views.item, name="item"),
    path("verifikasi/<int:pk>/setujui/", views.approve, name="approve"),
    path("verifikasi/<int:pk>/kembalikan/", views.return_, name="return"),
    path("verifikasi/<int:pk>/batalkan/", views.cancel, name="cancel"),
]

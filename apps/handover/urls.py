from django.urls import path

from apps.handover import views

app_name = "handover"

urlpatterns = [
    path("serah-terima/", views.posts, name="list"),
    path("serah-terima/<int:post_pk>/", views.give, name="give"),
    path("serah-terima/<int:post_pk>/paket.pdf", views.pack_pdf, name="pack"),
]

from django.urls import path

from apps.examples import views

app_name = "examples"

urlpatterns = [
    path("contoh/", views.examples, name="list"),
    path("contoh/bagikan/<int:evidence_pk>/", views.share, name="share"),
    path("contoh/<int:share_pk>/", views.shared, name="shared"),
    path("contoh/<int:share_pk>/berkas/", views.shared_file, name="file"),
    path("contoh/<int:share_pk>/hal-<int:number>.webp", views.shared_page, name="page"),
    path("contoh/<int:share_pk>/berhenti/", views.stop, name="stop"),
]

from django.urls import path

from apps.library import views

app_name = "library"

urlpatterns = [
    path("dokumen/", views.library, name="list"),
    path("dokumen/unduh.zip", views.download_zip, name="zip"),
    path("dokumen/<uuid:uuid>/", views.document, name="document"),
    path("dokumen/<uuid:uuid>/banding/<uuid:other>/", views.compare, name="compare"),
]

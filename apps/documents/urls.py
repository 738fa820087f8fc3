from django.urls import path

from apps.documents import views

app_name = "documents"

urlpatterns = [
    path("berkas/<uuid:uuid>/", views.document_file, name="file"),
    path("berkas/<uuid:uuid>/hal-<int:number>.webp", views.page, name="page"),
]

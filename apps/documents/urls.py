from django.urls import path

from apps.documents import upload_views, views

app_name = "documents"

urlpatterns = [
    path("unggah/", upload_views.begin, name="begin_upload"),
    path("unggah/selesai/", upload_views.finish, name="finish_upload"),
    path("unggah/<uuid:uuid>/", upload_views.upload, name="upload"),
    path("berkas/<uuid:uuid>/", views.document_file, name="file"),
    path("berkas/<uuid:uuid>/asli-<int:number>/", views.original, name="original"),
    path("berkas/<uuid:uuid>/hal-<int:number>.webp", views.page, name="page"),
]

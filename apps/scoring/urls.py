from django.urls import path

from apps.scoring.views import drafts, preview, publishing, shown

app_name = "scoring"

ONE = "rubrik/<slug:rubric_code>/"
urlpatterns = [
    path("rubrik/", shown.rubrics, name="list"),
    path("rubrik/unggah/", drafts.upload, name="upload"),
    path("rubrik/baru/", drafts.begin, name="begin"),
    path(ONE, shown.rubric, name="rubric"),
    path(f"{ONE}unduh/", shown.download, name="download"),
    path(f"{ONE}susun/", drafts.copy, name="copy"),
    path(f"{ONE}ubah/", drafts.edit, name="edit"),
    path(f"{ONE}hapus/", drafts.delete, name="delete"),
    path(f"{ONE}pratinjau/", preview.preview, name="preview"),
    path(f"{ONE}pratinjau/unduh/", preview.download, name="preview_file"),
    path(f"{ONE}terbitkan/", publishing.publish, name="publish"),
]

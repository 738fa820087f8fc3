from django.urls import path

from apps.territory import step_views, views

app_name = "territory"

HERE = "wilayah/perubahan/"

urlpatterns = [
    path(HERE, views.changes, name="list"),
    path(f"{HERE}mulai/", step_views.start, name="start"),
    path(f"{HERE}<int:change_pk>/", views.change, name="change"),
    path(f"{HERE}<int:change_pk>/apa/", step_views.what, name="what"),
    path(f"{HERE}<int:change_pk>/wilayah-baru/", step_views.new, name="new"),
    path(f"{HERE}<int:change_pk>/pembagian/", step_views.share, name="share"),
    path(f"{HERE}<int:change_pk>/pratinjau/", step_views.show_preview, name="preview"),
    path(f"{HERE}<int:change_pk>/sahkan/", views.confirm, name="confirm"),
    path(f"{HERE}<int:change_pk>/buang/", views.drop, name="drop"),
    path(f"{HERE}<int:change_pk>/kebalikan/", views.reverse_change, name="reverse"),
]

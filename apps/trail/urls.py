from django.urls import path

from apps.trail import people_views, views

app_name = "trail"

urlpatterns = [
    path("jejak/", views.trail, name="list"),
    path("jejak/unduh/", views.download, name="file"),
    path("jejak/pokja/<int:pk>/", views.of_pokja, name="pokja"),
    path("jejak/pembaca/", people_views.readers, name="readers"),
    path("jejak/pembaca/unduh/", people_views.readers_file, name="readers_file"),
]

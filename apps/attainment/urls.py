from django.urls import path

from apps.attainment import views

app_name = "attainment"

PAGE = "capaian/<slug:area>/<int:year>/"

urlpatterns = [
    path("capaian/", views.home, name="home"),
    path(PAGE, views.show, name="show"),
    path(f"{PAGE}capaian.xlsx", views.download, {"form": "xlsx"}, name="workbook"),
    path(f"{PAGE}kekurangan.csv", views.download, {"form": "csv"}, name="csv"),
    path(f"{PAGE}target/", views.targets, name="targets"),
]

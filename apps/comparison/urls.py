from django.urls import path

from apps.comparison import views

app_name = "comparison"

urlpatterns = [
    path("bandingkan/", views.compare, name="compare"),
    path("bandingkan/perbandingan.csv", views.compare_file, {"form": "csv"}, name="csv"),
    path("bandingkan/perbandingan.xlsx", views.compare_file, {"form": "xlsx"}, name="workbook"),
    path("tren/", views.trend, name="trend"),
    path("tren/tren.csv", views.trend_file, {"form": "csv"}, name="trend_csv"),
    path("tren/tren.xlsx", views.trend_file, {"form": "xlsx"}, name="trend_workbook"),
]

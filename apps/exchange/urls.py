from django.urls import path

from apps.exchange import views

app_name = "exchange"

urlpatterns = [
    path("impor/", views.home, name="home"),
    path("impor/<slug:file_kind>/", views.bring_in, name="import"),
    path("impor/<slug:file_kind>/templat.xlsx", views.template, name="template"),
    path("impor/<slug:file_kind>/laporan.xlsx", views.report, name="report"),
    path("impor/<slug:file_kind>/data.xlsx", views.rows, name="rows_xlsx"),
    path("impor/<slug:file_kind>/data.csv", views.rows, {"as_csv": True}, name="rows_csv"),
]

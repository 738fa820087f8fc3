from django.urls import path, re_path

from apps.dashboard import (
    downloads,
    maturity_views,
    money_views,
    slides_view,
    table_views,
    views,
)

app_name = "dashboard"

CODE = r"(?P<code>\d{2}(?:\.\d{2})?)"
YEAR = r"(?P<year>\d{4})"

urlpatterns = [
    path("pindah/", views.switch, name="switch"),
    path("dasbor/", views.home, name="home"),
    path("dasbor/nasional/", views.this_year, {"code": "nasional"}),
    re_path(rf"^dasbor/nasional/{YEAR}/$", views.national, name="national"),
    re_path(rf"^dasbor/nasional/{YEAR}/peta/$", views.national_map, name="national_map"),
    re_path(rf"^dasbor/{CODE}/$", views.this_year, name="region_now"),
    re_path(rf"^dasbor/{CODE}/{YEAR}/$", views.region, name="region"),
    re_path(
        r"^dasbor/(?P<code>[0-9]{2})/(?P<year>[0-9]{4})/saji/$", slides_view.present, name="slides"
    ),
    # What stands behind the figures.
    re_path(rf"^dasbor/nasional/{YEAR}/tabel/$", table_views.tables, name="nation_tables"),
    re_path(rf"^dasbor/nasional/{YEAR}/tabel\.csv$", table_views.csv, name="nation_tables_csv"),
    re_path(
        rf"^dasbor/nasional/{YEAR}/tabel\.xlsx$", table_views.workbook, name="nation_tables_xlsx"
    ),
    re_path(rf"^dasbor/{CODE}/{YEAR}/tabel/$", table_views.tables, name="region_tables"),
    re_path(rf"^dasbor/{CODE}/{YEAR}/tabel\.csv$", table_views.csv, name="region_tables_csv"),
    re_path(
        rf"^dasbor/{CODE}/{YEAR}/tabel\.xlsx$", table_views.workbook, name="region_tables_xlsx"
    ),
    re_path(
        rf"^dasbor/nasional/{YEAR}/kematangan/$", maturity_views.maturity, name="nation_maturity"
    ),
    re_path(
        rf"^dasbor/nasional/{YEAR}/kematangan\.csv$",
        maturity_views.maturity_csv,
        name="nation_maturity_csv",
    ),
    re_path(rf"^dasbor/nasional/{YEAR}/anggaran/$", money_views.money, name="nation_money"),
    re_path(
        rf"^dasbor/nasional/{YEAR}/anggaran\.csv$", money_views.money_csv, name="nation_money_csv"
    ),
    re_path(
        rf"^dasbor/nasional/{YEAR}/anggaran\.xlsx$",
        money_views.money_workbook,
        name="nation_money_xlsx",
    ),
    re_path(rf"^dasbor/{CODE}/{YEAR}/kematangan/$", maturity_views.maturity, name="maturity"),
    re_path(
        rf"^dasbor/{CODE}/{YEAR}/kematangan\.csv$", maturity_views.maturity_csv, name="maturity_csv"
    ),
    path("unduhan/", downloads.downloads, name="downloads"),
]

from django.urls import path, re_path

from apps.dashboard import views

app_name = "dashboard"

CODE = r"(?P<code>\d{2}(?:\.\d{2})?)"
YEAR = r"(?P<year>\d{4})"

urlpatterns = [
    path("dasbor/", views.home, name="home"),
    path("dasbor/nasional/", views.this_year, {"code": "nasional"}),
    re_path(rf"^dasbor/nasional/{YEAR}/$", views.national, name="national"),
    re_path(rf"^dasbor/nasional/{YEAR}/peta/$", views.national_map, name="national_map"),
    re_path(rf"^dasbor/{CODE}/$", views.this_year, name="region_now"),
    re_path(rf"^dasbor/{CODE}/{YEAR}/$", views.region, name="region"),
]

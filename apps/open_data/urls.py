from django.urls import path, re_path

from apps.open_data.views import public, switch

app_name = "open_data"

_YEAR = r"^publik/(?P<code>[0-9]{2})/(?P<year>[0-9]{4})/"
_SWITCH = "publikasi/<int:year>/<str:code>/"

urlpatterns = [
    path("publik/", public.shelf, name="shelf"),
    re_path(rf"{_YEAR}$", public.show, name="public"),
    re_path(rf"{_YEAR}data\.csv$", public.data_csv, name="public_csv"),
    re_path(rf"{_YEAR}wilayah\.csv$", public.regions_csv, name="public_regions"),
    re_path(rf"{_YEAR}data\.json$", public.data_json, name="public_json"),
    re_path(rf"{_YEAR}data\.xlsx$", public.data_xlsx, name="public_xlsx"),
    re_path(rf"{_YEAR}metadata\.json$", public.metadata, name="public_metadata"),
    path("publikasi/", switch.switch, name="switch"),
    path(f"{_SWITCH}buka/", switch.publish, name="publish"),
    path(f"{_SWITCH}tutup/", switch.withdraw, name="withdraw"),
]

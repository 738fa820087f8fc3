from django.urls import path

from apps.deadlines.views import clock, locks, periods

app_name = "deadlines"

_KIND = "periode/<int:year>/<int:province_pk>/<slug:step>/"

urlpatterns = [
    path("periode/", periods.periods, name="periods"),
    path(f"{_KIND}kunci/", locks.lock, {"locked": True}, name="lock"),
    path(f"{_KIND}buka-kunci/", locks.lock, {"locked": False}, name="unlock"),
    path(
        "periode/<int:year>/wilayah/<int:region_pk>/buka-kembali/", locks.reopening, name="reopen"
    ),
    path("periode/pembukaan/<int:reopening_pk>/akhiri/", locks.end, name="end_reopening"),
    path("jam/", clock.clock, name="clock"),
]

from django.urls import path

from apps.recap import views

app_name = "recap"

urlpatterns = [
    path("rekap/", views.home, name="home"),
    path("rekap/<slug:area>/<int:year>/", views.show, name="show"),
    path("rekap/<slug:area>/<int:year>/rekap.xlsx", views.workbook, name="workbook"),
    path("rekap/<slug:area>/<int:year>/rekap.pdf", views.paper, name="paper"),
]

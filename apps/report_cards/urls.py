from django.urls import re_path

from apps.report_cards import views

app_name = "report_cards"

# With the dot of Kemendagri or without; the page has the one with it.
CODE = r"(?P<code>\d{2}(?:\.?\d{2})?)"
YEAR = r"(?P<year>\d{4})"

urlpatterns = [
    re_path(rf"^rapor/{CODE}/{YEAR}/$", views.show, name="region_report"),
    re_path(rf"^rapor/{CODE}/{YEAR}/rapor\.pdf$", views.paper, name="region_report_pdf"),
    re_path(rf"^rapor/(?P<code>\d{{2}})/{YEAR}/buku\.pdf$", views.book, name="province_book"),
]

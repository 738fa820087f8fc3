from django.urls import path

from apps.regulations.sections import AGREEMENTS, INSTITUTIONS, REGULATIONS, Section
from apps.regulations.views import lists, rows

app_name = "regulations"


def _pages(section: Section, base: str, list_name: str) -> list:
    """The addresses of one part of the register; words before numbers."""
    given, name = {"section": section}, section.name
    found = [
        path(base, lists.register, given, name=list_name),
        path(f"{base}unduh.csv", lists.table_file, given | {"form": "csv"}, name=f"{name}_csv"),
        path(f"{base}unduh.xlsx", lists.table_file, given | {"form": "xlsx"}, name=f"{name}_xlsx"),
        path(f"{base}tambah/", rows.add, given, name=f"{name}_add"),
        path(f"{base}<int:row_pk>/", rows.detail, given, name=f"{name}_detail"),
        path(f"{base}<int:row_pk>/ubah/", rows.change, given, name=f"{name}_change"),
        path(f"{base}<int:row_pk>/akhiri/", rows.end, given, name=f"{name}_end"),
    ]
    if section.has_paper:
        found.append(path(f"{base}<int:row_pk>/naskah/", rows.paper, given, name=f"{name}_paper"))
    return found


urlpatterns = [
    *_pages(REGULATIONS, "regulasi/", "list"),
    *_pages(AGREEMENTS, "regulasi/kesepakatan/", "agreements"),
    *_pages(INSTITUTIONS, "regulasi/kelembagaan/", "institutions"),
]

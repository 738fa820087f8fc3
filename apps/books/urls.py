from django.urls import path

from apps.books.views import book, steps

app_name = "books"

_BOOK = "buku/<int:year>/<str:code>/"
_REGION = f"{_BOOK}<str:region_code>/"

urlpatterns = [
    path("buku/", book.shelf, name="shelf"),
    path(_BOOK, book.book, name="book"),
    path(f"{_BOOK}unduh.xlsx", book.book_file, {"form": "xlsx"}, name="workbook"),
    path(f"{_BOOK}unduh.csv", book.book_file, {"form": "csv"}, name="csv"),
    path(f"{_BOOK}bandingkan/", book.compare, name="compare"),
    path(f"{_BOOK}tutup/", steps.close, name="close"),
    path(f"{_REGION}buka-kembali/", steps.reopen, name="reopen"),
    path(f"{_REGION}tutup-lagi/", steps.close_again, name="close_again"),
]

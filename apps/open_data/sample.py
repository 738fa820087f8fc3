"""The sample book of Sulawesi Selatan, opened to everybody, so that /publik/ is seen."""

from datetime import date

from apps.effectiveness.models import Closing
from apps.open_data.publishing import publish
from apps.open_data.words import contact_of

PROVINCE = "73"


def add_sample(people: dict, today: date) -> None:
    """Open the year before the last as its book stands; without that book nothing."""
    books = Closing.objects.select_related("province").filter(province__code=PROVINCE)
    for book in books.filter(year=today.year - 2):
        note = "Keputusan Rakerda (data contoh)."
        contact = contact_of(book.province)
        publish(book, contact=contact, note=note, actor=people["koordinator.sulsel"])

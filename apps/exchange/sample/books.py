"""A sample book: a past year of Sulawesi Selatan, closed, with what came after.

Bone is open again; Bulukumba was, and its second edition differs; in Gowa something was cancelled
after the closing, which the book does not follow and the comparison shows.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from apps.effectiveness import closing as books
from apps.effectiveness.models import Closing, RegionReopening
from apps.evidence.services import cancel
from apps.regions.models import Region
from apps.verification.models import Evidence

SOUTH_SULAWESI, OPEN_AGAIN, CLOSED_ANEW, CHANGED_SINCE = "73", "73.08", "73.02", "73.06"


def close_last_but_one(people, today: date) -> None:
    """Close the year before the last, as it would have been done in that January."""
    year, who = today.year - 2, people["koordinator.sulsel"]
    codes = (SOUTH_SULAWESI, OPEN_AGAIN, CLOSED_ANEW, CHANGED_SINCE)
    regions = Region.objects.select_related("province").in_bulk(codes, field_name="code")
    note = f"Sesuai berita acara Rakerda {year + 1} (data contoh)."
    book = books.close(regions[SOUTH_SULAWESI], year, actor=who, note=note)
    Closing.objects.filter(pk=book.pk).update(closed_at=_moment(date(year + 1, 1, 15)))
    again = _reopen(book, regions[CLOSED_ANEW], who, today, "Pagu satu Pokja tercatat dua kali")
    _cancel(book, regions[CLOSED_ANEW], "anggaran", who, "Pagu tercatat dua kali (data contoh).")
    books.close_again(again, actor=who)
    _reopen(book, regions[OPEN_AGAIN], who, today, "Pagu perubahan belum tercatat")
    _cancel(book, regions[CHANGED_SINCE], "rencana_kerja", who, "Berkas keliru (data contoh).")


def _reopen(book, region, who, today, why) -> RegionReopening:
    until = today + timedelta(days=14)
    return books.reopen(book, region, reason=f"{why} (data contoh).", until=until, actor=who)


def _cancel(book, region, criterion, who, why) -> None:
    """Cancel what one effective Pokja of the region rested on; nothing where it had none."""
    row = book.scores.filter(region=region, effective=True).order_by("code").first()
    if row:
        item = Evidence.objects.select_related("region").get(pk=row.results[criterion]["evidence"])
        cancel(item, actor=who, revision=item.revision, note=why)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9, 5)))

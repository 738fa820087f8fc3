"""A person's notices, by when they came on the clock of that person."""

from datetime import timedelta

from django.utils import timezone

from apps.core.formats import local_time
from apps.notices.models import Notice
from apps.regions.codes import timezone_label

TODAY, THIS_WEEK, OLDER = "Hari ini", "Minggu ini", "Lebih lama"


def zone_of(user) -> str:
    """WIB, WITA or WIT of the person's main post; WIB for those without a region."""
    post = user.scope.main_post
    return timezone_label(post.region_code) if post and post.region_code else "WIB"


def grouped(notices: list[Notice], zone: str) -> list[tuple[str, list[Notice]]]:
    """The notices of a page, the newest first, under Hari ini, Minggu ini (the seven days up to
    today) and Lebih lama; groups without any are left out."""
    today = local_time(timezone.now(), zone).date()
    groups = {TODAY: [], THIS_WEEK: [], OLDER: []}
    for notice in notices:
        day = local_time(notice.created_at, zone).date()
        age = today - day
        name = TODAY if age <= timedelta(0) else THIS_WEEK if age.days < 7 else OLDER
        groups[name].append(notice)
    return [(name, rows) for name, rows in groups.items() if rows]

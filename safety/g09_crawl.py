"""G9: a crawler over every link and form for everybody, with hostile values, on sample data."""

import logging
from collections import Counter

from safety.tools import portal

ID = "G9"
GOAL = "≥ 25.000 permintaan, 0 galat 5xx, 0 jejak program; kendali: halaman rusak ketahuan"
LEAST = 25_000
SHORT = 1_000
STARTS = (
    "/",
    "/beranda/",
    "/admin/",
    "/publik/",
    "/panduan/",
    "/cari/?q=a",
    "/profil/",
    "/kesehatan/",
)


def measure(short: bool) -> tuple[str, bool]:
    portal(sample=True)
    from apps.accounts.models import User
    from safety.crawler import Crawler

    logging.disable(logging.CRITICAL)  # thousands of refusals; what is broken is told below
    control = _control(Crawler)
    people = [None, *User.objects.filter(is_active=True).order_by("pk")]
    wanted = SHORT if short else LEAST
    statuses, broken, patterns, requests, round_ = Counter(), [], set(), 0, 0
    while requests < wanted and round_ < 20:  # a further round draws other values
        for number, user in enumerate(people):
            budget = min(wanted - requests, wanted // len(people) + 1)
            name = user.username if user else "anonim"
            crawler = Crawler(name, user, seed=100 * round_ + number, budget=budget)
            crawler.crawl(*STARTS, *(["/admin/"] if user and user.is_staff else []))
            requests += crawler.requests
            statuses += crawler.statuses
            broken += crawler.broken
            patterns |= set(crawler.visited)
        round_ += 1
        print(f"putaran {round_}: {requests} permintaan, {len(broken)} rusak", flush=True)
    print(*dict.fromkeys(broken[:60]), dict(statuses), sep="\n")
    figure = (
        f"{requests} permintaan sebagai {len(people)} orang atas {len(patterns)} bentuk alamat, "
        f"{len(broken)} galat 5xx atau jejak program; kendali: {control} dari 2 halaman rusak "
        f"ketahuan"
    )
    return figure, not broken and control == 2 and requests >= wanted


def _control(crawler_class) -> int:
    """How many of two failing views the crawler notices."""
    from django.test.utils import override_settings

    with override_settings(ROOT_URLCONF="safety.planted_urls"):
        crawler = crawler_class("kendali", None, seed=1, budget=30).crawl("/jejak/")
    return len({line.split()[2] for line in crawler.broken} & {"/rusak/", "/jejak/"})

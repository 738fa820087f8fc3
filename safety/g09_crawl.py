"""G9: a crawler over every link and form for everybody, with hostile values, on sample data. And
nobody is offered a link that refuses them."""

import logging
from collections import Counter

from safety.tools import portal

ID = "G9"
GOAL = (
    "≥ 25.000 permintaan, 0 galat 5xx, 0 jejak program, 0 tautan buntu; kendali: halaman rusak dan "
    "tautan buntu ketahuan"
)
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
    statuses, broken, dead_ends, patterns, requests, round_ = Counter(), [], [], set(), 0, 0
    while requests < wanted and round_ < 20:  # a further round draws other values
        for number, user in enumerate(people):
            budget = min(wanted - requests, wanted // len(people) + 1)
            name = user.username if user else "anonim"
            crawler = Crawler(name, user, seed=100 * round_ + number, budget=budget)
            crawler.crawl(*STARTS, *(["/admin/"] if user and user.is_staff else []))
            requests += crawler.requests
            statuses += crawler.statuses
            broken += crawler.broken
            dead_ends += crawler.dead_ends
            patterns |= set(crawler.visited)
        round_ += 1
        print(f"putaran {round_}: {requests} permintaan, {len(broken)} rusak", flush=True)
    dead_ends = list(dict.fromkeys(dead_ends))
    print(*dict.fromkeys(broken[:60]), *dead_ends[:60], dict(statuses), sep="\n")
    figure = (
        f"{requests} permintaan sebagai {len(people)} orang atas {len(patterns)} bentuk alamat, "
        f"{len(broken)} galat 5xx atau jejak program, {len(dead_ends)} tautan buntu; kendali: "
        f"{control} dari 3 kerusakan ketahuan"
    )
    sound = not broken and not dead_ends
    return figure, sound and control == 3 and requests >= wanted


def _control(crawler_class) -> int:
    """How many of two failing views and a dead end the crawler notices."""
    from django.test.utils import override_settings

    with override_settings(ROOT_URLCONF="safety.planted_urls"):
        crawler = crawler_class("kendali", None, seed=1, budget=30).crawl("/jejak/")
    failing = {line.split()[2] for line in crawler.broken} & {"/rusak/", "/jejak/"}
    return len(failing) + ("kendali: /jejak/ > /buntu/ 404" in crawler.dead_ends)

"""Reminders by mail: who gets which lines, each once.

A line is claimed (a row of ReminderMail, unique for person, Pokja, SK, end and threshold) before
the mail goes, and marked after. A mail that fails is released and goes with the next run; of two
runs at once one gets the line. When the process dies between sending and marking, the line is
claimed anew after CLAIM_HOLDS, and the person may get the same mail twice: for that tiny window
both carry the same Message-ID, by which mail systems show it once.
"""

import hashlib
import logging
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User
from apps.core.formats import format_date
from apps.decrees.chain import days_left, process_sentence
from apps.inbox import words
from apps.inbox.endings import IN_PROCESS, SENT, Ending
from apps.inbox.models import ReminderMail
from apps.inbox.reminders import active_thresholds, crossed, reminded_endings
from apps.pokja.models import Pokja

logger = logging.getLogger(__name__)

CLAIM_HOLDS = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One SK that has crossed a threshold, in one person's mail."""

    ending: Ending
    threshold: int

    @property
    def key(self) -> tuple:
        return self.ending.pokja.pk, self.ending.family, self.ending.ends_on, self.threshold


@dataclass
class Outcome:
    sent: int = 0
    failed: int = 0


def send_reminders(on: date) -> Outcome:
    """Mail everybody concerned what has crossed a threshold by ``on`` and was not told yet.

    One mail a person and day. Call outside of a transaction: what is claimed must be committed
    before a mail goes. 6 queries for the lines of all; then 5 for each person who gets a mail.
    """
    thresholds = active_thresholds()
    lines = [
        Line(ending, crossed(ending.days, thresholds))
        for ending in reminded_endings(Pokja.objects.all(), on)
        if ending.state != SENT
    ]
    outcome = Outcome()
    for user, own in _by_person(lines).items():
        claim, claimed = _claim(user, own, on)
        if not claimed:
            continue
        if _send(user, claimed, on):
            ReminderMail.objects.filter(claim=claim).update(sent_at=timezone.now())
            outcome.sent += 1
        else:
            ReminderMail.objects.filter(claim=claim).update(claim=None, claimed_at=None)
            outcome.failed += 1
    return outcome


# --- who gets what ---------------------------------------------------------------------------


def _by_person(lines: list[Line]) -> dict[User, list[Line]]:
    """Operators of the very region and verifiers of its province: active, with an address."""
    if not lines:
        return {}
    by_place = defaultdict(list)
    for line in lines:
        region = line.ending.pokja.region
        by_place[Role.OPERATOR, region.pk].append(line)
        by_place[Role.VERIFIER, region.province_id].append(line)
    posts = (
        Assignment.objects.filter(
            Q(role=Role.OPERATOR) | Q(role=Role.VERIFIER),
            ended_on=None,
            user__is_active=True,
            region__in={place for _, place in by_place},
        )
        .exclude(user__email="")
        .select_related("user")
        .order_by("user_id", "id")
    )
    people: dict[User, dict[tuple, Line]] = {}
    for post in posts:
        for line in by_place.get((post.role, post.region_id), ()):
            people.setdefault(post.user, {})[line.key] = line
    return {user: list(own.values()) for user, own in people.items()}


def _claim(user: User, lines: list[Line], on: date) -> tuple[uuid.UUID, list[tuple]]:
    """Take this person's lines that nobody has sent or is sending: (claim, (row id, line))."""
    claim, now = uuid.uuid4(), timezone.now()
    told = ReminderMail.objects.filter(user=user)
    if any(timezone.localdate(at) == on for at in _sent_lately(told, now)):
        return claim, []  # one mail a day; what came up since goes tomorrow
    with transaction.atomic():
        ReminderMail.objects.bulk_create(
            [
                ReminderMail(
                    user=user, pokja_id=pokja, family=family, ends_on=end, days_before=days
                )
                for pokja, family, end, days in (line.key for line in lines)
            ],
            ignore_conflicts=True,
        )
        free = Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM_HOLDS)
        mine = Q(pk__in=_ids(told, lines))
        told.filter(mine & free, sent_at=None).update(claim=claim, claimed_at=now)
    taken = {
        (row.pokja_id, row.family, row.ends_on, row.days_before): row.pk
        for row in told.filter(claim=claim)
    }
    return claim, [(taken[line.key], line) for line in lines if line.key in taken]


def _sent_lately(told, now) -> list:
    recent = told.filter(sent_at__gt=now - timedelta(days=2))
    return list(recent.values_list("sent_at", flat=True))


def _ids(told, lines) -> list[int]:
    wanted = {line.key for line in lines}
    rows = told.filter(ends_on__in={key[2] for key in wanted}, sent_at=None)
    return [
        row.pk for row in rows if (row.pokja_id, row.family, row.ends_on, row.days_before) in wanted
    ]


# --- the mail --------------------------------------------------------------------------------


def _send(user: User, claimed: list[tuple], on: date) -> bool:
    lines = [line for _, line in claimed]
    message = EmailMessage(
        subject=_subject(lines),
        body=_body(user, lines, on),
        to=[user.email],
        headers={"Message-ID": _message_id([pk for pk, _ in claimed])},
    )
    try:
        message.send()
    except Exception:  # whatever the mail server answers: the next run tries again
        logger.exception("Surel pengingat untuk %s tidak terkirim.", user.username)
        return False
    return True


def _subject(lines: list[Line]) -> str:
    if len(lines) > 1:
        return f"{len(lines)} SK Pokja akan berakhir"
    (line,) = lines
    name = words.group_name(line.ending.pokja.name)
    subject = f"SK {name} berakhir {format_date(line.ending.ends_on)}"
    return " ".join(subject.split())  # a name with a line break would be refused as a header


def _body(user: User, lines: list[Line], on: date) -> str:
    told = "\n".join(_told(line.ending, on) for line in lines)
    return (
        f"Yth. {user},\n\n{told}\n\n"
        "Setelah SK baru terbit, isi nomornya dan unggah berkasnya di portal, menu Tugas saya. "
        "Bila masih diproses di Bagian Hukum, catat tanggalnya pada langkah SK.\n\n"
        "Surel ini dikirim otomatis oleh Portal Pokja Bangga Kencana.\n"
    )


def _told(ending: Ending, on: date) -> str:
    """ "SK Pokja GDPK berakhir 31 Desember 2026. Siapkan SK baru." (design: section 11)"""
    end = format_date(ending.ends_on)
    sentence = words.ending(ending.pokja.name, end, days_left(ending.ends_on, on))
    what_next = (
        f"{process_sentence(ending.since, on)}."
        if ending.state == IN_PROCESS
        else "Siapkan SK baru."
    )
    address = ""
    if settings.PORTAL_URL:
        path = reverse("filing:chain", args=[ending.pokja.pk])
        address = f"\n  {settings.PORTAL_URL.rstrip('/')}{path}"
    return f"- {sentence} ({ending.pokja.region.full_name}). {what_next}{address}"


def _message_id(ids: list[int]) -> str:
    """The same for the same lines, so that a mail sent twice by mischance is one mail."""
    digest = hashlib.sha256(",".join(map(str, sorted(ids))).encode()).hexdigest()[:32]
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<pengingat-{digest}@{host}>"

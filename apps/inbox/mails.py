"""Reminders of an SK that ends: a notice for each line, or one for many; one mail for all."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from apps.accounts.enums import Role
from apps.accounts.models import Assignment, User
from apps.core.formats import format_date
from apps.decrees.chain import days_left, process_sentence
from apps.inbox import words
from apps.inbox.endings import IN_PROCESS, SENT, Ending
from apps.inbox.reminders import active_thresholds, crossed, reminded_endings
from apps.notices.enums import Channel, Event
from apps.notices.letters import absolute
from apps.notices.models import DoneOnce
from apps.notices.services import channels_of, queue_mail, tell
from apps.pokja.models import Pokja

SINGLY = 3  # more lines than that on one morning are one notice


@dataclass(frozen=True)
class Line:
    """One SK that has crossed a threshold."""

    ending: Ending
    threshold: int

    @property
    def key(self) -> str:
        """Another end (extension, revocation) is another occasion."""
        end = self.ending
        return f"sk:{end.pokja.pk}:{end.family.hex}:{end.ends_on}:{self.threshold}"

    def mark(self, user: User) -> str:
        """What is remembered once this person was told."""
        return f"{self.key}:{user.pk}"


def tell_endings(morning) -> None:
    """Tell everybody concerned, in the provinces of a zone, what has crossed a threshold by that
    day and was not told yet. 7 queries for the lines of all, some more for each person told."""
    rows = Pokja.objects.filter(region__province__in=morning.provinces)
    thresholds = active_thresholds()
    lines = [
        Line(ending, crossed(ending.days, thresholds))
        for ending in reminded_endings(rows, morning.day)
        if ending.state != SENT
    ]
    people = _by_person(lines)
    channels = channels_of({user.pk: user for user in people}, Event.DECREE_ENDS)
    told = _told(people)
    for user, own in people.items():
        fresh = [line for line in own if line.mark(user) not in told]
        if fresh:
            _tell(user, fresh, morning, channels.get(user.pk))
            DoneOnce.objects.bulk_create(DoneOnce(name=line.mark(user)) for line in fresh)


def _tell(user: User, lines: list[Line], morning, channel: str | None) -> None:
    for text, url, key in _notices(lines, morning):
        tell(
            [user],
            Event.DECREE_ENDS,
            text,
            url,
            key=key,
            mail_after=morning.began,
            by_mail=channel == Channel.DIGEST,
        )
    if channel == Channel.AT_ONCE:
        queue_mail(user, _subject(lines), _body(lines, morning.day))


# --- who gets what ---------------------------------------------------------------------------


def _by_person(lines: list[Line]) -> dict[User, list[Line]]:
    """Operators of the very region and verifiers of its province: active ones."""
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
        .select_related("user")
        .order_by("user_id", "id")
    )
    people: dict[User, dict[str, Line]] = {}
    for post in posts:
        for line in by_place.get((post.role, post.region_id), ()):
            people.setdefault(post.user, {})[line.key] = line
    return {user: list(own.values()) for user, own in people.items()}


def _told(people: dict[User, list[Line]]) -> set[str]:
    """The marks of what these people were told before; one query."""
    marks = [line.mark(user) for user, lines in people.items() for line in lines]
    return set(DoneOnce.objects.filter(name__in=marks).values_list("name", flat=True))


# --- words -----------------------------------------------------------------------------------


def _notices(lines: list[Line], morning) -> list[tuple[str, str, str]]:
    """(text, page, key): each line by itself, or all of them in one sentence."""
    if len(lines) <= SINGLY:
        return [
            (
                _sentence(line.ending, morning.day),
                reverse("filing:chain", args=[line.ending.pokja.pk]),
                line.key,
            )
            for line in lines
        ]
    last = max(line.threshold for line in lines)
    first = _sentence(lines[0].ending, morning.day)
    text = f"{len(lines)} SK Pokja berakhir dalam {last} hari. {first}"
    page = f"{reverse('library:list')}?status=terverifikasi&berakhir=90"
    return [(text, page, f"sk-berakhir:{morning.zone}:{morning.day}")]


def _subject(lines: list[Line]) -> str:
    if len(lines) > 1:
        return f"{len(lines)} SK Pokja akan berakhir"
    (line,) = lines
    name = words.group_name(line.ending.pokja.name)
    return f"SK {name} berakhir {format_date(line.ending.ends_on)}"


def _body(lines: list[Line], on: date) -> str:
    told = "\n".join(f"- {_sentence(line.ending, on)}{_address(line.ending)}" for line in lines)
    return (
        f"{told}\n\n"
        "Setelah SK baru terbit, isi nomornya dan unggah berkasnya di portal, menu Tugas saya. "
        "Bila masih diproses di Bagian Hukum, catat tanggalnya pada langkah SK."
    )


def _sentence(ending: Ending, on: date) -> str:
    """ "SK Pokja GDPK berakhir 31 Desember 2026. Siapkan SK baru." (design: section 11)"""
    end = format_date(ending.ends_on)
    sentence = words.ending(ending.pokja.name, end, days_left(ending.ends_on, on))
    what_next = (
        f"{process_sentence(ending.since, on)}."
        if ending.state == IN_PROCESS
        else "Siapkan SK baru."
    )
    return f"{sentence} ({ending.pokja.region.full_name}). {what_next}"


def _address(ending: Ending) -> str:
    address = absolute(reverse("filing:chain", args=[ending.pokja.pk]))
    return f"\n  {address}" if address else ""

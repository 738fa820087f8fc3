"""When officers are reminded of an SK that ends: the rules, and what they say today."""

from typing import NamedTuple

from apps.core.formats import format_date
from apps.decrees.chain import days_left, process_sentence
from apps.inbox.endings import IN_PROCESS, SENT, Ending, endings
from apps.inbox.models import ReminderRule
from apps.pokja.models import Pokja

DEFAULT_DAYS = (90, 60, 30)
LISTED = 10


def load_reminder_rules() -> int:
    """The rules the portal starts with; returns how many were added.

    Only into an empty table: an administrator who takes one away, or moves it to another day,
    must not find it back after the next ``siapkan``.
    """
    if ReminderRule.objects.exists():
        return 0
    rules = [ReminderRule(days_before=days) for days in DEFAULT_DAYS]
    return len(ReminderRule.objects.bulk_create(rules))


def active_thresholds() -> list[int]:
    """Days before the end, the nearest to the end first; one query."""
    rules = ReminderRule.objects.filter(is_active=True)
    return list(rules.order_by("days_before").values_list("days_before", flat=True))


def reminded_endings(pokja, on, user=None) -> list[Ending]:
    """The SK of a queryset of Pokja that are within the widest active threshold."""
    thresholds = active_thresholds()
    return endings(pokja, on, thresholds[-1], user) if thresholds else []


def crossed(days: int, thresholds: list[int]) -> int | None:
    """The nearest threshold an SK has crossed, so that days on which nothing ran are made up for
    by one reminder, not by one for each threshold passed meanwhile."""
    return next((limit for limit in thresholds if days <= limit), None)


class Summary(NamedTuple):
    """For those who verify: how many SK end soon, and the soonest of them."""

    heading: str
    lines: list[tuple[Pokja, str]]
    more: int


def summary_for(user, on) -> Summary | None:
    """The SK of a verifier's province that end soon; None where there is nothing to tell.

    4 queries at most.
    """
    if not user.scope.province_ids:
        return None
    rows = Pokja.objects.for_user(user).filter(region__province__in=user.scope.province_ids)
    thresholds = active_thresholds()
    found = endings(rows, on, thresholds[-1], user) if thresholds else []
    if not found:
        return None
    heading = f"{len(found)} SK Pokja berakhir dalam {thresholds[-1]} hari"
    lines = [(ending.pokja, _line(ending, on)) for ending in found[:LISTED]]
    return Summary(heading, lines, len(found) - len(lines))


def _line(ending: Ending, on) -> str:
    left = days_left(ending.ends_on, on)
    told = f"berakhir {format_date(ending.ends_on)}, {left}"
    if ending.state == IN_PROCESS:
        told += f"; {process_sentence(ending.since, on)}"
    elif ending.state == SENT:
        told += "; SK baru menunggu verifikasi"
    return told

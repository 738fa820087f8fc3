"""The deadline as the officer's pages show it: a line under the heading, an amber banner."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from apps.accounts.queries import coordinators_of
from apps.deadlines import words
from apps.deadlines.formula import Deadline
from apps.deadlines.models import PERIOD_KINDS
from apps.deadlines.queries import deadlines_for, local_today, standing_for
from apps.verification.enums import Status
from apps.verification.models import Evidence

CONTACTS = 2  # names of coordinators in one sentence


@dataclass(frozen=True)
class Shown:
    """``line`` and ``banners`` are sentences, empty where there is nothing to say; ``closed``
    tells of kinds that take nothing now why; ``held`` is the deadline of each kind."""

    line: str = ""
    banners: tuple[str, ...] = ()
    closed: dict[str, str] = field(default_factory=dict)
    held: dict[str, Deadline] = field(default_factory=dict)


def shown_for(
    year: int,
    region,
    kinds: Iterable[str] = PERIOD_KINDS,
    *,
    items: dict | None = None,
    warn: Iterable[str] | None = None,
    now=None,
) -> Shown:
    """What a page says of the deadlines of these kinds (3 to 5 queries).

    ``items`` is {kind: Evidence or None}: for one that came back, the days it lay with the
    province are added to its deadline. ``warn`` are the kinds that get banners, all by default.
    """
    kinds = list(kinds)
    warned = kinds if warn is None else list(warn)
    found = deadlines_for(year, [region])
    held = {kind: found[kind, region.pk] for kind in kinds if (kind, region.pk) in found}
    if not held:
        return Shown()
    standing = _standing(items or {})
    held = {kind: each.shifted(standing.get(kind, 0)) for kind, each in held.items()}
    today = local_today(region, now)
    return Shown(
        words.due_line(_alike(held, lambda deadline: deadline.due_on), today)
        + words.standing_words(standing if len(held) == 1 else {}),
        tuple(_banners({kind: held[kind] for kind in warned if kind in held}, year, region, today)),
        {
            kind: words.state_words(deadline, today)
            for kind, deadline in held.items()
            if not deadline.takes(today)
        },
        held,
    )


def _standing(items: dict[str, Evidence | None]) -> dict[str, int]:
    """{kind: days its item lay with the province}, of those that came back."""
    back = {kind: item for kind, item in items.items() if item and item.status == Status.RETURNED}
    found = standing_for(back.values()) if back else {}
    return {kind: found.get(item.family, 0) for kind, item in back.items()}


def _alike(held: dict[str, Deadline], key) -> list[tuple[list[str], Deadline]]:
    """Kinds that stand alike, the earliest due first."""
    groups: dict = {}
    for kind, deadline in held.items():
        groups.setdefault(key(deadline), ([], deadline))[0].append(kind)
    return sorted(groups.values(), key=lambda group: group[1].due_on)


def _banners(held, year, region, today: date) -> list[str]:
    def contact() -> str:
        return words.contact_sentence([str(user) for user in coordinators_of(region)[:CONTACTS]])

    groups = _alike(held, lambda deadline: deadline)
    alone = len(groups) == 1 and len(held) == len(PERIOD_KINDS)
    told = (
        words.banner_sentence([] if alone else kinds, deadline, year, today, contact)
        for kinds, deadline in groups
    )
    return [sentence for sentence in told if sentence]

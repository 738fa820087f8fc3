"""Published facts and the yearly profile of a region, as tables beside the scores."""

from datetime import date
from typing import NamedTuple

from apps.core.formats import format_date_range, format_number, format_quantity
from apps.regions.models import PROFILE_FIELDS, PublishedFact, Region, RegionProfile
from apps.regions.queries import facts_about, profiles_of

NOT_FIGURES = ("source",)


class FactRow(NamedTuple):
    """One published fact in words; ``url`` may be empty."""

    when: str
    subject: str
    value: str
    note: str
    source: str
    url: str


def fact_rows(region: Region | None, per: date | None = None) -> list[FactRow]:
    """The published facts about a region, or about the nation; one query. ``per``: without those
    of later days."""
    return [_row(fact) for fact in facts_about(region) if not _is_later(fact, per)]


def _is_later(fact: PublishedFact, per: date | None) -> bool:
    if per is None:
        return False
    return fact.date_from > per if fact.date_from else fact.year > per.year


def _row(fact: PublishedFact) -> FactRow:
    when = (
        format_date_range(fact.date_from, fact.date_to or fact.date_from)
        if fact.date_from
        else str(fact.year)
    )
    value = format_quantity(fact.value, fact.unit)
    return FactRow(when, fact.subject, value, fact.text, fact.source, fact.url)


def profile_tables(region: Region, per: date | None = None) -> list[dict]:
    """Each year's profile: its known figures by label, and the source; one query. ``per``: up to
    that year."""
    return [
        {"year": str(profile.year), "rows": rows, "source": profile.source}
        for profile in profiles_of(region)
        if (per is None or profile.year <= per.year) and (rows := _figures(profile))
    ]


def _figures(profile: RegionProfile) -> list[tuple[str, str]]:
    """Label and value of what is known; what is not known is left out, it is not zero."""
    figures = []
    for name in PROFILE_FIELDS.values():
        value = getattr(profile, name)
        if name not in NOT_FIGURES and value is not None:
            label = RegionProfile._meta.get_field(name).verbose_name
            figures.append((str(label)[:1].upper() + str(label)[1:], format_number(value)))
    return figures

"""Three years of a Pokja, for its page and its rapor."""

from apps.core.looks import look_of
from apps.effectiveness.assessment import Assessment
from apps.effectiveness.ground import Ground, ground_of
from apps.effectiveness.listed import listed_items
from apps.effectiveness.queries import assess_one
from apps.filing.words import shown_reason
from apps.pokja.models import Pokja


def trend_ground(year: int, known) -> Ground | None:
    """What the three years rest on now, to be read before them; nothing of a past moment. 2
    queries, up to 2 more where a year is closed."""
    return None if known else ground_of((year - 2, year - 1, year))


def trend_rows(pokja, year, assessment, reader, known, ground: Ground | None) -> list[dict]:
    """The four criteria of a year and the two before it, oldest first; a year in which the Pokja
    was not scored is left out. Queries: 1 for each earlier year that is stored, else those of an
    assessment."""
    found = [(each, _earlier(pokja, each, known, ground)) for each in (year - 2, year - 1)]
    found.append((year, assessment))
    shown = not reader.verified_only
    return [
        {
            "year": each,
            "count": item.met,
            "possible": item.possible,
            "effective": item.effective,
            "rules": item.rules,
            "met": {name for name, result in item.by_rubric.items() if result.is_met},
            "looks": [
                look_of(result.status, shown_reason(result, drafts_shown=shown))
                for result in item.statuses
            ],
        }
        for each, item in found
        if item is not None
    ]


def _earlier(pokja, year: int, known, ground: Ground | None) -> Assessment | None:
    """One of the years before: as stored where that is right, else assessed."""
    if ground is None or pokja.region.province_id in ground.stale:
        return assess_one(pokja, year, with_index=False, known=known, ground=ground)
    found = listed_items(Pokja.objects.filter(pk=pokja.pk), year, ground)
    return found[0] if found else None

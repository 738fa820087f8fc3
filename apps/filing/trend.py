"""Three years of a Pokja, for its page and its rapor."""

from apps.core.looks import look_of
from apps.effectiveness.queries import assess_one
from apps.filing.words import shown_reason


def trend_rows(pokja, year, assessment, reader, known) -> list[dict]:
    """The four criteria of a year and the two before it, oldest first; a year in which the Pokja
    was not scored is left out. Queries: those of two assessments."""
    found = [
        (earlier, assess_one(pokja, earlier, with_index=False, known=known))
        for earlier in (year - 2, year - 1)
    ]
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

"""What the two forms show; they are plain GET forms, so that every view has its address."""

from apps.comparison.asking import DATES, MOST, Question
from apps.comparison.places import Offer, chosen_in
from apps.comparison.trend import SPANS, Asked
from apps.core.looks import CRITERIA
from apps.dashboard.queries import years_offered
from apps.dashboard.words import CRITERION_LABELS
from apps.pokja.enums import PokjaKind

ALWAYS = 3  # selects that stand open; the others behind "Pilihan lain"
FOLDED = {"jenis", *(f"d{number}" for number in range(ALWAYS + 1, MOST + 1))}


def compare_form(question: Question, offer: Offer) -> dict:
    """The selects of the regions (the first three, the others), years, kinds and dates."""
    options = offer.options()
    codes = [place.code for place in question.places]
    told = _told(question.complaints)
    selects = [
        {
            "number": str(number + 1),
            "options": chosen_in(options, codes[number] if number < len(codes) else ""),
            "told": told.get(f"d{number + 1}"),
        }
        for number in range(MOST)
    ]
    days = [*question.typed_days, *[""] * DATES][:DATES]
    return {
        "complaints": question.complaints,
        "told": told,
        "selects": selects[:ALWAYS],
        "more_selects": selects[ALWAYS:],
        "form_years": years_offered(question.year),
        "kinds": PokjaKind.choices,
        "form_days": [
            {"number": str(at), "value": value, "told": told.get(f"per{at}")}
            for at, value in enumerate(days, start=1)
        ],
        "is_open": len(codes) > ALWAYS
        or any(days)
        or bool(question.selection.kind)
        or not FOLDED.isdisjoint(told),
        "nothing_open": len(offer.places) == 1,
    }


def trend_form(asked: Asked, offer: Offer, moment_error: str) -> dict:
    """The selects, and in one summary what is wrong with them and with the date."""
    code = asked.place.code if asked.place else ""
    complaints = [*asked.complaints, *([("f-moment", moment_error)] if moment_error else [])]
    return {
        "asked": asked,
        "complaints": complaints,
        "told": _told(asked.complaints),
        "options": chosen_in(offer.options(), code),
        "form_years": years_offered(asked.year, asked.moment),
        "kinds": PokjaKind.choices,
        "criteria_choices": [(name, CRITERION_LABELS[name]) for name in CRITERIA],
        "spans": [str(span) for span in SPANS],
    }


def _told(complaints) -> dict[str, list[str]]:
    """What is said about each field, by its name: its id without the "f-"."""
    found: dict[str, list[str]] = {}
    for field, sentence in complaints:
        found.setdefault(field.removeprefix("f-"), []).append(sentence)
    return found

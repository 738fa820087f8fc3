"""What the two forms show; they are plain GET forms, so that every view has its address."""

from apps.comparison.asking import DATES, MOST, Question
from apps.comparison.places import Offer, chosen_in
from apps.comparison.trend import SPANS, Asked
from apps.core.looks import CRITERIA
from apps.dashboard.queries import years_offered
from apps.dashboard.words import CRITERION_LABELS
from apps.pokja.enums import PokjaKind

ALWAYS = 3  # selects that stand open; the others behind "Pilihan lain"


def compare_form(question: Question, offer: Offer) -> dict:
    """The selects of the regions (the first three, the others), years, kinds and dates."""
    options = offer.options()
    codes = [place.code for place in question.places]
    wrong = _wrong(question.complaints)
    selects = [
        {
            "number": str(number + 1),
            "options": chosen_in(options, codes[number] if number < len(codes) else ""),
            "is_wrong": f"f-d{number + 1}" in wrong,
        }
        for number in range(MOST)
    ]
    days = [*question.typed_days, *[""] * DATES][:DATES]
    return {
        "complaints": question.complaints,
        "wrong": wrong,
        "selects": selects[:ALWAYS],
        "more_selects": selects[ALWAYS:],
        "form_years": years_offered(question.year),
        "kinds": PokjaKind.choices,
        "form_days": [
            {"number": str(at), "value": value, "is_wrong": f"f-per{at}" in wrong}
            for at, value in enumerate(days, start=1)
        ],
        "is_open": len(codes) > ALWAYS or any(days) or bool(question.selection.kind),
        "nothing_open": len(offer.places) == 1,
    }


def trend_form(asked: Asked, offer: Offer) -> dict:
    code = asked.place.code if asked.place else ""
    return {
        "asked": asked,
        "complaints": asked.complaints,
        "wrong": _wrong(asked.complaints),
        "options": chosen_in(offer.options(), code),
        "form_years": years_offered(asked.year, asked.moment),
        "kinds": PokjaKind.choices,
        "criteria_choices": [(name, CRITERION_LABELS[name]) for name in CRITERIA],
        "spans": [str(span) for span in SPANS],
    }


def _wrong(complaints) -> set[str]:
    """Ids of the fields that something is said about."""
    return {field for field, _ in complaints}

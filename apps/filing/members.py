"""The roster of a Pokja on a day, and what it says about the sectors."""

from datetime import date

from django.db.models import Q

from apps.filing.words import joined
from apps.pokja.enums import Sector
from apps.pokja.models import Pokja, Seat


def roster(pokja: Pokja, on: date) -> list[Seat]:
    """Seats held on that day, in the order they were entered."""
    return list(
        pokja.seats.filter(
            Q(started_on=None) | Q(started_on__lte=on), Q(ended_on=None) | Q(ended_on__gte=on)
        )
    )


def coverage_sentence(seats: list[Seat]) -> str:
    """ "21 orang dari 9 instansi. Unsur yang belum terwakili: media." Empty without members."""
    if not seats:
        return ""
    institutions = {seat.institution.casefold().strip() for seat in seats}
    held = {seat.sector for seat in seats}
    lacking = [sector.label.lower() for sector in Sector if sector not in held]
    sentence = f"{len(seats)} orang dari {len(institutions)} instansi."
    if not lacking:
        return f"{sentence} Kelima unsur terwakili."
    return f"{sentence} Unsur yang belum terwakili: {joined(lacking)}."

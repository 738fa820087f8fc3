"""What the SK of a year says about being used again: on its card and on its step."""

from datetime import date

from apps.core.formats import format_date, local_time
from apps.decrees.queries import reuses_of
from apps.filing.cards import Card, Reader
from apps.inbox.reuse import Offer, offers_for
from apps.pokja.models import Pokja


def tell_reuse(card: Card, pokja: Pokja, year: int, today: date, reader: Reader) -> None:
    """Put onto the card of the SK who used it again for the year, or the question whether to.

    1 query; up to 5 more for those who may answer, in the running year.
    """
    if not card.result.is_met:
        return
    held = reuses_of([pokja.pk], year).get(pokja.pk)
    if held and card.shown and held.evidence.family == card.shown.family:
        day = format_date(local_time(held.confirmed_at, pokja.region.timezone_label))
        card.reuse = f"Digunakan kembali untuk {year} oleh {held.confirmed_by} pada {day}"
    elif held is None and reader.can_edit and year == today.year:
        card.offer = offer_for(pokja, today, reader.user)


def offer_for(pokja: Pokja, today: date, user) -> Offer | None:
    """The question for this Pokja, together with the others of the same SK."""
    own = Pokja.objects.for_user(user).filter(region=pokja.region)
    offers = offers_for(own, today)
    return next((each for each in offers if pokja.pk in {p.pk for p in each.pokja}), None)

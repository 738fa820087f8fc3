""" "Gunakan kembali?": in a new year, SK that still hold are looked at once, not uploaded again."""

from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from apps.decrees.models import Decree
from apps.decrees.queries import last_verified, reuses_of
from apps.effectiveness.formula import decree_in_force
from apps.effectiveness.queries import decree_rows
from apps.pokja.models import Pokja


@dataclass
class Offer:
    """One SK in force, and the Pokja for which nobody has looked at it this year."""

    year: int
    evidence_id: int
    number: str
    until: date | None  # by the chain of the first Pokja; None is open
    pokja: list[Pokja]


def offers_for(pokja, on: date) -> list[Offer]:
    """What to ask on a day for a queryset of Pokja, one offer for each SK and end.

    Not asked: where an SK of the Pokja was verified in this very year (somebody has just looked),
    and where it was confirmed already. 5 queries at most, whatever the number of Pokja.
    """
    active = pokja.active_on(on)
    forces = {key: decree_in_force(rows, on) for key, rows in decree_rows(active).items()}
    in_force = {key: force for key, force in forces.items() if force}
    if not in_force:
        return []
    looked = last_verified(in_force)
    done = reuses_of(in_force, on.year)
    asked = {
        key: force
        for key, force in in_force.items()
        if key not in done and _is_of_earlier_year(looked.get(key), on)
    }
    return _grouped(asked, on) if asked else []


def _is_of_earlier_year(moment, on: date) -> bool:
    return moment is None or localdate(moment).year < on.year


def _grouped(asked, on: date) -> list[Offer]:
    evidence = {force.decree.evidence_id for force in asked.values()}
    numbers = dict(
        Decree.objects.filter(evidence__in=evidence).values_list("evidence_id", "number")
    )
    held = Pokja.objects.filter(pk__in=asked).select_related("region").order_by("region_id", "code")
    offers: dict[tuple, Offer] = {}
    for item in held:
        force = asked[item.pk]
        key = force.decree.evidence_id, force.end
        if key not in offers:
            offers[key] = Offer(on.year, key[0], numbers[key[0]], force.end, [])
        offers[key].pokja.append(item)
    return list(offers.values())

"""Seats as the tests need them: an SK as bare evidence, a seat with its holders, a list as text."""

from datetime import date

from apps.pokja.models import Seat, SeatHolder
from apps.verification.models import Evidence

START = date(2025, 1, 1)
SEAT = {"position": "Ketua", "institution": "Sekretariat Daerah", "sector": "pemerintah"}


def make_sk(pokja, title="SK 1/2025", status="verified"):
    return Evidence.objects.create(kind="decree", region=pokja.region, title=title, status=status)


def make_seat(pokja, *holders, started_on=START, **fields):
    """``holders``: (name, from, to)."""
    seat = Seat.objects.create(pokja=pokja, **SEAT | {"started_on": started_on} | fields)
    SeatHolder.objects.bulk_create(
        SeatHolder(seat=seat, name=name, started_on=first, ended_on=last)
        for name, first, last in holders
    )
    return seat


def spans(seat):
    """(name, from, to) of the stored holders, by the day they began."""
    return list(
        SeatHolder.objects.filter(seat=seat)
        .order_by("started_on", "id")
        .values_list("name", "started_on", "ended_on")
    )

"""What an address asks to compare: up to six regions in one year, or one region on two dates.

Whatever is not known is dropped and told; nothing in an address is an error of the portal.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone

from apps.comparison.places import Offer, Place
from apps.core.formats import format_date
from apps.core.parsing import MAX_TEXT, parse_date
from apps.dashboard.queries import FIRST_YEAR, is_known_year
from apps.dashboard.selection import CRITERION, PEERS, Selection
from apps.effectiveness.moment import JAKARTA, Moment

MOST, FEWEST, DATES = 6, 2, 2
MAX_TOLD = 40  # characters of an unknown value that are repeated

TOO_FEW = "Pilih paling sedikit 2 daerah, atau dua tanggal untuk satu daerah."
TOO_MANY = "Pilih paling banyak 6 daerah. Yang dibandingkan 6 daerah pertama."
DIFFERENT = "Pilih daerah yang berbeda."
DIFFERENT_DATES = "Pilih tanggal yang berbeda."
TOO_MANY_DATES = "Pilih paling banyak 2 tanggal."
ONE_REGION = (
    "Dua tanggal dibandingkan untuk satu daerah. Pilih satu daerah, atau satu tanggal saja."
)


@dataclass
class Question:
    """``places``: what is compared; ``days``: None is today, earliest first; ``typed_days``: as
    they stand in the form; ``complaints``: (id of the field, sentence)."""

    year: int
    selection: Selection
    places: list[Place] = field(default_factory=list)
    days: list[Moment | None] = field(default_factory=list)
    typed_days: list[str] = field(default_factory=list)
    complaints: list[tuple[str, str]] = field(default_factory=list)
    is_empty: bool = True

    @property
    def is_of_dates(self) -> bool:
        return len(self.places) == 1 and len(self.days) == DATES

    @property
    def is_of_regions(self) -> bool:
        return len(self.places) >= FEWEST and len(self.days) < DATES

    @property
    def moment(self) -> Moment | None:
        """The one day on which regions are compared."""
        return self.days[0] if len(self.days) == 1 else None


def question_of(request, offer: Offer) -> Question:
    """Read ``?d=…&d=…&tahun=…&jenis=…&per=…``; at most six codes are looked up."""
    complaints: list[tuple[str, str]] = []
    typed = [value.strip() for value in request.GET.getlist("d") if value.strip()]
    places = _places(typed, offer, complaints)
    typed_days = [value.strip() for value in request.GET.getlist("per") if value.strip()]
    days = _days(typed_days, complaints)
    year = year_of(request, _year_of_days(days), complaints)
    question = Question(
        year=year,
        selection=_selection(request, complaints),
        places=places,
        days=days,
        typed_days=[value[:MAX_TEXT] for value in typed_days[:DATES]],
        complaints=complaints,
        is_empty=not typed,
    )
    _check(question, typed)
    return question


def _check(question: Question, typed: list[str]) -> None:
    """Is it enough, and not too much at once?"""
    told = question.complaints
    if len(question.days) == DATES and len(question.places) > 1:
        told.append(("f-d1", ONE_REGION))
    elif not typed or question.is_of_dates or len(question.places) >= FEWEST:
        return
    elif ("f-d1", DIFFERENT) not in told and not any("per" in field for field, _ in told):
        told.append(("f-d1", TOO_FEW))


def _places(typed: list[str], offer: Offer, complaints) -> list[Place]:
    codes = list(dict.fromkeys(typed))
    if len(codes) > MOST:
        complaints.append(("f-d1", TOO_MANY))
    found, repeated = [], len(codes) < len(typed)
    for number, code in enumerate(codes[:MOST], start=1):
        place = offer.find(code[:MAX_TEXT])
        if place is None:
            complaints.append((f"f-d{number}", f"Daerah “{short(code)}” tidak ditemukan."))
        elif place in found:
            repeated = True
        else:
            found.append(place)
    if repeated:
        complaints.append(("f-d1", DIFFERENT))
    return found


def short(typed: str) -> str:
    """What somebody typed, to be repeated in a sentence."""
    return typed if len(typed) <= MAX_TOLD else f"{typed[:MAX_TOLD]}…"


def _days(typed: list[str], complaints) -> list[Moment | None]:
    if len(typed) > DATES:
        complaints.append(("f-per1", TOO_MANY_DATES))
    today = timezone.localdate(timezone=JAKARTA)
    found = []
    for number, value in enumerate(typed[:DATES], start=1):
        try:
            found.append(_day(value, today))
        except ValueError as error:
            complaints.append((f"f-per{number}", f"{str(error).rstrip('.')}."))
    if len(found) != len(set(found)):
        complaints.append(("f-per2", DIFFERENT_DATES))
    ordered = sorted(set(found))
    return [None if day == today else Moment(day) for day in ordered]


def _day(typed: str, today: date) -> date:
    day = parse_date(typed)
    if day > today:
        raise ValueError(f"Tanggal {format_date(day)} belum lewat")
    return day


def _year_of_days(days: list[Moment | None]) -> int:
    """The year of the latest day that is looked at, else this one."""
    last = days[-1] if days else None
    return max(last.per.year, FIRST_YEAR) if last else timezone.localdate().year


def year_of(request, default: int, complaints) -> int:
    """``?tahun=``; a year that is not known is told."""
    typed = request.GET.get("tahun", "").strip()
    if not typed:
        return default
    if typed.isascii() and typed.isdigit() and len(typed) == 4 and is_known_year(int(typed)):
        return int(typed)
    complaints.append(("f-tahun", f"Tahun “{short(typed)}” tidak dikenal."))
    return default


def _selection(request, complaints) -> Selection:
    """A kind of Pokja; all four criteria are compared, and the regions are chosen one by one."""
    found = Selection.of(request).without(CRITERION).without(PEERS)
    complaints += [("f-jenis", told) for told in found.complaints]
    return found

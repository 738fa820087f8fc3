"""``per``: what was known at the end of a past day (spec section 5, "Closing a period")."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from apps.core.formats import format_date
from apps.core.parsing import MAX_TEXT, parse_date
from apps.effectiveness.formula import reference_date

JAKARTA = ZoneInfo("Asia/Jakarta")  # the clock of reference dates (spec section 5)
NOW_INSTEAD = "Menampilkan keadaan sekarang."


@dataclass(frozen=True)
class Moment:
    """A past day, seen as it was then: ``known`` is its last instant in Jakarta."""

    per: date

    @property
    def known(self) -> datetime:
        """Aware; what was written later was not known."""
        return datetime.combine(self.per + timedelta(days=1), time.min, JAKARTA) - timedelta(
            microseconds=1
        )

    def reference(self, year: int) -> date:
        """The reference date of a year as it was on that day: 31 December of a year then past,
        the day itself for the year then running or still to come."""
        return reference_date(year, self.per)

    @property
    def words(self) -> str:
        """ "31 Maret 2026"."""
        return format_date(self.per)

    @property
    def query(self) -> str:
        """ "per=2026-03-31", for the addresses of other pages."""
        return f"per={self.per.isoformat()}"


def moment_of(request) -> Moment | None:
    """The past day that ``?per=`` asks for; None for today, the future and what is no date.

    An Indonesian or ISO date (see ``core.parsing.parse_date``).
    """
    return _read(request)[0]


def moment_error(request) -> str:
    """Why ``?per=`` shows the present state after all; empty where nothing is wrong."""
    return _read(request)[1]


def moment_context(request) -> dict:
    """What templates/effectiveness/_moment.html needs: ``moment``, its error, what was typed;
    ``galat`` puts the error into the title of the page."""
    moment, error = _read(request)
    typed = request.GET.get("per", "").strip()[:MAX_TEXT] if error else ""
    return {
        "moment": moment,
        "moment_error": error,
        "moment_typed": typed,
        "galat": bool(error),
    }


def _read(request) -> tuple[Moment | None, str]:
    typed = request.GET.get("per", "").strip()
    if not typed:
        return None, ""
    try:
        day = parse_date(typed)
    except ValueError as error:
        return None, f"{error}. {NOW_INSTEAD}"
    today = timezone.localdate(timezone=JAKARTA)
    if day > today:
        return None, f"Tanggal {format_date(day)} belum lewat; menampilkan keadaan sekarang."
    return (Moment(day) if day < today else None), ""

"""``per``: what was known at the end of a past day (spec section 5, "Closing a period")."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")  # the clock of reference dates (spec section 5)


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

"""One section of the pack: a heading, rows of text, and what is said where there is none."""

from dataclasses import dataclass

from apps.core.formats import format_date, local_time


@dataclass(frozen=True)
class Section:
    """``rows`` are lists of text as wide as ``head``; ``total`` counts those not shown, too;
    ``widths`` are the shares of the columns."""

    title: str
    head: tuple[str, ...]
    rows: list[list[str]]
    empty: str
    total: int | None = None
    lead: str = ""
    widths: tuple[int, ...] = ()

    @property
    def data(self) -> dict:
        """For the template; the heading says how many, the last line how many more there are."""
        total = len(self.rows) if self.total is None else self.total
        more = total - len(self.rows)
        return {
            "title": f"{self.title} ({total})" if total else self.title,
            "lead": self.lead,
            "head": list(self.head),
            "rows": self.rows,
            "empty": self.empty,
            "more": f"dan {more} lainnya, lihat di portal" if more > 0 else "",
            "widths": list(self.widths or (1,) * len(self.head)),
        }


def local_date(moment, post) -> str:
    """The day of a moment on the clock of the post's region."""
    zone = post.region.timezone_label if post.region else "WIB"
    return format_date(local_time(moment, zone).date())

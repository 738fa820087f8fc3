"""Which pages a viewer may open from a dashboard.

Where a viewer does not reach a region, figures and statuses are all there is: no link leads to
its pages and no Pokja is named (spec section 3, the one widening).
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.enums import Act
from apps.effectiveness.moment import Moment

# Pages of apps beside this one, by their address: neither knows the other's code. A page of 150
# cells would also spend a third of its time in ``reverse``.
POKJA, POKJA_LIST = "/pokja/{}/{}/", "/pokja/"
QUEUE, TASKS = "/verifikasi/", "/tugas/"


@dataclass(frozen=True)
class Viewer:
    """A person's scope, asked for addresses; None where there is no way.

    With ``moment`` every address keeps that day, and there is no way to what can be done today.
    """

    scope: object
    year: int
    moment: Moment | None = None

    def for_year(self, year: int) -> "Viewer":
        return Viewer(self.scope, year, self.moment)

    def then(self, address: str) -> str:
        """The address with the day of the past that is looked at."""
        if self.moment is None:
            return address
        return f"{address}{'&' if '?' in address else '?'}{self.moment.query}"

    def nation(self, name: str = "national") -> str:
        """A page of the nation in the year."""
        return self.then(reverse(f"dashboard:{name}", args=(self.year,)))

    def own_province_code(self) -> str | None:
        """The province of the first post, to be outlined among the others."""
        post = self.scope.main_post
        return post.region_code[:2] if post and post.region_code else None

    def reaches(self, region) -> bool:
        return bool(self.scope.roles_in(region))

    def region(self, region) -> str | None:
        """The dashboard of a region."""
        if not self.scope.may_open_dashboard(region):
            return None
        return self.then(reverse("dashboard:region", args=(region.code, self.year)))

    def pokja(self, region, pokja_id: int) -> str | None:
        """The page of a Pokja in the year; ``region`` is the one it belongs to."""
        if not self.reaches(region):
            return None
        return self.then(POKJA.format(pokja_id, self.year))

    def lacking(self, region, criterion: str) -> str | None:
        """The list of Pokja that do not meet a criterion; ``region`` None for the nation.

        Only for those whose list holds every Pokja the figure counts, so that both agree.
        """
        chosen = {"tahun": self.year, "kurang": criterion}
        if region is None:
            return self._list(chosen) if self.scope.sees_all else None
        whole = (
            self.scope.sees_all or region.pk in self.scope.province_ids
            if region.is_province
            else self.reaches(region)
        )
        return self._list(chosen | {"wilayah": region.code}) if whole else None

    def _list(self, chosen: dict) -> str:
        return self.then(f"{POKJA_LIST}?{urlencode(chosen)}")

    def queue(self, region) -> str | None:
        """The verifiers' queue, for those who judge what comes from this region."""
        if self.moment:
            return None
        may = self.scope.can(Act.VERIFY, region) or (
            region.is_province and region.pk in self.scope.province_ids
        )
        return QUEUE if may else None

    def tasks(self, region) -> str | None:
        """The task list of those who fill in for this very region."""
        return TASKS if self.moment is None and region.pk in self.scope.operator_ids else None

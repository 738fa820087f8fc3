"""Which pages a viewer may open from a dashboard.

Where a viewer does not reach a region, figures and statuses are all there is: no link leads to
its pages and no Pokja is named (spec section 3, the one widening).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from apps.accounts.enums import Act
from apps.dashboard.selection import KIND, PEERS, WHOLE, Selection
from apps.effectiveness.moment import Moment

# By their address, not by ``reverse``: a page of 150 cells would spend a third of its time in it.
NATION_PAGES = {"national": "/dasbor/nasional/{}/", "national_map": "/dasbor/nasional/{}/peta/"}
REGION_PAGE = "/dasbor/{}/{}/"
# Pages of apps beside this one too: neither knows the other's code.
POKJA, POKJA_LIST = "/pokja/{}/{}/", "/pokja/"
QUEUE, TASKS = "/verifikasi/", "/tugas/"
RECAP = "/rekap/{}/{}/"


@dataclass(frozen=True)
class Viewer:
    """A person's scope, asked for addresses; None where there is no way.

    With ``moment`` every address keeps that day, and there is no way to what can be done today.
    Dashboards keep the ``selection``: all of it on the same page, elsewhere without the peer
    group, which is one of its own regions.
    """

    scope: object
    year: int
    moment: Moment | None = None
    selection: Selection = WHOLE

    def for_year(self, year: int) -> "Viewer":
        return replace(self, year=year)

    def choosing(self, selection: Selection) -> "Viewer":
        return replace(self, selection=selection)

    def then(self, address: str, **chosen: str) -> str:
        """The address with what is chosen and the day of the past that is looked at."""
        query = urlencode(chosen) if chosen else ""
        if self.moment:
            query += f"{'&' if query else ''}{self.moment.query}"
        return self._with_query(address, query)

    def same(self, address: str = "", **chosen: str) -> str:
        """The same page, in another year or with another order, with all that is selected."""
        return self.then(address, **self.selection.query, **chosen) or "?"

    def kept(self, view: dict[str, str]) -> list[tuple[str, str]]:
        """What a form has to hand on beside its own fields."""
        per = {"per": self.moment.per.isoformat()} if self.moment else {}
        return list((view | per).items())

    def _other(self, address: str) -> str:
        """The dashboard of another region."""
        return self._with_query(address, self._elsewhere)

    @cached_property
    def _elsewhere(self) -> str:
        """What goes along to another region."""
        return self.then("", **self.selection.without(PEERS).query).removeprefix("?")

    @staticmethod
    def _with_query(address: str, query: str) -> str:
        return f"{address}{'&' if '?' in address else '?'}{query}" if query else address

    def nation(self, name: str = "national") -> str:
        """A page of the nation in the year, for those who come from a region."""
        return self._other(self.nation_address(name))

    def own_province_code(self) -> str | None:
        """The province of the first post, to be outlined among the others."""
        post = self.scope.main_post
        return post.region_code[:2] if post and post.region_code else None

    def own_place(self, province) -> tuple[str, str] | None:
        """Code and name of a kab/kota of one's own in this province."""
        for post in self.scope.posts:
            if post.province_id == province.pk and "." in post.region_code:
                return post.region_code, post.region_name
        return None

    def nation_address(self, name: str = "national") -> str:
        """The plain address of a page of the nation in the year."""
        return NATION_PAGES[name].format(self.year)

    def region_address(self, region) -> str:
        """The plain address of a region's dashboard in the year."""
        return REGION_PAGE.format(region.code, self.year)

    def reaches(self, region) -> bool:
        return bool(self.scope.roles_in(region))

    def region(self, region) -> str | None:
        """The dashboard of a region."""
        if not self.scope.may_open_dashboard(region):
            return None
        return self._other(self.region_address(region))

    def pokja(self, region, pokja_id: int) -> str | None:
        """The page of a Pokja in the year; ``region`` is the one it belongs to."""
        return self.reached_pokja(pokja_id) if self.reaches(region) else None

    def reached_pokja(self, pokja_id: int) -> str:
        """The same for one in a region of which it is known that the viewer reaches it."""
        before, after = self._pokja_page
        return f"{before}{pokja_id}{after}"

    @cached_property
    def _pokja_page(self) -> list[str]:
        """What stands before and after the id of a Pokja: a table asks for 150 addresses."""
        return self.then(POKJA.format("\0", self.year)).split("\0")

    def lacking(self, region, criterion: str) -> str | None:
        """The list of Pokja that do not meet a criterion; ``region`` None for the nation.

        Only for those whose list holds every Pokja the figure counts, so that both agree.
        """
        if self.selection.peers:
            return None
        chosen = {"tahun": self.year, "kurang": criterion}
        if self.selection.kind:
            chosen[KIND] = self.selection.kind
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

    def recap(self, region) -> str | None:
        """The Rakerda recap of a province, for those who reach all of it."""
        whole = self.scope.sees_all or region.pk in self.scope.province_ids
        return self.then(RECAP.format(region.code, self.year)) if whole else None

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

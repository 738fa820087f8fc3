"""Which region and year an address means, and the addresses behind a dashboard's figures."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404

from apps.dashboard.links import REGION_PAGE
from apps.dashboard.queries import is_known_year
from apps.dashboard.rankings import ORDER, ORDERS
from apps.regions.enums import POKJA_LEVELS
from apps.regions.models import Region
from apps.regions.queries import region_for_code

NATION = "nasional"
# What else of an address makes a view the same, beside the selection and the day.
KEPT = {ORDER: tuple(filter(None, ORDERS)), "belum": ("1",)}


def year_of(text: str) -> int:
    """404 for a year that no page has."""
    if not is_known_year(int(text)):
        raise Http404
    return int(text)


def region_of(code: str, scope) -> Region:
    """The region of a current or former code, if its dashboard is open to this person; or 404."""
    found = region_for_code(code)
    if found is None or found.level not in POKJA_LEVELS or not scope.may_open_dashboard(found):
        raise Http404
    return found


def page_path(code: str, year: int, tail: str = "") -> str:
    """The path of a dashboard, or of a page below it: ``tail`` "tabel/"."""
    return REGION_PAGE.format(code, year) + tail


@dataclass(frozen=True)
class Opening:
    """The addresses of what stands behind the panels of one dashboard. Whatever the address of the
    page asked for goes along; values nobody knows do not."""

    code: str
    year: int
    chosen: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, code: str, year: int, request, selection, moment) -> "Opening":
        chosen = dict(selection.query)
        for name, values in KEPT.items():
            if request.GET.get(name) in values:
                chosen[name] = request.GET[name]
        if moment:
            chosen["per"] = moment.per.isoformat()
        return cls(code, year, tuple(chosen.items()))

    @cached_property
    def _query(self) -> str:
        return urlencode(self.chosen)

    def _address(self, tail: str, more: str = "") -> str:
        query = "&".join(filter(None, (self._query, more)))
        return page_path(self.code, self.year, tail) + (f"?{query}" if query else "")

    @cached_property
    def view(self) -> str:
        """Makes the dashboard again as it is seen."""
        return self._address("")

    @cached_property
    def workbook(self) -> str:
        return self._address("tabel.xlsx")

    @cached_property
    def page(self) -> str:
        return self._address("tabel/")

    @property
    def maturity(self) -> str:
        return self._address("kematangan/")

    @property
    def maturity_csv(self) -> str:
        return self._address("kematangan.csv")

    @property
    def money(self) -> str:
        return self._address("anggaran/")

    @property
    def money_csv(self) -> str:
        return self._address("anggaran.csv")

    @property
    def money_workbook(self) -> str:
        return self._address("anggaran.xlsx")

    def csv(self, key: str) -> str:
        """``key`` is a word of ours."""
        return self._address("tabel.csv", f"tabel={key}")

    def name(self, what: str, ending: str) -> str:
        """ "dasbor-73-2026-jenis-gdpk-daerah.csv": what was filtered stands in the name."""
        chosen = [f"{name}-{value}".replace("_", "-") for name, value in self.chosen]
        parts = ["dasbor", self.code, str(self.year), *chosen, what]
        return "-".join(filter(None, parts)) + f".{ending}"

    def panel(self, key: str, anchor: str = "") -> dict:
        """The row "Buka angka" of a panel whose numbers stand in the table ``key``."""
        return {
            "table": f"{self.page}#{key}",
            "csv": self.csv(key),
            "workbook": self.workbook,
            "view": f"{self.view}#{anchor}" if anchor else self.view,
        }

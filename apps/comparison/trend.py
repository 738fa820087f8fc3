"""The page of a trend: is it getting better, and since when?"""

from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from apps.comparison.asking import short, year_of
from apps.comparison.places import NATION, Offer, Place
from apps.comparison.reading import Area, areas_of
from apps.core.formats import format_number
from apps.core.parsing import MAX_TEXT
from apps.dashboard import findings, panels
from apps.dashboard.charts import Line
from apps.dashboard.history import History
from apps.dashboard.links import Viewer
from apps.dashboard.selection import KIND, PEERS, Selection
from apps.dashboard.tallies import Tally
from apps.dashboard.words import capital
from apps.effectiveness.formula import reference_date
from apps.effectiveness.moment import Moment
from apps.regions.queries import changes_of

SPANS = (5, 6, 7)  # years


@dataclass
class Asked:
    """What an address asks for; ``place`` None where it is not known or not open."""

    place: Place | None
    year: int
    span: int
    selection: Selection
    moment: Moment | None
    complaints: list[tuple[str, str]] = field(default_factory=list)

    @property
    def years(self) -> list[int]:
        return list(range(self.year - self.span + 1, self.year + 1))

    @property
    def on(self) -> date:
        """The reference date of the last year."""
        if self.moment:
            return self.moment.reference(self.year)
        return reference_date(self.year, timezone.localdate())

    def viewer(self, scope) -> Viewer:
        return Viewer(scope, self.year, self.moment, self.selection)

    def address(self, name: str = "trend") -> str:
        pairs = [("d", self.place.code if self.place else ""), ("tahun", str(self.year))]
        pairs += [("rentang", str(self.span)), *self.selection.query.items()]
        if self.moment:
            pairs.append(("per", self.moment.per.isoformat()))
        return f"{reverse(f'comparison:{name}')}?{urlencode(pairs)}"


def asked_of(request, offer: Offer, moment: Moment | None) -> Asked:
    """Read ``?d=73&jenis=gdpk&kriteria=…&tahun=…&rentang=5…7``; without ``d`` the own region."""
    complaints: list[tuple[str, str]] = []
    typed = request.GET.get("d", "").strip()
    own = request.user.scope.main_post
    code = typed or (own.region_code if own and own.region_code else NATION)
    place = offer.find(code[:MAX_TEXT])
    if place is None:
        complaints.append(("f-d", f"Daerah “{short(code)}” tidak ditemukan."))
    now = moment.per.year if moment else timezone.localdate().year
    selection = Selection.of(request)
    complaints += [("f-jenis", told) for told in selection.complaints]
    return Asked(
        place,
        year_of(request, now, complaints),
        _span(request, complaints),
        selection.without(PEERS),
        moment,
        complaints,
    )


def _span(request, complaints) -> int:
    typed = request.GET.get("rentang", "").strip()
    if not typed or typed in map(str, SPANS):
        return int(typed or SPANS[0])
    complaints.append(("f-rentang", f"Rentang “{short(typed)}” tidak dikenal; dipakai 5 tahun."))
    return SPANS[0]


def area_of(asked: Asked) -> Area:
    (found,) = areas_of([asked.place], asked.years, asked.moment, asked.selection, with_items=False)
    return found


def measure_of(asked: Asked):
    """What the line tells, as on the dashboard of that level: effective Pokja; of a kab/kota with
    its few Pokja all criteria met; a chosen criterion in their place."""
    if asked.place.is_district and not asked.selection.criterion:
        return lambda counts: counts.criteria
    return asked.selection.share


def context(asked: Asked, viewer: Viewer) -> dict:
    """Everything the template places."""
    place, area, of = asked.place, area_of(asked), measure_of(asked)
    own, history = area.history.shares(of), area.history
    lines = [Line(_short(place), own, is_main=True)]
    if area.parent:
        level = "provinsi" if place.is_district else "nasional"
        lines.append(Line(level, area.parent.shares(of)))
    words = _words(asked)
    return {
        "heading": panels.heading(
            findings.trend(f"{words} di {place.label}", own, f"{words} di {place.label}"),
            asked.moment,
        ),
        "trend": panels.trend(
            lines,
            asked.years,
            history.changes,
            heading=capital(f"{words} dari tahun ke tahun"),
            measure=_measure(asked),
        ),
        "multiples": None if asked.selection.criterion else panels.multiples(history, area.counts),
        "rows": rows_of(history, area.parent, of),
        "parent_name": lines[-1].name if area.parent else "",
        "whole": "kriteria" if _is_of_criteria(asked) else "Pokja",
        "place": place,
        "data_date": panels.data_date(asked.on, asked.moment),
        "region_changes": changes_of(place.region, asked.years) if place.region else [],
        "dashboard": viewer.region(place.region) if place.region else viewer.nation(),
        "compare": _compare(asked),
        "files": [
            {"label": "CSV", "address": asked.address("trend_csv")},
            {"label": "Excel", "address": asked.address("trend_workbook")},
        ],
    }


def _is_of_criteria(asked: Asked) -> bool:
    return asked.place.is_district and not asked.selection.criterion


def _short(place: Place) -> str:
    """The name at the end of a line; the level where the name is too long for it."""
    if len(place.label) <= 10:
        return place.label
    return place.region.get_level_display().lower()


def _words(asked: Asked) -> str:
    """ "Kriteria terpenuhi", "Pokja GDPK efektif", "Pokja yang memenuhi anggaran"."""
    selection = asked.selection
    if _is_of_criteria(asked):
        kind = f" {selection.kind_words}" if selection.kind else ""
        return f"Kriteria terpenuhi{kind}"
    which = "yang " if selection.criterion else ""
    return f"{selection.kind_words} {which}{selection.criterion_words}"


def _measure(asked: Asked) -> str:
    selection = asked.selection
    if _is_of_criteria(asked):
        return f"Bagian kriteria yang terpenuhi dari seluruh {selection.kind_words}"
    return f"Bagian {selection.kind_words} yang {selection.criterion_words}"


def rows_of(history: History, parent: History | None, of) -> list[dict]:
    """A row for each year, oldest first: n, N and the share, and that of the parent."""
    others = parent.shares(of) if parent else [None] * len(history.years)
    return [
        {
            "year": str(year),
            "share": share,
            "n": share and format_number(share.part),
            "whole": share and format_number(share.whole),
            "told": _told(counts),
            "parent": other.short if other else "–",
            "rules": year in history.changes,
        }
        for year, counts, share, other in zip(
            history.years, history.tallies, history.shares(of), others, strict=True
        )
    ]


def _told(counts: Tally) -> str:
    """Why a year has no share."""
    if not counts.pokja:
        return "belum ada Pokja"
    return "tidak dapat dinilai" if counts.has_data else "belum ada data"


def _compare(asked: Asked) -> str:
    """The same region beside the one it is part of."""
    place = asked.place
    if place.is_nation:
        return ""
    beside = place.province.code if place.is_district else NATION
    pairs = [("d", place.code), ("d", beside), ("tahun", str(asked.year))]
    if asked.selection.kind:
        pairs.append((KIND, asked.selection.kind))
    if asked.moment:
        pairs.append(("per", asked.moment.per.isoformat()))
    return f"{reverse('comparison:compare')}?{urlencode(pairs)}"

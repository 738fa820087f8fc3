"""What each address lists: the rows a person may see, filtered, as dicts of the fields.

Nothing is computed here: scores come from the function behind ``nilai``, evidence from the same
columns and words as the files of its kind, and every list begins at ``for_user``. A list has
``count()`` and ``page(start, stop)``; each costs the same number of queries however long it is.
"""

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from apps.api.values import told
from apps.effectiveness.formula import reference_date
from apps.effectiveness.listing import in_region, row, scored
from apps.effectiveness.queries import assess
from apps.pokja.models import Pokja, PokjaType
from apps.regions.codes import timezone_label
from apps.regions.enums import CodeSystem
from apps.regions.models import Region, RegionCode


class ScoreList:
    """Scored Pokja of a year, in the order of ``nilai``; only those of the page are assessed."""

    def __init__(self, user, asked: dict):
        self.year, self.day = asked["tahun"], asked["tanggal"]
        pokja = Pokja.objects.for_user(user)
        if region := asked["wilayah"]:
            pokja = pokja.filter(in_region(region))
        self.ids = scored(pokja, self.year, self.day)

    def count(self) -> int:
        return len(self.ids)

    def page(self, start: int, stop: int) -> list[dict]:
        pokja = Pokja.objects.filter(pk__in=self.ids[start:stop])
        return [row(item) for item in assess(pokja, self.year, self.day, with_index=True)]


class Rows:
    """A list that is one queryset."""

    rows = None

    def count(self) -> int:
        return self.rows.count()


class RegionList(Rows):
    """Regions that exist, of every level, by code."""

    def __init__(self, user, asked: dict):
        rows = Region.objects.for_user(user).existing()
        if region := asked["wilayah"]:
            rows = rows.filter(in_region(region, ""))
        if level := asked["tingkat"]:
            rows = rows.filter(level=level)
        self.rows = rows.order_by("code")

    def page(self, start: int, stop: int) -> list[dict]:
        bps = RegionCode.objects.filter(
            region=OuterRef("pk"), system=CodeSystem.BPS, valid_to=None
        ).values("code")[:1]
        rows = self.rows.annotate(bps=Subquery(bps)).select_related("parent", "province")
        return [_region(each) for each in rows[start:stop]]


def _region(region: Region) -> dict:
    return {
        "kode_wilayah": region.code,
        "nama": region.name,
        "tingkat": region.level,
        "kode_induk": region.parent.code if region.parent else None,
        "kode_provinsi": region.province.code,
        "kode_bps": region.bps,
        "zona_waktu": timezone_label(region.code),
        "id": region.pk,
    }


class PokjaList(Rows):
    """Pokja, also those that are gone; with ``tahun`` those that are scored for the year."""

    def __init__(self, user, asked: dict):
        rows = Pokja.objects.for_user(user)
        if region := asked["wilayah"]:
            rows = rows.filter(in_region(region))
        if year := asked["tahun"]:
            rows = rows.active_on(reference_date(year, timezone.localdate()))
        if asked["status"]:
            rows = rows.filter(asked["status"](timezone.localdate()))
        self.rows = rows.order_by("pk")

    def page(self, start: int, stop: int) -> list[dict]:
        found = list(self.rows.select_related("region", "merged_into")[start:stop])
        kinds: dict[int, list[str]] = {}
        of_page = PokjaType.objects.filter(pokja__in=[each.pk for each in found]).order_by("pk")
        for pokja_id, kind in of_page.values_list("pokja_id", "kind"):
            kinds.setdefault(pokja_id, []).append(kind)
        return [_pokja(each, kinds.get(each.pk, [])) for each in found]


# What a Pokja is on a day, as the filter that finds it; the words in which its row says it.
POKJA_STATES = {
    "aktif": lambda day: (
        (Q(formed_on=None) | Q(formed_on__lte=day))
        & (Q(dissolved_on=None) | Q(dissolved_on__gt=day))
    ),
    "akan_dibentuk": lambda day: (
        Q(formed_on__gt=day) & (Q(dissolved_on=None) | Q(dissolved_on__gt=day))
    ),
    "bubar": lambda day: Q(dissolved_on__lte=day, merged_into=None),
    "dilebur": lambda day: Q(dissolved_on__lte=day, merged_into__isnull=False),
}


def _state(pokja: Pokja) -> str:
    day = timezone.localdate()
    if pokja.dissolved_on and pokja.dissolved_on <= day:
        return "dilebur" if pokja.merged_into_id else "bubar"
    return "akan_dibentuk" if pokja.formed_on and pokja.formed_on > day else "aktif"


def _pokja(pokja: Pokja, kinds: list[str]) -> dict:
    values = {
        "kode_pokja": pokja.code,
        "kode_wilayah": pokja.region.code,
        "jenis": ";".join(kinds),
        "nama": pokja.name,
        "dibentuk": pokja.formed_on,
        "bubar": pokja.dissolved_on,
        "dilebur_ke": pokja.merged_into.code if pokja.merged_into else None,
        "status": _state(pokja),
        "versi": pokja.revision,
        "id": pokja.pk,
    }
    return {name: told(name, value) for name, value in values.items()}

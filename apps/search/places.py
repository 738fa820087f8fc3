"""Regions by name, short or former name, and code of either system."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from apps.core.formats import format_date
from apps.regions.enums import POKJA_LEVELS, CodeSystem
from apps.regions.models import Region, RegionCode, RegionName
from apps.search import names
from apps.search.hits import Hit
from apps.search.text import LEVEL_WORDS, code_forms, folded, squeezed, without_level, words_of


@dataclass
class Place:
    """A region with everything it may be called."""

    region: Region
    words: list[str]  # of its full name
    others: list[names.OtherName] = field(default_factory=list)

    @property
    def short(self) -> str:
        return squeezed(folded(self.region.short_name).split())


def places_for(user) -> list[Place]:
    """The regions this person may open: those in scope, and the province of their own. Three
    queries, two of them for what regions were called before."""
    scope = user.scope
    rows = Region.objects.with_pokja_level().select_related("province")
    if not scope.sees_all:
        mine = rows.for_user(user).values("pk")
        around = {post.province_id for post in scope.posts}
        rows = rows.filter(Q(pk__in=mine) | Q(pk__in=around))
    called, former = names.other_names(), _former_names()
    return [
        Place(
            region,
            words_of(region.full_name),
            [*called.get(region.code, []), *former.get(region.pk, [])],
        )
        for region in rows.order_by("code")
    ]


def _former_names() -> dict[int, list[names.OtherName]]:
    """By region: names it bore (with the level left out, as people look for them), and those that
    our list knows under a code it carried. Two queries."""
    found: dict[int, list[names.OtherName]] = {}
    rows = RegionName.objects.values_list("region_id", "short_name")
    for region_id, name in rows.filter(level__in=POKJA_LEVELS):
        found.setdefault(region_id, []).append(names.OtherName(name, names.FORMER))
    called = names.other_names()
    codes = RegionCode.objects.filter(
        system=CodeSystem.KEMENDAGRI, region__level__in=POKJA_LEVELS, valid_to__isnull=False
    )
    for region_id, code in codes.values_list("region_id", "code"):
        found.setdefault(region_id, []).extend(called.get(code, []))
    return found


def find(places: list[Place], typed: str, year: int) -> list[Hit]:
    """All regions that fit, exact ones first; 1 query more where it may be a code."""
    by_code = _by_code(places, typed)
    hits = [hit for place in places if (hit := by_code.get(place.region.pk))]
    found = [(place, *_by_name(place, typed)) for place in places]
    best = [row for row in found if row[1]] or _ignoring_level(places, typed)
    hits += [
        (place.region, "" if why is None else why, exact)
        for place, _, exact, why in best
        if place.region.pk not in by_code
    ]
    hits.sort(key=lambda hit: not hit[2])
    return [_hit(region, why, exact, year) for region, why, exact in hits]


def _hit(region, why, exact, year) -> Hit:
    where = "" if region.is_province else f"Provinsi {region.province.name}"
    return Hit(
        title=region.full_name,
        detail=", ".join(filter(None, (where, why))),
        url=reverse("dashboard:region", args=[region.code, year]),
        is_exact=exact,
    )


def _by_name(place: Place, typed: str) -> tuple[bool, bool, str | None]:
    """(fits, exactly, by which other name)."""
    asked = words_of(typed)
    if not asked:
        return False, False, None
    whole, plain = squeezed(asked), squeezed(without_level(asked))
    if whole in (place.short, squeezed(place.words)):
        return True, True, None
    for other in place.others:
        if squeezed(folded(other.name).split()) in (whole, plain):
            return True, True, f"{names.WORDS[other.sort]} {other.name}"
    if _holds(asked, place.words) or (len(whole) > 3 and whole in squeezed(place.words)):
        return True, False, None
    for other in place.others:
        if _holds(asked, folded(other.name).split()):
            return True, False, f"{names.WORDS[other.sort]} {other.name}"
    return False, False, None


def _holds(asked, words) -> bool:
    """Does each word asked for begin one of the words? A level is written out or not meant."""
    named = without_level(words)
    return all(
        part in words if part in LEVEL_WORDS else any(word.startswith(part) for word in named)
        for part in asked
    )


def _ignoring_level(places, typed):
    """Kabupaten Makassar is Kota Makassar: who errs in the level is still understood, but sees
    what was understood first."""
    asked = without_level(words_of(typed))
    if not asked or len(asked) == len(words_of(typed)):
        return []
    plain = " ".join(asked)
    rows = [(place, *_by_name(place, plain)) for place in places]
    return [(place, fits, False, why) for place, fits, _, why in rows if fits]


def _by_code(places, typed) -> dict[int, tuple]:
    """Region id → (region, which code of which system, True)."""
    kemendagri, bps = code_forms(typed)
    if not (kemendagri or bps):
        return {}
    mine = {place.region.pk: place.region for place in places}
    rows = RegionCode.objects.filter(
        Q(system=CodeSystem.KEMENDAGRI, code=kemendagri) | Q(system=CodeSystem.BPS, code=bps),
        region__in=mine,
    )
    said: dict[int, list[str]] = {}
    for row in rows.order_by("-system", "valid_to"):
        until = f" sampai {format_date(row.valid_to)}" if row.valid_to else ""
        said.setdefault(row.region_id, []).append(
            f"kode {row.get_system_display()} {row.code}{until}"
        )
    return {pk: (mine[pk], " dan ".join(words), True) for pk, words in said.items()}


def vocabulary(places: list[Place]) -> dict[str, str]:
    """Folded word → how it is written, of all names of these regions."""
    found = {}
    for place in places:
        texts = [place.region.full_name, *(other.name for other in place.others)]
        for text in texts:
            for word in text.split():
                found.setdefault(folded(word), word)
    return found

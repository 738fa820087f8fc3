"""Pokja and SK."""

import re

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from apps.decrees.models import Decree
from apps.pokja.enums import PokjaKind
from apps.pokja.models import Pokja
from apps.search.hits import Hit
from apps.search.text import folded, is_within, number_parts, squeezed, words_of

KIND_WORDS = {kind.value: folded(kind.label).split() for kind in PokjaKind}
LIVING_FIRST = F("dissolved_on").asc(nulls_first=True)
NAMES = 500  # of Pokja, looked through for a likely spelling
CANDIDATES = 300  # SK looked at for one number
_SHORT = re.compile(r"[ivxlc]+|\w{1,3}")  # a month in Roman figures, an office: parts of a number
NOISE = {"pokja", "sk", "nomor", "no"}  # words that are in every name


def find_pokja(user, typed: str, limit: int) -> tuple[list[Hit], int]:
    """The Pokja whose name, code, kind and region hold every word; exact ones first, and how
    many there are. 3 queries."""
    asked = [word for word in words_of(typed) if word not in NOISE]
    if not asked:
        return [], 0
    rows = Pokja.objects.for_user(user)
    for word in asked:
        rows = rows.filter(_pokja_has(word))
    rows = rows.select_related("region").order_by(LIVING_FIRST, "region__code", "code")
    rows = rows.prefetch_related("kind_rows")
    hits = [_pokja_hit(pokja, typed) for pokja in rows[:limit]]
    hits.sort(key=lambda hit: not hit.is_exact)
    return hits, rows.count()


def names_of_pokja(user) -> list[str]:
    """The different names in scope, for what may have been meant. One query."""
    rows = Pokja.objects.for_user(user).order_by("name")
    return list(rows.values_list("name", flat=True).distinct()[:NAMES])


def _pokja_has(word: str) -> Q:
    found = Q(name__icontains=word) | Q(code__icontains=word) | Q(region__name__icontains=word)
    kinds = [kind for kind, held in KIND_WORDS.items() if any(w.startswith(word) for w in held)]
    return found | Q(pk__in=Pokja.objects.filter(kind_rows__kind__in=kinds).values("pk"))


def _pokja_hit(pokja, typed) -> Hit:
    asked = squeezed(words_of(typed))
    known = (pokja.name, pokja.code, f"{pokja.name} {pokja.region.full_name}")
    ended = "sudah bubar" if pokja.dissolved_on else ""
    return Hit(
        title=pokja.name,
        detail=", ".join(filter(None, (pokja.region.full_name, pokja.kind_labels, ended))),
        url=reverse("filing:pokja", args=[pokja.pk]),
        is_exact=asked in {squeezed(words_of(name)) for name in known},
    )


def find_decrees(user, typed: str, limit: int) -> tuple[list[Hit], int]:
    """SK by number in any spelling, else by words of their title; the newest version of each,
    and how many there are (at most CANDIDATES are looked at). 2 queries."""
    rows = Decree.objects.for_user(user).select_related("evidence__region")
    rows = rows.prefetch_related("coverage__pokja").order_by("-evidence_id")
    asked = [part for part in number_parts(typed) if part not in NOISE]
    if not asked:
        return [], 0
    if any(part.isdecimal() for part in asked):
        found = _by_number(rows, asked)
    else:
        found = _by_title(rows, asked)
    latest = {}
    for decree in found:
        held = latest.get(decree.evidence.family)
        if held is None or held.evidence.version < decree.evidence.version:
            latest[decree.evidence.family] = decree
    hits = [_decree_hit(decree, asked) for decree in latest.values()]
    hits = [hit for hit in hits if hit]
    hits.sort(key=lambda hit: not hit.is_exact)
    return hits[:limit], len(hits)


def _by_number(rows: QuerySet, asked) -> list[Decree]:
    """ "188.45/97 Bone" names a number and, in longer words, what it is about."""
    number = [part for part in asked if part.isdecimal() or _SHORT.fullmatch(part)]
    for part in asked:
        in_number = Q(number_key__contains=part)
        rows = rows.filter(in_number if part in number else in_number | _titled(part))
    return [row for row in rows[:CANDIDATES] if is_within(number, number_parts(row.number_key))]


def _by_title(rows: QuerySet, asked) -> list[Decree]:
    for word in asked:
        rows = rows.filter(_titled(word))
    return list(rows[:CANDIDATES])


def _titled(word: str) -> Q:
    return (
        Q(title__icontains=word)
        | Q(evidence__title__icontains=word)
        | Q(evidence__region__name__icontains=word)
    )


def _decree_hit(decree, asked) -> Hit | None:
    """None for an SK about no Pokja, which no page shows."""
    pokja = [row.pokja for row in decree.coverage.all()]
    if not pokja:
        return None
    evidence = decree.evidence
    about = pokja[0].name + (f" dan {len(pokja) - 1} Pokja lain" if pokja[1:] else "")
    parts = (about, evidence.region.full_name, evidence.get_status_display().lower())
    return Hit(
        title=f"SK {decree.number}" if decree.number else "SK belum bernomor",
        detail=", ".join(parts),
        url=reverse("filing:chain", args=[pokja[0].pk]),
        is_exact=number_parts(decree.number_key) == asked,
    )

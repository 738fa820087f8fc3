"""One search over everything the person may see; a constant number of queries."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from apps.pokja.enums import PokjaKind
from apps.search import persons, places, things
from apps.search.hits import MOST, SHOWN, Group, Hit
from apps.search.text import corrected, folded, words_of

REGIONS, POKJA, DECREES, PEOPLE = "daerah", "pokja", "sk", "orang"
LABELS = {REGIONS: "Daerah", POKJA: "Pokja", DECREES: "SK", PEOPLE: "Orang"}


@dataclass
class Found:
    """What a search has found; ``meant`` is a better spelling where it found nothing."""

    text: str
    groups: list[Group] = field(default_factory=list)
    meant: str = ""

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def only_exact(self) -> Hit | None:
        """The one hit that is exactly what was typed, if there is just one."""
        exact = [hit for group in self.groups for hit in group.hits if hit.is_exact]
        return exact[0] if len(exact) == 1 and exact[0].url else None


def find(user, text: str, year: int, *, only: str = "", limit: int = SHOWN) -> Found:
    """Search ``text`` (as ``text.cleaned`` leaves it) in all groups, or in one with more hits."""
    known = places.places_for(user)
    found = _find(user, text, year, known, only, MOST if only else limit)
    if not found.total and not only:
        found.meant = _meant(user, text, year, known)
    return found


def _find(user, text, year, known, only, limit) -> Found:
    makers = {
        REGIONS: lambda: _cut(places.find(known, text, year), limit),
        POKJA: lambda: things.find_pokja(user, text, limit),
        DECREES: lambda: things.find_decrees(user, text, limit),
        PEOPLE: lambda: persons.find(user, text, limit),
    }
    found = Found(text)
    for key, make in makers.items():
        if only in ("", key):
            hits, total = make()
            if total:
                more = _more_url(key, text)
                found.groups.append(Group(key, LABELS[key], hits, total, more))
    return found


def _cut(hits, limit):
    return hits[:limit], len(hits)


def _more_url(key: str, text: str) -> str:
    """Where all of a group are listed: its own list, else this page with that group alone."""
    if key == POKJA:
        return f"{reverse('filing:pokja_list')}?{urlencode({'cari': text})}"
    if key == DECREES:
        return f"{reverse('library:list')}?{urlencode({'cari': text, 'jenis': 'sk'})}"
    return f"{reverse('search:results')}?{urlencode({'q': text, 'kelompok': key})}"


def _meant(user, text, year, known) -> str:
    """The same search with its unknown words set right, where that finds something."""
    vocabulary = places.vocabulary(known)
    for name in (*PokjaKind.labels, *things.names_of_pokja(user)):
        for word in name.split():
            vocabulary.setdefault(folded(word), word)
    asked = words_of(text)
    better = corrected(asked, vocabulary)
    if better == asked:
        return ""
    shown = " ".join(vocabulary.get(word, word) for word in better)
    return shown if _find(user, shown, year, known, "", 1).total else ""

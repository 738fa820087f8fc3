"""The bar that narrows a dashboard: its form, what is chosen as chips, and the sentence on it."""

from apps.core import markup
from apps.core.formats import format_number
from apps.core.looks import CRITERIA
from apps.core.markup import safe
from apps.dashboard.links import Viewer
from apps.dashboard.peers import alike_words
from apps.dashboard.selection import (
    CRITERION,
    ISLAND_NAMES,
    KIND,
    LEVELS,
    NATION,
    PEERS,
    Selection,
)
from apps.dashboard.words import CRITERION_LABELS, CRITERION_WORDS, capital
from apps.pokja.enums import PokjaKind

ANY = {KIND: "Semua jenis", CRITERION: "Efektif", PEERS: "Semua daerah"}


def filter_bar(
    level: str, viewer: Viewer, pokja: int, view: dict[str, str], own: tuple | None = None
) -> dict:
    """What templates/dashboard/_filters.html needs.

    ``pokja``: how many are shown; ``view``: order and rows of the page's tables, which stay;
    ``own``: code and name of the region whose like may be asked for, where there is one.
    """
    selection = viewer.selection
    return {
        "fields": [
            _field(KIND, "Jenis Pokja", PokjaKind.choices, selection.kind),
            _field(CRITERION, "Tampilkan bagian yang", _criteria(), selection.criterion),
            _field(PEERS, "Kelompok daerah", _peers(level, selection, own), selection.peers),
        ],
        "hidden": viewer.kept(view),
        "chips": _chips(viewer, view),
        "clear": viewer.then("", **view) or "?",
        "sentence": ""
        if selection.is_whole
        else f"Menampilkan {format_number(pokja)} Pokja: {_details(selection)}.",
        "alike": alike_words(selection),
        "complaints": selection.complaints,
    }


def _field(name: str, label: str, options, value: str) -> dict:
    return {
        "name": name,
        "label": label,
        "options": safe(markup.options([("", ANY[name]), *options], value)),
    }


def _criteria() -> list[tuple[str, str]]:
    return [(name, f"Memenuhi {CRITERION_WORDS[name]}") for name in CRITERIA]


def _peers(level: str, selection: Selection, own) -> list[tuple[str, str]]:
    """Groups of the level; the like of the own region, and of the one that is chosen."""
    if level == NATION:
        found = {slug: f"Provinsi di {name}" for slug, name in ISLAND_NAMES.items()}
    else:
        found = {name: f"{capital(name)} saja" for name in LEVELS}
    if own is not None:
        found[own[0]] = f"Sebaya {own[1]}"
    if selection.members is not None:
        found[selection.peers] = f"Sebaya {selection.peer_name}"
    return list(found.items())


def _chips(viewer: Viewer, view) -> list[tuple[str, str]]:
    """(words, address without it) of everything chosen."""
    selection = viewer.selection
    told = (
        (KIND, selection.kind and f"Jenis: {PokjaKind(selection.kind).label}"),
        (CRITERION, selection.criterion and f"Kriteria: {_label(selection.criterion)}"),
        (PEERS, selection.peers and capital(selection.peer_words)),
    )
    return [
        (words, viewer.choosing(selection.without(name)).same(**view))
        for name, words in told
        if words
    ]


def _label(criterion: str) -> str:
    return CRITERION_LABELS[criterion].lower().replace("sk ", "SK ")


def _details(selection: Selection) -> str:
    parts = (
        selection.kind and f"jenis {PokjaKind(selection.kind).label}",
        selection.peer_words,
        selection.criterion and f"bagian yang {selection.criterion_words}",
    )
    return ", ".join(filter(None, parts))

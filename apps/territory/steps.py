"""The steps of a change, as the bar above each page names them."""

from django.urls import reverse

from apps.territory.enums import ChangeKind
from apps.territory.forms import new_step_label
from apps.territory.models import RegionChange
from apps.territory.shares import SHARED

WHAT, NEW, SHARE, PREVIEW, CONFIRM = "what", "new", "share", "preview", "confirm"
FIRST_LABEL = "Apa dan kapan"


def steps_of(change: RegionChange) -> list[tuple[str, str]]:
    """(name of the page, label); a merger makes no region, a rename shares nothing out."""
    found = [(WHAT, FIRST_LABEL)]
    if change.kind != ChangeKind.MERGE:
        found.append((NEW, new_step_label(change.kind)))
    if change.kind in SHARED:
        found.append((SHARE, "Apa ke mana"))
    return [*found, (PREVIEW, "Pratinjau"), (CONFIRM, "Sahkan")]


def bar(change: RegionChange, current: str) -> list[dict]:
    names = [name for name, _ in steps_of(change)]
    here = names.index(current)
    return [
        {
            "label": label,
            "url": address(change, name),
            "current": name == current,
            "done": at < here,
        }
        for at, (name, label) in enumerate(steps_of(change))
    ]


def bar_of_new() -> list[dict]:
    """Before there is a draft: the kind decides which steps follow."""
    labels = (FIRST_LABEL, "Wilayah baru", "Apa ke mana", "Pratinjau", "Sahkan")
    return [
        {"label": label, "url": "", "current": label == FIRST_LABEL, "done": False}
        for label in labels
    ]


def address(change: RegionChange, name: str) -> str:
    return reverse(f"territory:{name}", args=[change.pk])


def after(change: RegionChange, current: str) -> str:
    names = [name for name, _ in steps_of(change)]
    return address(change, names[names.index(current) + 1])


def before(change: RegionChange, current: str) -> str:
    names = [name for name, _ in steps_of(change)]
    return address(change, names[names.index(current) - 1])

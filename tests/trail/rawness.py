"""Finds what the trail would show people as it is stored: keys of choices, nothing at all."""

from functools import cache

from django.apps import apps

from apps.audit.models import Entry
from apps.trail.pages import line_of


@cache
def stored_keys(kind: str) -> frozenset:
    """Keys of every choice of this kind of data that are not words already."""
    fields = apps.get_model(kind)._meta.concrete_fields
    pairs = [pair for field in fields for pair in field.flatchoices or ()]
    return frozenset(key for key, label in pairs if str(key).lower() != str(label).lower())


def raw_told() -> list[tuple[str, str, str]]:
    """(kind, label, value) of every value that is a stored key or empty, and of labels that are."""
    found = set()
    for entry in Entry.objects.select_related("actor", "region"):
        line = line_of(entry)
        if not line.label.strip():
            found.add((line.kind, "", ""))
        for label, old, new in line.changes:
            parts = {*old.split("; "), *new.split("; ")} & stored_keys(entry.object_type)
            found |= {(line.kind, label, part) for part in parts}
            if not (label.strip() and new.strip()):
                found.add((line.kind, label, new))
    return sorted(found)

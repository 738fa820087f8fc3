"""Reference data that every database starts with, the real one and those of practice rooms.

Each loader adds what is missing and leaves what somebody edited; it returns a count, or counts by
name. Regions come first, by ``siapkan``; published facts, which speak of real regions, after.
"""

from collections.abc import Iterator

from django.apps import apps

from apps.deadlines.reference import load_default_target, load_holidays
from apps.effectiveness.builtin import load_builtin_rubric
from apps.effectiveness.builtin_drafts import load_draft_rubric
from apps.inbox.reminders import load_reminder_rules
from apps.indicators.catalogue import load_catalogue
from apps.pokja.sectors import load_roster_requirements
from apps.regulations.reference import load_national_regulations
from apps.verification.reasons import load_return_reasons

LOADERS = (
    ("Katalog indikator", load_catalogue),
    ("Alasan pengembalian", load_return_reasons),
    ("Rubrik bawaan", load_builtin_rubric),
    ("Regulasi nasional", load_national_regulations),
    ("Draf rubrik", load_draft_rubric),
    ("Unsur yang harus terwakili", load_roster_requirements),
    ("Pengingat SK berakhir", load_reminder_rules),
    ("Hari libur", load_holidays),
    ("Target pemeriksaan", load_default_target),
)


def load_reference() -> Iterator[tuple[str, int | dict]]:
    """Load all of it, one after the other: (what it is, how many were added)."""
    for label, load in LOADERS:
        yield label, load()
    # Beside this app, so by the registry and not by an import.
    yield "Naskah surat", apps.get_app_config("campaign").load_reference()

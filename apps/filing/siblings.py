"""The other items of a step: every SK of a Pokja, every stage of a year's budget."""

from typing import NamedTuple

from django.utils import timezone

from apps.budgets.enums import Stage
from apps.budgets.models import Budget
from apps.core.formats import format_date
from apps.decrees.codes import own_end
from apps.decrees.models import DecreeCoverage


class Sibling(NamedTuple):
    """One item, in its newest version the reader may see."""

    evidence: object
    title: str
    detail: str


def siblings_for(step: str, pokja, year: int, user) -> list[Sibling]:
    """Newest first; one query. Plans and indicator sets have none beside themselves."""
    if step == "sk":
        return _decrees(pokja, user)
    return _stages(pokja, year, user) if step == "anggaran" else []


def _newest(rows, evidence_of):
    """The newest version of each family, in the order of the rows."""
    held = {}
    for row in rows:
        evidence = evidence_of(row)
        known = held.get(evidence.family)
        if known is None or evidence.version > evidence_of(known).version:
            held[evidence.family] = row
    return held.values()


def _decrees(pokja, user) -> list[Sibling]:
    rows = (
        DecreeCoverage.objects.for_user(user)
        .filter(pokja=pokja)
        .select_related("decree__evidence")
        .order_by("-decree__issued_on", "-pk")
    )
    found = []
    for row in _newest(rows, lambda row: row.decree.evidence):
        number = row.decree.number or "nomor belum diisi"
        found.append(
            Sibling(
                row.decree.evidence,
                f"SK {number}",
                f"{row.get_role_display()} · {_validity(row.decree)}",
            )
        )
    return found


def _validity(decree) -> str:
    end = own_end(decree.valid_from, decree.valid_until, decree.validity_basis)
    if end is None:
        return "berlaku sampai dicabut" if decree.valid_from else "masa berlaku belum diisi"
    word = "berakhir" if end < timezone.localdate() else "berlaku sampai"
    return f"{word} {format_date(end)}"


def _stages(pokja, year, user) -> list[Sibling]:
    rows = (
        Budget.objects.for_user(user)
        .filter(pokja=pokja, year=year)
        .select_related("evidence")
        .order_by("-pk")
    )
    return [
        Sibling(
            row.evidence,
            f"Anggaran {row.get_stage_display().lower()}",
            f"versi {row.evidence.version}",
        )
        for row in _newest(rows, lambda row: row.evidence)
    ]


def free_stages(siblings: list[Sibling]) -> list[tuple[str, str]]:
    """Stages of the year that nobody has begun: (stored word, label)."""
    begun = {item.title for item in siblings}
    return [
        (stage.value, stage.label.lower())
        for stage in Stage
        if f"Anggaran {stage.label.lower()}" not in begun
    ]

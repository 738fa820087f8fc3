from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, Prefetch, prefetch_related_objects

from apps.core.related import related_rows
from apps.decrees.codes import at_legal_office
from apps.decrees.models import Decree, DecreeCoverage, DecreeReuse
from apps.verification.enums import EDITABLE, Status


def coverage_of(decree: Decree) -> list[DecreeCoverage]:
    """The Pokja a decree is about, in the order they were named."""
    return related_rows(decree, "coverage", "pokja__region")


NO_NUMBER = "belum bernomor"


class Numbered(NamedTuple):
    """A decree number as it stands in one region; ``family`` None for one not saved yet."""

    key: str
    issued_on: date | None
    region_id: int
    family: UUID | None = None


def names_of_users(number_key: str, issued_on, region, family=None) -> list[str]:
    """Who uses that number already in that year: "Pokja GDPK Kabupaten Wajo", for the warning."""
    asked = Numbered(number_key, issued_on, region.pk, family)
    return names_of_users_of([asked])[asked]


def names_of_users_of(asked: Iterable[Numbered]) -> dict[Numbered, list[str]]:
    """The same for many numbers: 1 query in all, 2 where some are used. Cancelled decrees free
    their number."""
    asked = [number for number in asked if number.key]
    if not asked:
        return {}
    held = (
        Decree.objects.filter(
            number_key__in={number.key for number in asked},
            evidence__region__in={number.region_id for number in asked},
        )
        .exclude(evidence__status=Status.CANCELLED)
        .select_related("evidence")
        .order_by("id")
    )
    by_key: dict[str, list[Decree]] = {}
    for decree in held:
        by_key.setdefault(decree.number_key, []).append(decree)
    users = {
        number: [each for each in by_key.get(number.key, ()) if _clashes(each, number)]
        for number in asked
    }
    named = DecreeCoverage.objects.select_related("pokja__region")
    prefetch_related_objects(list(chain(*users.values())), Prefetch("coverage", named))
    return {number: _names_on(decrees) for number, decrees in users.items()}


def _names_on(decrees: Iterable[Decree]) -> list[str]:
    return [
        f"{row.pokja.name} {row.pokja.region.full_name}"
        for decree in decrees
        for row in decree.coverage.all()
    ]


def _clashes(decree: Decree, number: Numbered) -> bool:
    """The same number in the same region and year, other versions of the decree aside."""
    same = (
        decree.number_key == number.key
        and decree.evidence.region_id == number.region_id
        and decree.evidence.family != number.family
    )
    if not same or number.issued_on is None:
        return same
    return decree.issued_on is not None and decree.issued_on.year == number.issued_on.year


def parent_is_known(region, parent_key: str) -> bool:
    """Has the decree that is changed or revoked been entered for this region?"""
    return (
        Decree.objects.filter(evidence__region=region, number_key=parent_key)
        .exclude(evidence__status=Status.CANCELLED)
        .exists()
    )


# --- the chain -------------------------------------------------------------------------------


def chain_of(pokja, user) -> list[DecreeCoverage]:
    """Every version of every SK about a Pokja that this person may see, in order of time (those
    without a date last), with file, people and the other Pokja of each; 2 queries."""
    coverage = DecreeCoverage.objects.select_related("pokja")
    rows = (
        DecreeCoverage.objects.for_user(user)
        .filter(pokja=pokja)
        .select_related(
            "decree__evidence__decided_by",
            "decree__evidence__region",
            "decree__document",
            "decree__process_document",
        )
        .prefetch_related(Prefetch("decree__coverage", coverage))
    )
    return sorted(rows, key=lambda row: (row.decree.issued_on or date.max, row.pk))


class Process(NamedTuple):
    """A successor that is being made at Bagian Hukum."""

    pokja_id: int
    evidence_id: int
    since: date
    document: object  # the nota dinas, or None


def processes_of(pokja_ids, user=None) -> dict[int, Process]:
    """SK "proses di Bagian Hukum" by Pokja id, the one begun last; one query.

    Drafts belong to those who may see them: ``user`` leaves out what is not theirs (spec section
    3); None is for the portal's own errands.
    """
    rows = DecreeCoverage.objects.for_user(user) if user else DecreeCoverage.objects.all()
    rows = rows.filter(
        pokja__in=pokja_ids,
        decree__in_process_since__isnull=False,
        decree__evidence__status__in=EDITABLE,
    ).select_related("decree__evidence", "decree__process_document")
    found: dict[int, Process] = {}
    for row in rows.order_by("decree__in_process_since", "pk"):
        decree = row.decree
        if is_at_legal_office(decree):
            found[row.pokja_id] = Process(
                row.pokja_id,
                decree.evidence_id,
                decree.in_process_since,
                decree.process_document,
            )
    return found


def is_at_legal_office(decree: Decree) -> bool:
    """ "Proses di Bagian Hukum": begun, and number or file not there yet."""
    return at_legal_office(
        decree.in_process_since,
        decree.number,
        decree.document_id is not None,
        decree.evidence.status,
    )


def reuses_of(pokja_ids, year: int) -> dict[int, DecreeReuse]:
    """ "Digunakan kembali" of a year, by Pokja id; one query."""
    rows = DecreeReuse.objects.filter(pokja__in=pokja_ids, year=year)
    return {row.pokja_id: row for row in rows.select_related("evidence", "confirmed_by")}


def last_verified(pokja_ids) -> dict[int, object]:
    """When an SK of each Pokja was last verified (a moment); one query."""
    rows = DecreeCoverage.objects.filter(
        pokja__in=pokja_ids, decree__evidence__status=Status.VERIFIED
    )
    pairs = rows.order_by().values("pokja_id").annotate(last=Max("decree__evidence__decided_at"))
    return {row["pokja_id"]: row["last"] for row in pairs}


def numbers_of(evidence_ids, user) -> dict[int, str]:
    """The numbers of SK this person may see, by evidence id; one query."""
    rows = Decree.objects.for_user(user).filter(evidence__in=evidence_ids)
    pairs = rows.values_list("evidence_id", "number")
    return {key: number or NO_NUMBER for key, number in pairs}

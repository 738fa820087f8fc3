""" "Gunakan kembali" from the pages: what may be confirmed, and what became of it."""

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Conflict
from apps.decrees.queries import reuses_of
from apps.decrees.services import reuse_decree
from apps.filing.words import joined
from apps.inbox.reuse import offers_for
from apps.pokja.models import Pokja
from apps.verification.models import Evidence

CHANGED = "SK yang berlaku sudah berubah sejak halaman dibuka."
NOTHING_DONE = "Tidak ada yang dicatat. Buka halaman Pokja untuk melihat SK yang berlaku."


def confirm(pokja: Pokja, year: int, *, sk: str, chosen: list[str], actor) -> str:
    """Record the reuse of the SK that the person saw for the ticked Pokja (else the one of the
    page); the sentence that tells of it.

    Somebody who was faster is told of, not overwritten. Raises Conflict where that SK is not in
    force (any more), or the year is not the running one.
    """
    today = timezone.localdate()
    wanted = set(chosen) or {str(pokja.pk)}
    own = Pokja.objects.for_user(actor).filter(region=pokja.region)
    with transaction.atomic():
        offers = offers_for(own, today) if year == today.year else []
        offer = next((each for each in offers if str(each.evidence_id) == sk), None)
        asked = [each for each in offer.pokja if str(each.pk) in wanted] if offer else []
        if asked:
            return _record(offer, asked, year, actor)
    return _already(pokja, year, sk)


def _record(offer, asked, year, actor) -> str:
    evidence = Evidence.objects.select_related("decree").get(pk=offer.evidence_id)
    names = []
    for each in asked:
        row, is_new = reuse_decree(each, year, evidence, actor=actor)
        if is_new or row.evidence_id == evidence.pk:
            names.append(each.name)
    return f"SK {offer.number} digunakan kembali untuk {year}: {joined(names)}."


def _already(pokja, year, sk) -> str:
    """The same button twice, or two people: once is enough."""
    row = reuses_of([pokja.pk], year).get(pokja.pk)
    if row is None or str(row.evidence_id) != sk:
        raise Conflict(CHANGED, NOTHING_DONE, url=f"/pokja/{pokja.pk}/{year}/")
    return f"SK sudah dipastikan untuk {year} oleh {row.confirmed_by}."

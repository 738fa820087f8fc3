"""Which piece of evidence a page shows for a Pokja's year, and whom a piece is about."""

from datetime import date

from django.contrib.auth import get_user_model
from django.utils import timezone

from apps.budgets.enums import STAGE_ORDER
from apps.decrees.codes import own_end
from apps.evidence.kinds import ADAPTERS, BY_CRITERION, adapter_for
from apps.evidence.services import FINGERPRINT, differences, snapshot
from apps.pokja.models import Pokja
from apps.verification.enums import Action, Kind, Status
from apps.verification.models import Evidence

PEOPLE = ("edited_by", "submitted_by", "opened_by", "decided_by")


def current_items(pokja: Pokja, year: int, *, user=None, on: date | None = None) -> dict:
    """The item shown for each criterion: sk, rencana_kerja, indikator, anggaran -> Evidence|None.

    The open version where there is one, else what counts, else a declaration of nothing, else
    the newest that was decided. Of several SK that count, one that by its own dates holds on the
    reference date ``on`` (31 December of a past year, today otherwise) goes first; which decree
    meets the criterion, amendments and revocations weighed, is for the assessment to say.
    ``user`` limits the choice to what that person may see (observers: verified things).
    6 queries, whatever the number of items; 5 where there are none.
    """
    rows = Evidence.objects.for_user(user) if user else Evidence.objects.all()
    rows = rows.select_related("region").order_by("id")
    today = timezone.localdate()
    on = on or (date(year, 12, 31) if year < today.year else today)
    nils = {}
    for item in rows.filter(nil__pokja=pokja, nil__year=year).select_related("nil"):
        nils.setdefault(item.nil.criterion, []).append(item)
    found = {"sk": _decree(_of_pokja(rows, pokja), nils.get("sk", []), on)}
    for kind in (Kind.WORK_PLAN, Kind.INDICATOR_SET, Kind.BUDGET):
        adapter = ADAPTERS[kind]
        path = adapter.related
        items = list(
            rows.filter(**{f"{path}__pokja": pokja, f"{path}__year": year}).select_related(
                path, *_documents(kind)
            )
        )
        found[adapter.criterion] = _yearly(items, nils.get(adapter.criterion, []))
    _name_people([item for item in found.values() if item is not None])
    return found


def _name_people(items: list[Evidence]) -> None:
    """Whoever had a hand in the shown items, in one query: as four joins to the accounts in each
    of the queries above, the database spends longer on planning than on reading."""
    ids = {getattr(item, f"{role}_id") for item in items for role in PEOPLE} - {None}
    users = get_user_model().objects.in_bulk(ids)
    for item in items:
        for role in PEOPLE:
            setattr(item, role, users.get(getattr(item, f"{role}_id")))


def _documents(kind) -> tuple[str, ...]:
    return ("budget__document__reading",) if kind == Kind.BUDGET else ()


def _of_pokja(rows, pokja) -> list[Evidence]:
    return list(
        rows.filter(decree__coverage__pokja=pokja).select_related("decree__document__reading")
    )


def _yearly(items: list[Evidence], nils: list[Evidence]) -> Evidence | None:
    counting = sorted(_counting(items), key=_stage)
    return _open(items + nils) or _last(counting) or _last(_counting(nils)) or _last(items + nils)


def _decree(items: list[Evidence], nils: list[Evidence], on: date) -> Evidence | None:
    counting = sorted(_counting(items), key=lambda item: (_holds(item.decree, on), _issued(item)))
    return _open(items + nils) or _last(counting) or _last(_counting(nils)) or _last(items + nils)


def _open(items) -> Evidence | None:
    return max(
        (item for item in items if item.is_open), key=lambda item: item.edited_at, default=None
    )


def _last(items) -> Evidence | None:
    return items[-1] if items else None


def _counting(items) -> list[Evidence]:
    """The latest verified version of each family, oldest first."""
    latest = {}
    for item in sorted(items, key=lambda item: item.version):
        if item.status == Status.VERIFIED:
            latest[item.family] = item
    return sorted(latest.values(), key=lambda item: item.pk)


def _stage(item) -> int:
    return STAGE_ORDER[item.budget.stage] if item.kind == Kind.BUDGET else 0


def _issued(item) -> date:
    return item.decree.issued_on or date.min


def _holds(decree, on: date) -> bool:
    end = own_end(decree.valid_from, decree.valid_until, decree.validity_basis)
    return bool(decree.valid_from and decree.valid_from <= on) and (end is None or end >= on)


def pokja_of(evidence: Evidence) -> list[Pokja]:
    """The Pokja a piece of evidence is about: one, or several for an SK."""
    if evidence.kind == Kind.DECREE:
        return [row.pokja for row in evidence.decree.coverage.select_related("pokja__region")]
    content = adapter_for(evidence).content(evidence)
    return [content.pokja]


def year_of(evidence: Evidence) -> int:
    """The year whose page shows the evidence; for an SK the running year."""
    return evidence.year or timezone.localdate().year


def changes_since_return(evidence: Evidence) -> list[tuple[str, str, str]] | None:
    """(label, before, now) since the returned version; None when it was never returned or
    what was returned is not on record."""
    returned = evidence.history.returns().first()
    if returned is None:
        return None
    before = returned.snapshot
    if not before:
        sent = evidence.history.filter(action=Action.SUBMIT, pk__lt=returned.pk).first()
        before = sent.snapshot if sent else {}
    if not before:  # it came by file, or from before snapshots: nothing to compare with
        return None
    now = snapshot(evidence)
    if FINGERPRINT not in before:  # no file then, or a record older than fingerprints
        now.pop(FINGERPRINT, None)
    return differences(before, now)


def criterion_label(criterion: str) -> str:
    return BY_CRITERION[criterion].label

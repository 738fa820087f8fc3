"""Drafts of rubrics: begun, written and deleted; of two writers one wins and the other is told."""

import re
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from apps.audit.models import Entry
from apps.audit.services import record
from apps.core.errors import Conflict
from apps.core.formats import format_datetime
from apps.effectiveness.enums import RubricStatus
from apps.effectiveness.models import Rubric, default_limits
from apps.effectiveness.rubric_plain import fields_of, head_of, plain_of, write_rows
from apps.pokja.enums import FundSource

PUBLISHED, SAVED = "Menerbitkan rubrik", "Mengubah draf rubrik"  # in the audit trail
RESERVED = frozenset({"unggah", "baru"})  # words of addresses


@transaction.atomic
def new_draft(rubric: Rubric | None, actor, year: int | None = None) -> Rubric:
    """A draft with the content of a rubric, or an empty one, from this year on."""
    year = year or timezone.localdate().year
    if rubric is None:
        plain = _empty(year)
        return add_draft("rubrik", plain, actor=actor)
    plain = plain_of(rubric)
    first = max(year, rubric.year_from)
    if rubric.year_to is not None and rubric.year_to < first:
        plain["tahun_selesai"] = None
    plain["tahun_mulai"] = first
    plain["nama"] = f"{rubric.name[:150]} ({first})"
    return add_draft(rubric.code, plain, actor=actor, based_on=rubric)


def _empty(year: int) -> dict:
    blank = Rubric(
        year_from=year, accepted_sources=list(FundSource.values), class_limits=default_limits()
    )
    return head_of(blank) | {"kriteria": [], "poin": []}


@transaction.atomic
def add_draft(code: str, plain: dict, *, actor, based_on: Rubric | None = None) -> Rubric:
    """A draft from plain data (see ``rubric_plain``), under ``code`` or the next free one."""
    taken = [each.code for each in locked_rubrics().values()]
    draft = Rubric.objects.create(
        code=free_code(code, taken), based_on=based_on, **fields_of(plain)
    )
    write_rows(draft, plain)
    record("Menyusun draf rubrik", draft, actor=actor, role="admin", after=plain)
    return draft


def free_code(code: str, taken: Iterable[str]) -> str:
    """ "empat-kriteria", "empat-kriteria-2", …; at most 50 letters."""
    taken = RESERVED.union(taken)
    if code not in taken:
        return code
    base = re.sub(r"-\d+$", "", code)[:40].rstrip("-") or "rubrik"
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


@transaction.atomic
def save_draft(rubric: Rubric, plain: dict, *, actor, revision: int) -> Rubric:
    """Write what a draft says. Raises Conflict when it was changed, published or deleted since
    ``revision`` was read; then nothing is written."""
    before = plain_of(rubric)
    claim_draft(rubric, revision)
    Rubric.objects.filter(pk=rubric.pk).update(**fields_of(plain))
    write_rows(rubric, plain)
    saved = Rubric.objects.get(pk=rubric.pk)
    record(SAVED, saved, actor=actor, role="admin", before=before, after=plain)
    return saved


def claim_draft(rubric: Rubric, revision: int) -> None:
    """The one statement by which of two writers one wins; to be followed by the writing, in the
    same transaction. Raises Conflict."""
    held = Rubric.objects.filter(pk=rubric.pk, status=RubricStatus.DRAFT, revision=revision)
    if not held.update(revision=F("revision") + 1):
        raise Conflict(what_happened(rubric))


@transaction.atomic
def delete_draft(rubric: Rubric, *, actor) -> None:
    """Raises Conflict when it is no draft any more."""
    now = locked_rubrics().get(rubric.pk)
    if now is None or now.status != RubricStatus.DRAFT:
        raise Conflict(what_happened(rubric))
    record("Menghapus draf rubrik", now, actor=actor, role="admin", before=plain_of(now))
    now.delete()


def what_happened(rubric: Rubric) -> str:
    """Why a draft is not as it was read."""
    now = Rubric.objects.select_related("published_by").filter(pk=rubric.pk).first()
    if now is None:
        return f"Draf rubrik {rubric.name} sudah dihapus."
    if now.status != RubricStatus.DRAFT:
        by = f" oleh {now.published_by}" if now.published_by else ""
        at = f" pada {format_datetime(now.published_at)}" if now.published_at else ""
        return (
            f"Rubrik {now.name} sudah diterbitkan{by}{at} dan tidak dapat diubah lagi. "
            "Susun draf baru dari rubrik itu."
        )
    entry = Entry.objects.filter(
        object_type=now._meta.label_lower, object_id=str(now.pk), action=SAVED
    ).first()  # the newest comes first
    by = f" oleh {entry.actor} pada {format_datetime(entry.at)}" if entry else ""
    return f"Draf ini sudah diubah{by} sejak Anda membukanya."


def locked_rubrics() -> dict[int, Rubric]:
    """Every rubric by id, held until the transaction ends: of two who publish, the second sees
    what the first did."""
    return {each.pk: each for each in Rubric.objects.select_for_update().order_by("pk")}

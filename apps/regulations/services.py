"""Writing the register: added, changed, ended; each with its entry in the audit trail."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.audit.services import columns_of, record
from apps.core.errors import Conflict
from apps.regulations.models import Agreement, Institution, Regulation
from apps.regulations.register import Register

DUPLICATE = {
    Regulation: "Regulasi dengan jenis, nomor, dan tahun ini sudah tercatat",
    Agreement: "Kesepakatan dengan jenis, nomor, dan tanggal ini sudah tercatat",
    Institution: "Perangkat daerah ini sudah tercatat, atau yang lama belum diakhiri",
}
UNSEEN = ("revision", "number_key", "own_key", "created_at", "ended_at", "planned_until")


class RegisterRefused(Exception):
    """The row cannot be kept as it is; the text is a sentence for the person."""


def add_row(row: Register, *, actor) -> Register:
    """Keep a new row. Raises RegisterRefused when there is one like it."""
    row.clean()
    return _kept(row, "Mencatat", actor, {}, lambda: row.save(force_insert=True))


def change_row(row: Register, values: dict, *, actor, revision: int, reason="") -> Register:
    """Change fields of a row that was read at ``revision``.

    A changed end is kept with its moment and the end before it. Raises Conflict where somebody
    was faster, RegisterRefused when the row would be like another.
    """
    stored = type(row).objects.filter(pk=row.pk).first()  # a form has touched ``row`` already
    if stored is None:
        raise Conflict
    before, values = facts_of(stored), dict(values)
    if "valid_until" in values and values["valid_until"] != stored.valid_until:
        values |= {"ended_at": timezone.now(), "planned_until": stored.valid_until}
    for name, value in values.items():
        setattr(row, name, value)
    row.clean()  # folds numbers and topics
    keys = [name for name in ("number_key", "own_key") if hasattr(row, name)]
    kept = {name: getattr(row, name) for name in (*values, *keys)}

    def write():
        held = type(row).objects.filter(pk=row.pk, revision=revision)
        if not held.update(**kept, revision=F("revision") + 1):
            raise Conflict

    return _kept(row, "Mengubah", actor, before, write, reason)


def end_row(row: Register, until: date, *, actor, revision: int, reason: str, **more) -> Register:
    """The last day on which a row holds; ``more`` are further fields (``revoked_by``)."""
    values = {"valid_until": until} | more
    return change_row(row, values, actor=actor, revision=revision, reason=reason)


def _kept(row, deed: str, actor, before: dict, write, reason="") -> Register:
    region = row.region
    role = actor.scope.role_for(Act.MANAGE_POKJA, region) if region else Role.ADMIN
    try:
        with transaction.atomic():
            write()
            record(
                f"{deed} {type(row)._meta.verbose_name}",
                row,
                actor=actor,
                role=role,
                region=region,
                before=before,
                after=facts_of(row),
                reason=reason,
            )
    except IntegrityError as error:
        raise RegisterRefused(DUPLICATE[type(row)]) from error
    return row


def facts_of(row: Register) -> dict:
    """What the trail keeps of a row."""
    return columns_of(row, UNSEEN)

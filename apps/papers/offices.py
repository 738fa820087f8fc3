"""Letterheads and signers of an office: what holds on a day, and how a row is saved."""

from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F

from apps.accounts.enums import Role
from apps.audit.services import columns_of, record
from apps.core.errors import Conflict
from apps.papers.models import Letterhead, Signer

ACTING = (Role.NATIONAL, Role.COORDINATOR, Role.VERIFIER, Role.ADMIN)
DUPLICATE = "Kop surat yang berlaku mulai tanggal itu sudah ada"


def role_over(user, region) -> str:
    """The role somebody writes for an office or to a region in, for the record."""
    held = user.scope.roles_in(region) if region else set()
    if region is None:
        held = {role for role in ACTING if user.scope.has_role(role)}
    return next((role for role in ACTING if role in held), "")


def letterhead_of(user, office, day: date) -> Letterhead | None:
    """The letterhead of an office that holds on a day, for somebody of that office."""
    return Letterhead.objects.of_offices(user).filter(province=office).in_force(day).first()


def signers_of(user, office):
    """Those who may be chosen to sign for an office."""
    return Signer.objects.of_offices(user).filter(province=office, is_active=True)


def save_office_row(row: Letterhead | Signer, values: dict, *, actor, revision: int | None):
    """Add or change a letterhead or a signer; ``revision`` is the one that was seen.

    Raises Conflict where somebody was faster, ValueError with a sentence for a second letterhead
    of the same day.
    """
    kind, office = type(row), row.province
    role = role_over(actor, office)
    try:
        with transaction.atomic():
            before = office_facts(kind.objects.get(pk=row.pk)) if row.pk else {}
            for name, value in values.items():
                setattr(row, name, value)
            if row.pk is None:
                row.save(force_insert=True)
            else:
                held = kind.objects.filter(pk=row.pk, revision=revision)
                if not held.update(**values, revision=F("revision") + 1):
                    raise Conflict
            record(
                f"Menyimpan {kind._meta.verbose_name}",
                row,
                actor=actor,
                role=role,
                region=office,
                before=before,
                after=office_facts(row),
            )
    except IntegrityError as error:
        raise ValueError(DUPLICATE) from error
    return row


def office_facts(row) -> dict:
    """What the trail keeps; of a NIP only that it changed, of an emblem only whether there is."""
    facts = columns_of(row, ("revision", "nip", "emblem"))
    if isinstance(row, Signer):
        facts["nip"] = f"berakhir {row.nip[-4:]}" if row.nip else ""
    else:
        facts["lambang"] = f"{len(row.emblem)} huruf" if row.emblem else ""
    return facts

"""Changes to the list of Pokja. Dissolved and merged ones stay, for the years they lived."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.pokja.models import Pokja, PokjaType

DUPLICATE = "Kode Pokja ini sudah dipakai."
FIELDS = ("code", "name", "formed_on", "dissolved_on", "merged_into_id")


class PokjaConflict(Exception):
    """Somebody changed this Pokja since the actor saw it; nothing was saved."""

    def __init__(self, pokja: Pokja):
        self.pokja = pokja
        super().__init__(
            "Data Pokja ini sudah diubah orang lain. Muat ulang untuk melihat versi "
            "terbaru; tidak ada yang ditimpa."
        )


class MergeRefused(Exception):
    """The Pokja cannot go on in that one; the message says why."""


def require_manage(actor, region) -> None:
    """Raise PermissionDenied (403) unless the person may manage the Pokja of this region.

    ``actor`` None is the command line, which may.
    """
    if actor is not None and not actor.scope.can(Act.MANAGE_POKJA, region):
        raise PermissionDenied("Peran Anda tidak dapat mengelola Pokja wilayah ini.")


def add_pokja(
    *, actor, region, name: str, kinds: list[str], formed_on=None, code: str = ""
) -> Pokja:
    """A new Pokja with its types; without a code it gets one of its region and first type.

    Raises ValidationError for a code in use, PermissionDenied.
    """
    require_manage(actor, region)
    code = code.strip() or free_code(region, kinds)
    try:
        with transaction.atomic():
            pokja = Pokja(region=region, code=code, name=name.strip(), formed_on=formed_on)
            pokja.full_clean()
            pokja.save(force_insert=True)
            _set_kinds(pokja, kinds)
            _log("Membuat Pokja", pokja, actor, {})
    except IntegrityError:
        raise ValidationError({"code": DUPLICATE}) from None
    return pokja


def free_code(region, kinds: list[str]) -> str:
    """A code nobody uses, such as 73.08-kampung_kb or 73.08-kampung_kb-2."""
    base = f"{region.code}-{kinds[0] if kinds else 'pokja'}"
    used = set(Pokja.objects.filter(code__startswith=base).values_list("code", flat=True))
    number, code = 1, base
    while code in used:
        number += 1
        code = f"{base}-{number}"
    return code


@transaction.atomic
def change_pokja(
    pokja: Pokja, *, actor, revision: int, name: str, kinds: list[str], formed_on=None
) -> Pokja:
    """Correct name, types and founding date. Raises PokjaConflict, ValidationError."""
    require_manage(actor, pokja.region)
    before = state_of(pokja)
    save_changes(pokja, revision, {"name": name.strip(), "formed_on": formed_on})
    _set_kinds(pokja, kinds)
    _log("Mengubah Pokja", pokja, actor, before)
    return pokja


@transaction.atomic
def dissolve_pokja(pokja: Pokja, *, on: date, actor, revision: int, reason: str = "") -> Pokja:
    """End a Pokja: from this day on it is no longer scored; its years stay."""
    require_manage(actor, pokja.region)
    before = state_of(pokja)
    save_changes(pokja, revision, {"dissolved_on": on})
    _log("Membubarkan Pokja", pokja, actor, before, reason)
    return pokja


@transaction.atomic
def merge_pokja(
    pokja: Pokja, into: Pokja, on: date, *, actor, revision: int, reason: str = ""
) -> Pokja:
    """End a Pokja in favour of another of the same region; its past years keep counting.

    Raises MergeRefused, PokjaConflict, ValidationError.
    """
    require_manage(actor, pokja.region)
    if into.region_id != pokja.region_id:
        raise MergeRefused("Pilih Pokja lain di wilayah yang sama")
    # Locked in one order, so that two mergers at once cannot lead to each other.
    ids = sorted((pokja.pk, into.pk))
    locked = {
        row.pk: row for row in Pokja.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    into = locked[into.pk]
    _refuse_circle(pokja, into)
    if into.dissolved_on and into.dissolved_on <= on:
        raise MergeRefused("Pokja tujuan sudah tidak aktif pada tanggal itu")
    before = state_of(pokja)
    save_changes(pokja, revision, {"dissolved_on": on, "merged_into_id": into.pk})
    _log("Melebur Pokja", pokja, actor, before, reason)
    return pokja


def _refuse_circle(pokja: Pokja, into: Pokja) -> None:
    seen = into
    while seen is not None:
        if seen.pk == pokja.pk:
            raise MergeRefused("Pokja tidak dapat dilebur ke dirinya sendiri")
        seen = seen.merged_into


def save_changes(pokja: Pokja, revision: int, changes: dict) -> None:
    """Validate, then write only if nobody else has written since ``revision``."""
    for key, value in changes.items():
        setattr(pokja, key, value)
    pokja.full_clean()
    written = Pokja.objects.filter(pk=pokja.pk, revision=revision).update(
        **changes, revision=F("revision") + 1
    )
    if not written:
        raise PokjaConflict(Pokja.objects.get(pk=pokja.pk))
    pokja.refresh_from_db()


def _set_kinds(pokja: Pokja, kinds: list[str]) -> None:
    """Make these the types of the Pokja, in this order."""
    kinds = list(dict.fromkeys(kinds))
    if not kinds:
        raise ValidationError({"kinds": "Pilih paling sedikit satu jenis Pokja."})
    if pokja.kinds == kinds:
        return
    pokja.kind_rows.all().delete()
    PokjaType.objects.bulk_create(PokjaType(pokja=pokja, kind=kind) for kind in kinds)


def state_of(pokja: Pokja) -> dict:
    """What the audit trail keeps, read before the change (types as they are stored)."""
    stored = Pokja.objects.get(pk=pokja.pk)
    return {name: getattr(stored, name) for name in FIELDS} | {"kinds": stored.kinds}


def _log(action: str, pokja: Pokja, actor, before: dict, reason: str = "") -> None:
    role = actor.scope.role_for(Act.MANAGE_POKJA, pokja.region) if actor else ""
    record(
        action,
        pokja,
        actor=actor,
        role=role,
        region=pokja.region,
        before=before,
        after=state_of(pokja),
        reason=reason,
    )

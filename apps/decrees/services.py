"""Writing decrees. Status changes belong to verification; this writes what a draft says."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from apps.accounts.enums import Act
from apps.audit.services import record
from apps.core.formats import decree_key
from apps.decrees.enums import CoverageRole
from apps.decrees.models import Decree, DecreeCoverage, DecreeReuse
from apps.pokja.models import Pokja
from apps.verification.drafts import claim_or_start, require_edit
from apps.verification.enums import Kind, Status
from apps.verification.models import Evidence
from apps.verification.services import StepConflict
from apps.verification.traces import told_of, traced

FIELDS = (
    "number",
    "issued_on",
    "title",
    "signer_position",
    "signer_status",
    "signer_name",
    "valid_from",
    "valid_until",
    "validity_basis",
    "in_process_since",
)


COPIED = ("number_key", "document", "process_document")


def decree_title(pokja: Iterable) -> str:
    """How lists name an SK: by the Pokja it is about, since a draft may have no number yet."""
    names = [item.name for item in pokja]
    if not names:
        return "SK"
    return f"SK {names[0]}" + (f" dan {len(names) - 1} Pokja lain" if names[1:] else "")


@transaction.atomic
def save_decree(
    evidence: Evidence | None,
    data: dict,
    *,
    actor,
    pokja: list[tuple],
    revision: int | None = None,
    document=None,
    process_document=None,
) -> Evidence:
    """Write an SK as a draft: a new one (``evidence`` None) or the open version given.

    ``pokja`` holds (Pokja, role, parent number) for each Pokja covered, all of one region;
    ``document`` and ``process_document`` (the nota dinas) None keep the file there is. Raises
    StepConflict when the version changed since ``revision``, ValidationError for Pokja of
    different regions, PermissionDenied.
    """
    regions = {item[0].region_id for item in pokja}
    if len(regions) != 1 or (evidence and evidence.region_id not in regions):
        raise ValidationError("Pilih paling sedikit satu Pokja, semuanya dari wilayah yang sama.")
    before = told_of(evidence)
    evidence = claim_or_start(
        evidence,
        kind=Kind.DECREE,
        region=pokja[0][0].region,
        year=None,
        actor=actor,
        title=decree_title(item[0] for item in pokja),
        revision=revision,
    )
    values = {name: data[name] for name in FIELDS if name in data}
    if "number" in values:
        values["number_key"] = decree_key(values["number"])
    if document is not None:
        values["document"] = document
    if process_document is not None:
        values["process_document"] = process_document
    decree, _ = Decree.objects.update_or_create(evidence=evidence, defaults=values)
    set_coverage(decree, pokja)
    return traced(_with_content(evidence), before, actor)


def refuse_resent(data: dict, *, actor, pokja: list[tuple]) -> None:
    """A form sent twice (second click, retry on a weak line) makes one draft, not two.

    Call before ``save_decree`` of a new one, in the same transaction; raises StepConflict.
    Other kinds have one open version for each Pokja and year; of SK there may be several, so the
    same person's draft of the same number, day, title and Pokja is taken for the same one.
    """
    covered = {item[0].pk for item in pokja}
    # One at a time: the rows of the Pokja are held until the transaction ends.
    list(Pokja.objects.select_for_update().filter(pk__in=covered).order_by("pk"))
    held = Decree.objects.filter(
        evidence__created_by=actor,
        evidence__status=Status.DRAFT,
        evidence__version=1,
        number_key=decree_key(data.get("number", "")),
        issued_on=data.get("issued_on"),
        title=data.get("title", ""),
        coverage__pokja__in=covered,
    )
    for decree in held.select_related("evidence__region").prefetch_related("coverage").distinct():
        if {row.pokja_id for row in decree.coverage.all()} == covered:
            raise StepConflict(decree.evidence)


def set_coverage(decree: Decree, pokja: list[tuple]) -> None:
    """Replace what the decree covers."""
    decree.coverage.all().delete()
    DecreeCoverage.objects.bulk_create(
        DecreeCoverage(
            decree=decree,
            pokja=item,
            role=role,
            parent_number="" if role == CoverageRole.ESTABLISH else parent,
            parent_key="" if role == CoverageRole.ESTABLISH else decree_key(parent),
        )
        for item, role, parent in pokja
    )


def copy_decree(decree: Decree, draft: Evidence) -> Decree:
    """The same content under a new version; the file is referred to, not copied."""
    values = {name: getattr(decree, name) for name in (*FIELDS, *COPIED)}
    copy = Decree.objects.create(evidence=draft, **values)
    DecreeCoverage.objects.bulk_create(
        DecreeCoverage(
            decree=copy,
            pokja_id=row.pokja_id,
            role=row.role,
            parent_number=row.parent_number,
            parent_key=row.parent_key,
        )
        for row in decree.coverage.all()
    )
    return copy


def _with_content(evidence: Evidence) -> Evidence:
    """Read anew, so that no stale content hangs on the object."""
    return Evidence.objects.select_related("region", "decree__document").get(pk=evidence.pk)


@transaction.atomic
def reuse_decree(pokja: Pokja, year: int, evidence: Evidence, *, actor) -> tuple[DecreeReuse, bool]:
    """ "Gunakan kembali": somebody looked, the SK still holds. (the row, whether it is new)

    Once for a Pokja and year: of two people at once one is recorded, and the other is told by the
    row of the first. That the SK is in force is for the caller to have asked. Raises
    PermissionDenied.
    """
    require_edit(actor, pokja.region)
    row, is_new = DecreeReuse.objects.get_or_create(
        pokja=pokja, year=year, defaults={"evidence": evidence, "confirmed_by": actor}
    )
    if is_new:
        record(
            "Menggunakan kembali SK",
            row,
            actor=actor,
            role=actor.scope.role_for(Act.EDIT, pokja.region),
            region=pokja.region,
            after={"pokja": pokja.code, "tahun": year, "sk": evidence.decree.number},
        )
    return row, is_new

"""Which documents the library shows, and what they are used for; never a query for each row.

Documents are in scope by their own rule; what uses them is read through ``for_user`` again, so
that an observer is not told by a filter or a search what a draft says.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from apps.budgets.models import Budget
from apps.decrees.enums import CoverageRole, ValidityBasis
from apps.decrees.models import Decree, DecreeCoverage
from apps.documents.models import Document, Original
from apps.effectiveness.formula import counting, forces
from apps.effectiveness.queries import decree_rows
from apps.library.filters import SOON, STATUSES, Filters
from apps.library.search import matching
from apps.pokja.models import Pokja
from apps.regulations.models import Agreement, Regulation
from apps.verification.enums import Status
from apps.verification.models import Evidence

HERE = OuterRef("pk")


def documents_for(user, filters: Filters, ending: dict[int, date]) -> QuerySet:
    """Documents in scope that pass the filters, newest first. ``ending``: see ``ending_soon``."""
    rows = documents_of(user, filters.region, filters.year)
    if filters.kind:
        rows = rows.filter(_of_kind(user, filters.kind))
    if filters.status:
        rows = rows.filter(_with_status(user, STATUSES[filters.status]))
    if filters.ending:
        rows = rows.filter(pk__in=ending)
    if filters.text:
        rows = matching(rows, user, filters.text)
    return rows.order_by("-id")


def documents_of(user, region=None, year: int | None = None) -> QuerySet:
    """Documents in scope of a region (of a province: its kab/kota too) and a year.

    An SK belongs to the year it was set down and to every year it is in force by its own dates; a
    budget to its year; what has neither to the year it was uploaded.
    """
    rows = Document.objects.for_user(user).annotate(in_register=in_register())
    if region is not None:
        rows = rows.filter(Q(region__province=region) if region.is_province else Q(region=region))
    return rows.filter(_in_year(user, year)) if year else rows


def in_register():
    """Is the document the text of a regulation or an agreement, which are no evidence?"""
    regulations = Regulation.objects.filter(document=HERE)
    return Exists(regulations) | Exists(Agreement.objects.filter(document=HERE))


def _in_year(user, year) -> Q:
    first, last = date(year, 1, 1), date(year, 12, 31)
    decrees = Decree.objects.for_user(user).filter(document=HERE)
    dated = decrees.exclude(issued_on=None, valid_from=None)
    budgets = Budget.objects.for_user(user).filter(document=HERE)
    ends_later = (
        Q(valid_until__gte=first)
        | Q(valid_until=None, validity_basis=ValidityBasis.UNTIL_REVOKED)
        | Q(valid_until=None, validity_basis=ValidityBasis.BUDGET_YEAR, valid_from__gte=first)
    )
    held = Q(issued_on__range=(first, last)) | (Q(valid_from__lte=last) & ends_later)
    midnight = timezone.make_aware(datetime.combine(first, time()))
    next_one = timezone.make_aware(datetime.combine(date(year + 1, 1, 1), time()))
    uploaded = Q(uploaded_at__gte=midnight, uploaded_at__lt=next_one)
    return (
        Q(Exists(decrees.filter(held)))
        | Q(Exists(budgets.filter(year=year)))
        | (uploaded & ~Q(Exists(dated)) & ~Q(Exists(budgets)))
    )


def _of_kind(user, kind: str) -> Q:
    decrees = Decree.objects.for_user(user)
    used = {
        "sk": decrees.filter(document=HERE),
        "anggaran": Budget.objects.for_user(user).filter(document=HERE),
        "nota": decrees.filter(process_document=HERE),
    }
    if kind == "foto":
        return Q(Exists(Original.objects.filter(document=HERE)))
    if kind in used:
        return Q(Exists(used[kind]))
    if kind == "regulasi":
        return Q(in_register=True)
    as_evidence = Q(Exists(used["sk"])) | Q(Exists(used["anggaran"])) | Q(Exists(used["nota"]))
    return ~(as_evidence | Q(in_register=True))


def _with_status(user, status) -> Q:
    decrees = Decree.objects.for_user(user).filter(evidence__status=status)
    budgets = Budget.objects.for_user(user).filter(evidence__status=status)
    return (
        Q(Exists(decrees.filter(document=HERE)))
        | Q(Exists(budgets.filter(document=HERE)))
        | Q(Exists(decrees.filter(process_document=HERE)))
    )


def ending_soon(user, today: date) -> dict[int, date]:
    """Document id → last day of the SK in it, where that comes within SOON days; 2 queries.

    The last day as the whole chain has it, amendments and revocations weighed.
    """
    last = today + timedelta(days=SOON)
    coverage = DecreeCoverage.objects.for_user(user).filter(
        _may_end(today, last), decree__evidence__status=Status.VERIFIED
    )
    ends: dict[int, date] = {}
    for rows in decree_rows(Pokja.objects.filter(pk__in=coverage.values("pokja"))).values():
        for force in forces(counting(rows), today):
            if force.start <= today and force.end and today <= force.end <= last:
                known = ends.get(force.decree.evidence_id, force.end)
                ends[force.decree.evidence_id] = min(known, force.end)
    held = Decree.objects.for_user(user).filter(evidence__in=ends).exclude(document=None)
    return {
        document: ends[evidence] for document, evidence in held.values_list("document", "evidence")
    }


def _may_end(first: date, last: date) -> Q:
    """Rows of SK that by themselves speak of an end between two days, however the chain goes on."""
    return (
        Q(decree__valid_until__range=(first, last))
        | Q(
            decree__valid_until=None,
            decree__validity_basis=ValidityBasis.BUDGET_YEAR,
            decree__valid_from__year=first.year,
        )
        | Q(role=CoverageRole.REVOKE, decree__valid_from__range=(first, last + timedelta(days=1)))
    )


@dataclass(frozen=True)
class Use:
    """One version of a piece of evidence that rests on a document."""

    kind: str  # a key of filters.KINDS
    evidence: Evidence
    name: str
    about: str = ""
    number: str = ""
    year: int | None = None


def uses_of(user, documents) -> dict[int, list[Use]]:
    """Document id → its uses that the user may see, the newest first; 3 queries.

    ``documents``: ids, or a queryset of documents.
    """
    decrees = Decree.objects.for_user(user).select_related("evidence__region")
    budgets = Budget.objects.for_user(user).select_related("evidence__region")
    found = defaultdict(list)
    for decree in decrees.filter(document__in=documents):
        found[decree.document_id].append(_decree_use(decree))
    for budget in budgets.filter(document__in=documents):
        title = budget.evidence.title
        found[budget.document_id].append(Use("anggaran", budget.evidence, title, year=budget.year))
    for decree in decrees.filter(process_document__in=documents):
        found[decree.process_document_id].append(
            Use("nota", decree.evidence, "Nota dinas", decree.evidence.title)
        )
    for uses in found.values():
        uses.sort(key=lambda use: -use.evidence.pk)
    return found


def _decree_use(decree) -> Use:
    issued = decree.issued_on or decree.valid_from
    return Use(
        "sk",
        decree.evidence,
        f"SK {decree.number}" if decree.number else decree.evidence.title,
        decree.title,
        decree.number,
        issued.year if issued else None,
    )


def size_of(documents) -> tuple[int, int]:
    """(documents, bytes) of a queryset, photos included; 2 queries."""
    whole = documents.order_by().aggregate(count=Count("pk"), size=Sum("size"))
    photos = Original.objects.filter(document__in=documents.order_by().values("pk"))
    return whole["count"], (whole["size"] or 0) + (photos.aggregate(size=Sum("size"))["size"] or 0)


def versions_of(user, uses: list[Use], document) -> list:
    """Decree and Budget rows of the same families that rest on another file, newest first; 2
    queries."""
    families = {use.evidence.family for use in uses}
    found = []
    for model in (Decree, Budget):
        rows = model.objects.for_user(user).filter(evidence__family__in=families)
        rows = rows.exclude(document=None).exclude(document=document)
        found += rows.select_related("evidence", "document")
    return sorted(found, key=lambda row: (-row.evidence.version, -row.pk))

"""One document and what is around it: its uses, versions, twins and openings."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from apps.accounts.enums import Act, Role
from apps.documents.models import Document, Reading
from apps.documents.signature_words import LOOKS, chain_words
from apps.documents.signature_words import heading as signature_heading
from apps.documents.signatures import ensure_checked
from apps.evidence.queries import pokja_of
from apps.library import words
from apps.library.queries import Use, uses_of, versions_of
from apps.regulations.models import Agreement, Regulation
from apps.verification.enums import Kind

REVIEWERS = {Role.VERIFIER, Role.COORDINATOR, Role.NATIONAL, Role.ADMIN}
MOST_TWINS = 20
MOST_PAGES = 40  # images of one document on the page; the rest opens as PDF


@dataclass
class UseLine:
    """A use with the page that shows it to this person."""

    use: Use
    url: str


@dataclass
class SignatureLine:
    """One electronic signature in words."""

    signature: object
    css: str
    icon: str
    chain: str


@dataclass
class Detail:
    """Everything about one document that this person may know."""

    document: Document
    zone: str
    uses: list[UseLine]
    registered: list[tuple[str, str]]
    versions: list  # Decree and Budget rows that rest on other files of the same evidence
    photos: list
    twins: list[Document]
    twins_elsewhere: str
    signature_finding: str
    signatures: list[SignatureLine] = field(default_factory=list)
    reading: str = ""

    @property
    def more_pages(self) -> list[int]:
        return list(range(2, min(self.document.pages, MOST_PAGES) + 1))


def _registered(document: Document, user) -> list[tuple[str, str]]:
    """Rows of the register of regulations it is the text of: (name, address); 2 queries."""
    pages = {Regulation: "regulations:regulation_detail", Agreement: "regulations:agreement_detail"}
    return [
        (str(row), reverse(page, args=[row.pk]))
        for model, page in pages.items()
        for row in model.objects.for_user(user).filter(document=document).select_related("region")
    ]


def detail_of(document: Document, user) -> Detail:
    """Read everything about a document; a constant number of queries for each use shown."""
    uses = uses_of(user, [document.pk]).get(document.pk, [])
    twins, more = twins_of(document, user)
    known = ensure_checked(document)
    reading = Reading.objects.filter(document=document).first()
    read = reading.state if reading and reading.read_at else None
    return Detail(
        document=document,
        zone=document.region.timezone_label,
        uses=[UseLine(use, address_of(use.evidence, user)) for use in uses],
        registered=_registered(document, user),
        versions=versions_of(user, uses, document),
        photos=list(document.originals.all()),
        twins=twins,
        twins_elsewhere=words.elsewhere(more),
        signature_finding=signature_heading(known),
        signatures=[
            SignatureLine(one, *LOOKS[one.integrity], chain_words(one)) for one in known.signatures
        ],
        reading=words.READING[read],
    )


def twins_of(document: Document, user) -> tuple[list[Document], int]:
    """The same bytes elsewhere in scope, and for those who verify here how often out of it.

    Others are not told of files of regions that are not theirs, not even that there are any.
    """
    mine = Document.objects.for_user(user).filter(sha256=document.sha256).exclude(pk=document.pk)
    seen = list(mine.select_related("region").order_by("-id")[:MOST_TWINS])
    if not user.scope.can(Act.VERIFY, document.region):
        return seen, 0
    held = Document.objects.filter(sha256=document.sha256).exclude(pk=document.pk)
    return seen, held.exclude(pk__in=mine.values("pk")).count()


def address_of(evidence, user) -> str:
    """The page on which this person reads a piece of evidence."""
    if user.scope.roles_in(evidence.region) & REVIEWERS:
        return reverse("checking:item", args=[evidence.pk])
    pokja = pokja_of(evidence)
    if not pokja:
        return ""
    year = evidence.year or _year_of(evidence)
    return reverse("filing:pokja_year", args=[pokja[0].pk, year])


def _year_of(evidence) -> int:
    """For an SK the running year, or the last one it was in force in."""
    today = timezone.localdate().year
    until = evidence.decree.valid_until if evidence.kind == Kind.DECREE else None
    return min(today, until.year) if until else today

"""The rows of the list, put together for one page of documents."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef

from apps.core.formats import local_time
from apps.documents.models import Document, Original
from apps.library.filters import KINDS, Filters
from apps.library.queries import Use, documents_for, uses_of
from apps.library.search import Excerpt, excerpts
from apps.verification.enums import Status

PAGE_SIZE = 25
# What stands first where versions of one item differ.
STANDING = (Status.VERIFIED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT, Status.CANCELLED)


@dataclass
class Row:
    """One document of the list."""

    document: Document
    uses: list[Use] = field(default_factory=list)
    ends: date | None = None
    excerpt: Excerpt | None = None

    @property
    def name(self) -> str:
        return self.uses[0].name if self.uses else self.document.original_name

    @property
    def about(self) -> str:
        return self.uses[0].about if self.uses else ""

    @property
    def uploaded_on(self) -> datetime:
        """On the clock of its region."""
        return local_time(self.document.uploaded_at, self.document.region.timezone_label)

    @property
    def kind_key(self) -> str:
        """A key of KINDS: what it is evidence for, else whether the register holds it."""
        if self.uses:
            return self.uses[0].kind
        return "regulasi" if getattr(self.document, "in_register", False) else "tanpa"

    @property
    def kind(self) -> str:
        words = KINDS[self.kind_key]
        return f"{words}, dari foto" if self.document.from_photos else words

    @property
    def statuses(self) -> list[str]:
        """The different statuses of its uses, the strongest first."""
        held = {use.evidence.status for use in self.uses}
        return [status for status in STANDING if status in held]


def document_page(user, filters: Filters, number, ending: dict[int, date]) -> Page:
    """One page of rows; the same number of queries for 1 document and 1,000."""
    documents = documents_for(user, filters, ending)
    photos = Exists(Original.objects.filter(document=OuterRef("pk")))
    shown = documents.select_related("region", "uploaded_by").annotate(from_photos=photos)
    page = Paginator(shown, PAGE_SIZE).get_page(number)
    documents = list(page.object_list)
    ids = [document.pk for document in documents]
    uses = uses_of(user, ids)
    hits = excerpts(ids, filters.text)
    page.object_list = [
        Row(document, uses.get(document.pk, []), ending.get(document.pk), hits.get(document.pk))
        for document in documents
    ]
    return page

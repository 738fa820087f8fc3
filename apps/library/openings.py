""" "Siapa membuka berkas ini": openings out of the audit trail."""

from django.db.models import Q

from apps.accounts.enums import Act, Role
from apps.audit.models import Entry
from apps.audit.services import record
from apps.documents.models import Document

PAGE_SIZE = 20
LATEST_ZIPS = 3
ZIPPED = "Mengunduh zip dokumen"


def may_see_openings(user, region) -> bool:
    """Those who fill in or verify the region; an observer is none of them."""
    return user.scope.can(Act.EDIT, region) or user.scope.can(Act.VERIFY, region)


def openings_of(document: Document):
    """Entries of the trail about one document, newest first."""
    rows = Entry.objects.filter(object_type=Document._meta.label_lower, object_id=str(document.pk))
    return rows.select_related("actor").order_by("-id")


def zips_with(document: Document) -> list[Entry]:
    """The newest downloads of everything of its region, or its province; 1 query."""
    region = document.region
    whole = Q(region=region) | Q(region=region.province)
    rows = Entry.objects.filter(whole, action=ZIPPED, at__gte=document.uploaded_at)
    return list(rows.select_related("actor", "region").order_by("-id")[:LATEST_ZIPS])


def role_words(role: str) -> str:
    return Role(role).label if role in Role.values else "–"


def record_zip(user, region, *, year, files: int, size: int) -> None:
    """One entry for one zip: whose, of what, how much."""
    roles = sorted(user.scope.roles_in(region))
    record(
        ZIPPED,
        region,
        actor=user,
        role=roles[0] if roles else "",
        region=region,
        after={
            "cakupan": f"tahun {year}" if year else "semua tahun",
            "berkas": files,
            "byte": size,
        },
    )

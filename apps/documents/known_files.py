"""What a person need not send again: files of the region, and files on their way."""

from django.db.models import Q, QuerySet

from apps.core.formats import format_size
from apps.documents.models import Document, Upload
from apps.documents.queries import USES

MOST = 20  # of a list to choose from


def usable_documents(user, region) -> QuerySet[Document]:
    """Documents of a region that this user may put into a form: the own uploads, and what
    evidence of the region uses. A file somebody else has sent and not used yet is theirs."""
    used = Q()
    for use in USES:
        used |= Q(**{f"{use}__isnull": False})
    in_use = Document.objects.filter(used, region=region).values("pk")
    rows = Document.objects.for_user(user).filter(region=region)
    return rows.filter(Q(uploaded_by=user) | Q(pk__in=in_use))


def unfinished_uploads(user, region) -> QuerySet[Upload]:
    """The user's own files of which a part has arrived, newest first."""
    rows = Upload.objects.for_user(user).filter(region=region, document=None)
    return rows.filter(received__gt=0)[:MOST]


def share_words(upload) -> str:
    """12,1 dari 21,4 MB; 640 KB dari 21,4 MB."""
    received, size = format_size(upload.received), format_size(upload.size)
    number, unit = received.split()
    return f"{number if size.endswith(f' {unit}') else received} dari {size}"

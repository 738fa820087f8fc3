"""What is done with a new document off the request. Each part can be done again at any time, and
every page works before it is done."""

import logging

from django_tasks import task

from apps.documents import pages, reading, signatures
from apps.documents.models import Document

logger = logging.getLogger(__name__)


@task()
def prepare(document_id: int) -> None:
    """Read, check signatures, draw the first pages; a part that fails leaves the others alone."""
    document = Document.objects.get(pk=document_id)
    for part in PARTS:
        try:
            part(document)
        except Exception:  # a worker must not stop at one odd file
            logger.exception("Dokumen %s: %s gagal.", document.uuid, part.__name__)


PARTS = (reading.read, signatures.check, pages.draw_first)

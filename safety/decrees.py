"""Many SK with their files, put in quickly, for measures that need their number."""

import hashlib
import os
import uuid

KEY = "188.45/{}/I/2026"


def add_decrees(count: int, size: int) -> None:
    """So many SK of draft evidence, each with a file of ``size`` random bytes in the store."""
    from apps.decrees.models import Decree
    from apps.documents.models import Document
    from apps.regions.models import Region
    from apps.verification.models import Evidence

    region = Region.objects.exclude(province=None).order_by("pk").first()
    documents = Document.objects.bulk_create(
        [_document(region, os.urandom(size)) for _ in range(count)], batch_size=500
    )
    evidence = Evidence.objects.bulk_create(
        [Evidence(kind="decree", region=region, title=f"SK {n}") for n in range(count)],
        batch_size=500,
    )
    Decree.objects.bulk_create(
        [
            Decree(
                evidence=proof,
                document=document,
                number=KEY.format(number),
                number_key=KEY.format(number),
                title="Pembentukan Pokja Bangga Kencana",
            )
            for number, (proof, document) in enumerate(zip(evidence, documents, strict=True))
        ],
        batch_size=500,
    )


def _document(region, content: bytes):
    from django.core.files.base import ContentFile

    from apps.documents.models import Document

    document = Document(
        uuid=uuid.uuid4(),
        region=region,
        original_name="SK.pdf",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        pages=1,
    )
    document.file.save("berkas.pdf", ContentFile(content), save=False)
    return document

"""Small PDF files for the sample decrees and budgets, each plainly marked as a sample."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.utils import timezone

from apps.budgets.models import Budget
from apps.core.formats import format_date, format_rupiah
from apps.decrees.models import Decree
from apps.documents.models import Document, PageText, Reading
from apps.documents.reading import rows_of
from apps.documents.tasks import prepare
from apps.exchange.sample import paper
from apps.exchange.sample.decree_text import decree_rows
from apps.verification.enums import Status

RATIO = paper.HEIGHT / paper.WIDTH


def attach_documents(people, year) -> int:
    """Give every sample decree, and every budget of ``year``, a PDF; returns how many.

    A decree that is still at Bagian Hukum has none; what it has is a nota dinas.

    The files are made here, so they skip the inspection of uploads (a process for each file).
    """
    decrees = Decree.objects.filter(document=None).select_related("evidence__region")
    decrees = decrees.prefetch_related("coverage__pokja", "evidence__seats")
    made, on_their_way = decrees.exclude(number=""), decrees.filter(number="")
    # One of those a verifier has before them, to see how a scan is read.
    scan = made.filter(evidence__status=Status.SUBMITTED).order_by("-pk").first()
    budgets = (
        Budget.objects.filter(document=None, year=year)
        .select_related("evidence__region", "pokja")
        .prefetch_related("lines")
    )
    admin = people["admin"]
    return (
        _attach(made, decree_rows, "SK", admin, scan=scan)
        + _attach(on_their_way, process_pages, "Nota dinas", admin, field="process_document")
        + _attach(budgets, budget_pages, "DPA", admin)
    )


def _attach(items, rows_for, word, admin, field="document", scan=None) -> int:
    """``rows_for(item)`` gives the rows of each page; the item ``scan`` gets a picture of them."""
    items, made = list(items), []
    for item in items:
        pages = [paper.place(rows) for rows in rows_for(item)]
        is_scan = item == scan
        document = _document(item.evidence, pages, word, admin, is_scan=is_scan)
        setattr(item, field, document)
        made.append((document, pages, is_scan))
    Document.objects.bulk_create([document for document, _, _ in made], batch_size=500)
    if items:
        type(items[0]).objects.bulk_update(items, [field], batch_size=500)
    _keep_texts([(document, pages) for document, pages, is_scan in made if not is_scan])
    for document, _, is_scan in made:
        if is_scan:
            prepare.enqueue(document.pk)
    return len(items)


def _document(evidence, pages, word, admin, *, is_scan) -> Document:
    region = evidence.region
    content = paper.scan_pdf(pages) if is_scan else paper.text_pdf(pages)
    document = Document(
        uuid=uuid.uuid4(),
        region=region,
        uploaded_by=evidence.created_by or admin,
        pages=len(pages),
        size=len(content),
        original_name=f"{word} {region.short_name} (contoh).pdf",
        sha256=hashlib.sha256(content).hexdigest(),
    )
    document.file.save("contoh.pdf", ContentFile(content), save=False)
    return document


def _keep_texts(made) -> None:
    """What a reader would find in them, without a process for each file."""
    readings, texts = [], []
    for document, pages in made:
        found = {
            number: {"ratio": RATIO, "lines": paper.lines_of(placed)}
            for number, placed in enumerate(pages, start=1)
        }
        text, rows = rows_of(document, found)
        now = timezone.now()
        readings.append(
            Reading(document=document, state=Reading.State.TEXT, search_text=text, read_at=now)
        )
        texts += rows
    Reading.objects.bulk_create(readings, batch_size=200)
    PageText.objects.bulk_create(texts, batch_size=200)


def process_pages(decree) -> list[list[str]]:
    """The letter with which a draft went to Bagian Hukum."""
    return [
        [
            "NOTA DINAS",
            "Kepada: Kepala Bagian Hukum",
            "Hal: Rancangan Keputusan tentang Kelompok Kerja",
            f"Tanggal {format_date(decree.in_process_since)}",
        ]
    ]


def budget_pages(budget) -> list[list[str]]:
    """The page of the budget document that names the Pokja's share."""
    lines = [f"{line.sub_activity_code} {line.sub_activity_name}" for line in budget.lines.all()]
    amounts = [f"Pagu Pokja: {format_rupiah(line.ceiling)}" for line in budget.lines.all()]
    return [[f"DOKUMEN PELAKSANAAN ANGGARAN {budget.year}", budget.pokja.name, *lines, *amounts]]
